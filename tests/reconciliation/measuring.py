"""Measures how names of others are matched by a service that has not learned them; `truth/` says what is right."""

from __future__ import annotations

import csv
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path

import pyoxigraph as ox
from rdflib import Graph

from snhr_kg.codes.lists import read_codes
from snhr_kg.mappings.graph import mapping_triples
from snhr_kg.mappings.read import read_mappings
from snhr_kg.questions.rows import Value, read_rows
from snhr_kg.reconciliation.entities import Name
from snhr_kg.reconciliation.normalise import fold
from snhr_kg.reconciliation.reconciler import Reconciler, make_reconciler
from snhr_kg.reconciliation.requests import Query

ROOT = Path(__file__).resolve().parents[2]
TRUTH = Path(__file__).resolve().parent / "truth"


@dataclass(frozen=True, slots=True)
class Asked:
    """A name to match, the code list and further values of its row, and the id of what it means (nothing: none)."""

    name: str
    code_list: str
    means: str
    values: tuple[tuple[str, str], ...] = ()


@dataclass(slots=True)
class Measured:
    """How many names have an answer, how many got it, how many got another, and how many that have none got one."""

    answerable: int = 0
    right: int = 0
    unanswerable: int = 0
    errors: list[tuple[Asked, str]] = field(default_factory=list)
    """What was asked, and what was chosen (nothing: none)."""

    @property
    def recall(self) -> float:
        """Of the names with an answer, the share that got it."""
        return self.right / self.answerable if self.answerable else 1.0

    @property
    def precision(self) -> float:
        """Of the names that were matched, the share that was matched rightly."""
        matched = self.right + sum(bool(chosen) for _, chosen in self.errors)
        return self.right / matched if matched else 1.0

    @property
    def refused(self) -> float:
        """Of the names without an answer, the share that got none."""
        wrong = sum(not asked.means for asked, _ in self.errors)
        return 1 - wrong / self.unanswerable if self.unanswerable else 1.0


def ucdp_actors() -> list[Asked]:
    """Each name of UCDP's actors once."""
    return _actors("ucdp-actors.csv")


def ucdp_other_names() -> list[Asked]:
    """The actors' other names: in full, in English and in their own language, former and later ones."""
    return _actors("ucdp-other-names.csv")


def _actors(file: str) -> list[Asked]:
    found = rows(file)
    names = {row["name"]: f"perpetrator/{row['code']}" if row["code"] else "" for row in found}
    return [Asked(name, "perpetrator", means) for name, means in names.items()]


def ocha_governorates() -> list[Asked]:
    """The governorates' names in English, in English without marks, and in Arabic."""
    return [
        Asked(row[column], "place", f"place/{row['code']}")
        for row in rows("ocha-places.csv")
        for column in ("name_en", "name_plain", "name_ar")
        if len(row["pcode"]) == 4
    ]


def ocha_districts(with_governorate: bool = True) -> list[Asked]:
    """The districts' names likewise, with the governorate that the row names, or by themselves."""
    return [
        Asked(
            row[column],
            "place",
            f"place/{row['code']}" if row["code"] else "",
            (("governorate", row[parent]),) if with_governorate else (),
        )
        for row in rows("ocha-places.csv")
        for column, parent in (("name_en", "parent_en"), ("name_plain", "parent_en"), ("name_ar", "parent_ar"))
        if len(row["pcode"]) > 4
    ]


def others() -> list[Asked]:
    """Names of ACLED and Airwars, on which the rules were made."""
    return [
        Asked(row["name"], "perpetrator", f"perpetrator/{row['code']}" if row["code"] else "")
        for row in rows("acled-and-airwars.csv")
    ]


def measure(asked: Iterable[Asked], reconciler: Reconciler) -> Measured:
    """Ask each, and compare what was chosen with what is right."""
    found = Measured()
    for one in asked:
        query = Query(one.name, (one.code_list,), values={name: (value,) for name, value in one.values})
        candidates = reconciler.candidates(query)
        chosen = candidates[0].match.entity.id if candidates and candidates[0].chosen else ""
        found.answerable += bool(one.means)
        found.unanswerable += not one.means
        found.right += bool(one.means) and chosen == one.means
        if chosen != one.means:
            found.errors.append((one, chosen))
    return found


def together(parts: Iterable[Measured]) -> Measured:
    """Several measured as one."""
    whole = Measured()
    for part in parts:
        whole.answerable += part.answerable
        whole.right += part.right
        whole.unanswerable += part.unanswerable
        whole.errors += part.errors
    return whole


def without(*owners: str) -> Reconciler:
    """A reconciler that has learned no name of a mapping to what these publish."""
    return _reconciler(lambda name: name.source not in owners)


def without_these(asked: Iterable[Asked], *owners: str) -> Reconciler:
    """One that has not learned, from any table, what is asked either; the labels of the codes stay."""
    written = {fold(one.name) for one in asked}
    return _reconciler(
        lambda name: name.source not in owners and (name.kind == "label" or fold(name.text) not in written)
    )


def _reconciler(keep: Callable[[Name], bool]) -> Reconciler:
    def select(text: str) -> list[dict[str, Value]]:
        found = _store().query(text).serialize(format=ox.QueryResultsFormat.JSON)
        return read_rows(bytes(found or b"")).values()

    return make_reconciler(select, keep)


@cache
def _store() -> ox.Store:
    """All code lists, and all mappings that were accepted or refused."""
    store = ox.Store()
    for path in (ROOT / "ontology" / "codes").glob("*.ttl"):
        store.load(path=path, format=ox.RdfFormat.TURTLE)
    links = Graph()
    for triple in mapping_triples(read_mappings(ROOT / "data" / "mappings", read_codes(ROOT / "ontology" / "codes"))):
        links.add(triple)
    store.load(links.serialize(format="nt", encoding="utf-8"), format=ox.RdfFormat.N_TRIPLES)
    return store


def rows(file: str) -> Iterator[dict[str, str]]:
    with (TRUTH / file).open(encoding="utf-8", newline="") as lines:
        yield from csv.DictReader(lines)
