"""What comes from elsewhere as it goes through a build: a named graph as lines, far too many for rdflib."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from snhr_kg import names


@dataclass(frozen=True, slots=True)
class ExternalGraph:
    """The graph of a dataset from elsewhere: each triple once, as a line of canonical N-Triples without the line end.

    `name` is that of the graph below ``graph/`` (``external/ucdp-onesided/23.1``); the lines are in order.
    """

    name: str
    lines: tuple[str, ...]

    @classmethod
    def of(cls, name: str, lines: Iterable[str]) -> ExternalGraph:
        """The graph of these lines, in any order and with repetitions."""
        return cls(name, tuple(sorted(set(lines))))

    @property
    def iri(self) -> str:
        """The IRI of the graph."""
        return names.graph(self.name)

    @property
    def dataset(self) -> str:
        """The IRI of the dataset whose graph it is, by which the graph describes it."""
        return names.published(self.name)
