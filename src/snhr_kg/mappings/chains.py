"""The rule of exact matches: no chain of them, over whatever targets, may make two concepts of ours one."""

from __future__ import annotations

from collections import deque
from collections.abc import Iterable, Iterator, Mapping

from snhr_kg.errors import Fault
from snhr_kg.mappings.records import EXACT, MappingRecord

_Neighbours = Mapping[str, list[tuple[str, MappingRecord]]]


def chain_faults(records: Iterable[MappingRecord]) -> list[Fault]:
    """A fault for each concept of ours that accepted exact matches chain to another one, at the record that does it.

    Exact match is symmetric and transitive (SKOS Reference, sections 10.3 and 10.6.4), so the concepts that hang
    together are one concept; each group may hold one of ours.
    """
    exact = [record for record in records if record.predicate == EXACT and not record.refused]
    neighbours: dict[str, list[tuple[str, MappingRecord]]] = {}
    for record in exact:
        neighbours.setdefault(record.subject, []).append((record.object, record))
        neighbours.setdefault(record.object, []).append((record.subject, record))
    ours = {record.subject for record in exact}
    seen: set[str] = set()
    faults = []
    for concept in sorted(ours):
        if concept not in seen:
            group = {concept: ""} | dict(_reached(concept, neighbours))
            seen |= group.keys()
            faults += [_fault(concept, other, neighbours) for other in sorted(ours & group.keys() - {concept})]
    return faults


def _reached(start: str, neighbours: _Neighbours) -> Iterator[tuple[str, str]]:
    """Every concept that hangs together with `start`, nearest first, each with the one before it on the way."""
    before, waiting = {start: ""}, deque([start])
    while waiting:
        here = waiting.popleft()
        for other, _ in neighbours[here]:
            if other not in before:
                before[other] = here
                waiting.append(other)
                yield other, here


def _fault(concept: str, other: str, neighbours: _Neighbours) -> Fault:
    before = dict(_reached(concept, neighbours))
    way = [other]
    while way[-1] != concept:
        way.append(before[way[-1]])
    last = next(record for name, record in neighbours[way[0]] if name == way[1])
    problem = "a chain of exact matches makes two concepts of ours one: " + " = ".join(reversed(way))
    return Fault(last.file, last.line, "predicate_id", problem, "write skos:closeMatch in one record of the chain")
