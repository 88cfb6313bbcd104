"""Reads the queries of `queries/`: what their headers say, and which parameters they take.

A header line ``# parameter: NAME TYPE TARGET`` declares a parameter, with a description after a dash where the type
does not say enough. TYPE is the name of a code list, of something a report holds (`section`, `report`,
`derived-figure`), or words parted by ``|``. TARGET is the variable that the values are given to, or the one literal
that a value stands in for. Below, a line ``# with NAME: PATTERN`` marks where the values go, with a pattern that is
needed only then; a line that ends in ``# unless NAME`` stands as long as the parameter is not given.
Every query is whole without any of this: to other programs these lines are comments.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Final, Literal, TypeAlias

from snhr_kg import content
from snhr_kg.errors import QuestionError
from snhr_kg.guard import query_form

QueryKind: TypeAlias = Literal["rows", "graph"]

_HEADER: Final = re.compile(r"\A(?:#.*\n|\s*\n)+")
_LINE: Final = re.compile(r"^# ([a-z-]+): (.*\S)\s*$", re.MULTILINE)
_PARAMETER: Final = re.compile(r'([a-z_]+) ([a-z-]+(?:\|[a-z-]+)*) (\?\w+|"[a-z-]+")(?: — (.+))?')
_MARK: Final = re.compile(r"# (?:with|unless) ([a-z_]+)\b")
_PROJECTED: Final = re.compile(r"\bSELECT\s(.*?)\bWHERE\b", re.DOTALL)
_COLUMN: Final = re.compile(r"\(.*?\bAS\s+\?(\w+)\s*\)(?=\s|$)|\?(\w+)")


@dataclass(frozen=True, slots=True)
class Parameter:
    """What a query can be narrowed by: a name, the type of its values, and the variable or literal they fill."""

    name: str
    type: str
    target: str
    description: str = ""

    @property
    def words(self) -> tuple[str, ...]:
        """The values themselves where the type lists them (``en|ar``); nothing for a code list."""
        return tuple(self.type.split("|")) if "|" in self.type else ()

    @property
    def default(self) -> str | None:
        """The word that stands in the query itself; None where the parameter filters only when it is given."""
        return self.target.strip('"') if self.target.startswith('"') else None


@dataclass(frozen=True, slots=True)
class NamedQuery:
    """A question of `queries/`: its name (the file's stem), what its header says, and the query below the header."""

    name: str
    title: str
    title_ar: str
    description: str
    description_ar: str
    topic: str
    text: str
    parameters: tuple[Parameter, ...]
    kind: QueryKind
    columns: tuple[str, ...]
    """Names of the columns of a query that answers with rows, in order."""

    @property
    def rows(self) -> bool:
        """Whether it answers with rows, which CSV can hold, and not with a graph."""
        return self.kind == "rows"

    def words(self, language: str) -> str:
        """Its title in the language, or else in English."""
        return self.title_ar if language == "ar" and self.title_ar else self.title


@cache
def read_questions() -> tuple[NamedQuery, ...]:
    """The questions that ship with the package, in the order of their file names.

    Raises `QuestionError` naming file and line for a header that cannot be read.
    """
    return tuple(read_question(path) for path in sorted(content.folder("queries").glob("*.rq")))


def read_question(path: Path) -> NamedQuery:
    """One query file; raises `QuestionError`."""
    whole = path.read_text(encoding="utf-8")
    header = _HEADER.match(whole)
    text = _HEADER.sub("", whole)
    said = _LINE.findall(header[0] if header else "")
    stated = dict(said)
    parameters = tuple(_parameter(path, value) for name, value in said if name == "parameter")
    _check_marks(path, text, parameters)
    rows = query_form(text) == "select"
    return NamedQuery(
        name=path.stem,
        title=stated.get("title", path.stem.replace("-", " ")),
        title_ar=stated.get("title-ar", ""),
        description=stated.get("description", ""),
        description_ar=stated.get("description-ar", ""),
        topic=stated.get("topic", ""),
        text=text,
        parameters=parameters,
        kind="rows" if rows else "graph",
        columns=_columns(text) if rows else (),
    )


def _parameter(path: Path, value: str) -> Parameter:
    found = _PARAMETER.fullmatch(value)
    if found is None:
        raise QuestionError(
            f"{path}: '# parameter: {value}' cannot be read; write NAME, TYPE and ?variable or \"literal\""
        )
    return Parameter(found[1], found[2], found[3], found[4] or "")


def _check_marks(path: Path, text: str, parameters: tuple[Parameter, ...]) -> None:
    """Every parameter has its place in the query, and every place its parameter."""
    declared = {parameter.name for parameter in parameters if not parameter.target.startswith('"')}
    marked = set(_MARK.findall(text))
    for name in sorted(declared ^ marked):
        missing = f"has no line '# with {name}: …' or '# unless {name}'" if name in declared else "is not declared"
        raise QuestionError(f"{path}: the parameter {name} {missing}")
    for parameter in parameters:
        if parameter.target.startswith('"') and parameter.target not in text:
            raise QuestionError(f"{path}: the query holds no {parameter.target} for {parameter.name} to stand in for")


def _columns(text: str) -> tuple[str, ...]:
    projected = _PROJECTED.search(text)
    return tuple(one or other for one, other in _COLUMN.findall(projected[1])) if projected else ()
