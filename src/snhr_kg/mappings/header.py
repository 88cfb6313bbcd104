"""The header of a mapping set: YAML in comment lines above the table, with the prefixes of its CURIEs."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final

from snhr_kg.errors import Fault
from snhr_kg.mappings.records import SKOS

_WANTED: Final = (
    "mapping_set_id",
    "mapping_set_title",
    "mapping_set_description",
    "mapping_set_version",
    "license",
    "creator_id",
    "other",
    "curie_map",
)

_ALWAYS: Final = {"semapv": "https://w3id.org/semapv/vocab/", "skos": SKOS}
"""The prefixes of relations and justifications, which the rules name as CURIEs."""

_TITLE_AR: Final = "title_ar="
"""What SSSOM has no slot for stands in its slot for other things, as a name and a value."""


@dataclass(frozen=True, slots=True)
class Header:
    """What a header says of its set; `prefixes` holds the namespace behind each prefix."""

    id: str
    title: str
    title_ar: str
    description: str
    version: str
    licence: str
    creator: str
    prefixes: Mapping[str, str]

    def iri(self, curie: str) -> str:
        """The IRI of a CURIE that has been judged sound.

        Raises:
            ValueError: it is no CURIE, or its prefix is not in the header.
        """
        found = expand(curie, self.prefixes)
        if found is None:
            raise ValueError(f"no CURIE of this header: {curie!r}")
        return found


def expand(curie: str, prefixes: Mapping[str, str]) -> str | None:
    """The IRI that a CURIE stands for; None where it is no CURIE or its prefix has no namespace.

    >>> expand("wikidata:Q858", {"wikidata": "http://www.wikidata.org/entity/"})
    'http://www.wikidata.org/entity/Q858'
    """
    prefix, colon, local = curie.partition(":")
    namespace = prefixes.get(prefix)
    return namespace + local if colon and local and namespace is not None else None


def read_header(lines: Sequence[str], file: str, faults: list[Fault]) -> Header | None:
    """The header of a file's leading comment lines, each with its line end.

    None where it cannot be used, with a fault for each reason.
    """
    said = _parse(lines, file, faults)
    if said is None:
        return None
    missing = [name for name in _WANTED if not said.get(name)]
    for name in missing:
        faults.append(Fault(file, 1, "header", f"{name} is missing", f"write # {name}: and its value"))
    if missing:
        return None
    prefixes = _prefixes(said["curie_map"], file, faults)
    if prefixes is None:
        return None
    creators = said["creator_id"]
    creator = expand(str(creators[0]), prefixes) if isinstance(creators, list) and len(creators) == 1 else None
    if creator is None:
        problem = "creator_id is no list of one CURIE"
        faults.append(Fault(file, 1, "header", problem, "write # - agent:snhr-kg on the line below it"))
        return None
    other = str(said["other"])
    if not other.startswith(_TITLE_AR) or other == _TITLE_AR:
        faults.append(Fault(file, 1, "header", "other holds no Arabic title", f"write # other: {_TITLE_AR} and it"))
        return None
    return Header(
        id=str(said["mapping_set_id"]),
        title=str(said["mapping_set_title"]),
        title_ar=other.removeprefix(_TITLE_AR),
        description=str(said["mapping_set_description"]),
        version=str(said["mapping_set_version"]),
        licence=str(said["license"]),
        creator=creator,
        prefixes=prefixes,
    )


def _prefixes(curie_map: object, file: str, faults: list[Fault]) -> Mapping[str, str] | None:
    """The namespaces by prefix; None, with a fault, where there are none or not those that every record uses."""
    if not isinstance(curie_map, dict):
        remedy = "write each prefix on a line of its own below it, as #   mapping: and its namespace"
        faults.append(Fault(file, 1, "header", "curie_map holds no prefixes", remedy))
        return None
    prefixes = {str(prefix): str(namespace) for prefix, namespace in curie_map.items()}
    wrong = [f"{prefix}: {namespace}" for prefix, namespace in _ALWAYS.items() if prefixes.get(prefix) != namespace]
    if wrong:
        remedy = f"write #   {' and #   '.join(wrong)}"
        faults.append(Fault(file, 1, "header", "curie_map lacks prefixes of relations and justifications", remedy))
        return None
    return prefixes


def _parse(lines: Sequence[str], file: str, faults: list[Fault]) -> Mapping[str, Any] | None:
    """The comment lines as YAML; None, with a fault, where they are none or hold no names with values."""
    import yaml  # The reader of mapping sets alone needs it, and servers do not read them.

    text = "".join(line.removeprefix("#").removeprefix(" ") for line in lines)
    try:
        said = yaml.safe_load(text)
    except yaml.YAMLError as error:
        mark = getattr(error, "problem_mark", None)
        problem = f"the header is no YAML: {getattr(error, 'problem', None) or error}"
        faults.append(Fault(file, mark.line + 1 if mark else 1, "header", problem, "correct the line"))
        return None
    if not isinstance(said, dict):
        faults.append(Fault(file, 1, "header", "there is none", f"write # lines with {', '.join(_WANTED)}"))
        return None
    return said
