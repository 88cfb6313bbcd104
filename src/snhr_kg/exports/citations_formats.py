"""References written as BibTeX, CSL JSON, RIS and plain text."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from typing import Any, Final

from snhr_kg.exports.citations import Reference

_BIBTEX_TYPES: Final = {"report": "techreport"}
_CSL_TYPES: Final = {
    "report": "report",
    "dataset": "dataset",
    "mappings": "dataset",
    "publication": "document",
    "page": "webpage",
}
_RIS_TYPES: Final = {"report": "RPRT", "dataset": "DATA", "mappings": "DATA", "figure": "DATA", "page": "ELEC"}
_LATEX: Final = {
    "\\": r"\textbackslash{}",
    "{": r"\textbraceleft{}",
    "}": r"\textbraceright{}",
    "~": r"\textasciitilde{}",
    "^": r"\textasciicircum{}",
    **{sign: f"\\{sign}" for sign in "&%$#_"},
}
_IN_ADDRESSES: Final = {"\\": "%5C", "{": "%7B", "}": "%7D", " ": "%20"}
_LATEX_SIGNS: Final = str.maketrans(_LATEX)
_ADDRESS_SIGNS: Final = str.maketrans(_IN_ADDRESSES)


def to_bibtex(references: Sequence[Reference]) -> str:
    """BibTeX in UTF-8, one entry a reference; what TeX would take for a command is written so that it prints.

    Names of organisations and titles stand in braces of their own: no style takes them apart or changes capitals.
    """
    return "\n".join(_bibtex(reference) for reference in references)


def to_csl_json(references: Sequence[Reference]) -> str:
    """CSL JSON (citation-style-language schema 1.0.2): an array of items; Arabic titles stand under ``custom``."""
    return json.dumps([_csl(reference) for reference in references], ensure_ascii=False, indent=1) + "\n"


def to_ris(references: Sequence[Reference]) -> str:
    """RIS in UTF-8, with its line ends; Arabic titles stand as translated titles (TT)."""
    lines = (line for reference in references for line in (*_ris(reference), ("ER", "")))
    return "".join(f"{tag}  - {_one_line(text)}\r\n" for tag, text in lines)


def to_text(reference: Reference) -> str:
    """One sentence for a list of sources."""
    return ". ".join(part.rstrip(".") for part in _sentences(reference) if part) + "."


FORMATS: Final[Mapping[str, Callable[[Sequence[Reference]], str]]] = {
    "bibtex": to_bibtex,
    "csl-json": to_csl_json,
    "ris": to_ris,
    "text": lambda references: "".join(f"{to_text(reference)}\n" for reference in references),
}
"""What writes each format."""


def _sentences(reference: Reference) -> Iterator[str]:
    title = reference.title or reference.title_ar
    if reference.kind == "figure":
        yield title
        yield f"In: {reference.within}"
        yield reference.place
    elif reference.citation:
        yield reference.citation
        yield title if title not in reference.citation else ""
    else:
        yield f"{reference.publisher} ({reference.issued})" if reference.issued else reference.publisher
        yield title
    yield f"Version {reference.version}" if reference.version and reference.version not in title else ""
    yield f"SHA-256 of the graph: {reference.digest}" if reference.digest else ""
    yield reference.url
    yield f"Retrieved {reference.retrieved}" if reference.retrieved else ""
    yield reference.rights if reference.kind != "figure" else ""


def _note(reference: Reference) -> str:
    """What no field of a format holds: how the source asks to be cited, where in it, which graph."""
    return ". ".join(_notes(reference))


def _notes(reference: Reference) -> Iterator[str]:
    for text in (reference.place, reference.citation, reference.rights):
        if text:
            yield text.rstrip(".")
    if reference.digest:
        yield f"SHA-256 of the graph: {reference.digest}"


def _bibtex(reference: Reference) -> str:
    fields = "".join(f"  {name} = {{{text}}},\n" for name, text in _bibtex_fields(reference) if text)
    return f"@{_BIBTEX_TYPES.get(reference.kind, 'misc')}{{{reference.key},\n{fields}}}\n"


def _bibtex_fields(reference: Reference) -> Iterator[tuple[str, str]]:
    publisher = _braced(reference.publisher)
    yield "author", publisher
    yield "title", _braced(reference.title or reference.title_ar)
    yield "title_ar", _braced(reference.title_ar if reference.title else "")
    yield "booktitle", _braced(reference.within)
    yield "institution" if reference.kind == "report" else "publisher", publisher
    yield "year", reference.issued[:4]
    yield "date", reference.issued
    yield "version", _latex(reference.version)
    yield "url", reference.url.translate(_ADDRESS_SIGNS)
    yield "urldate", reference.retrieved
    yield "license", reference.licence.translate(_ADDRESS_SIGNS)
    yield "note", _latex(_note(reference))


def _braced(text: str) -> str:
    return f"{{{_latex(text)}}}" if text else ""


def _latex(text: str) -> str:
    return _one_line(text).translate(_LATEX_SIGNS)


def _one_line(text: str) -> str:
    return " ".join(text.split())


def _csl(reference: Reference) -> dict[str, Any]:
    custom = {
        "iri": reference.iri,
        "title_ar": reference.title_ar,
        "publisher_ar": reference.publisher_ar,
        "licence": reference.licence,
        "sha256": reference.digest,
    }
    item = {
        "id": reference.key,
        "type": _CSL_TYPES.get(reference.kind, "dataset"),
        "title": reference.title or reference.title_ar,
        "author": [{"literal": reference.publisher}] if reference.publisher else [],
        "container-title": reference.within,
        "publisher": reference.publisher,
        "issued": _csl_date(reference.issued),
        "accessed": _csl_date(reference.retrieved),
        "version": reference.version,
        "URL": reference.url,
        "note": _note(reference),
        "custom": {name: text for name, text in custom.items() if text},
    }
    return {name: value for name, value in item.items() if value}


def _csl_date(iso: str) -> dict[str, Any]:
    return {"date-parts": [[int(part) for part in iso.split("-")]]} if iso else {}


def _ris(reference: Reference) -> Iterable[tuple[str, str]]:
    lines = (
        ("TY", _RIS_TYPES.get(reference.kind, "GEN")),
        ("ID", reference.key),
        ("AU", f"{reference.publisher}," if reference.publisher else ""),
        ("TI", reference.title or reference.title_ar),
        ("TT", reference.title_ar if reference.title else ""),
        ("T2", reference.within),
        ("PB", reference.publisher),
        ("PY", reference.issued[:4]),
        ("DA", reference.issued.replace("-", "/")),
        ("ET", reference.version),
        ("UR", reference.url),
        ("Y2", reference.retrieved.replace("-", "/")),
        ("N1", _note(reference)),
    )
    return [(tag, text) for tag, text in lines if text]
