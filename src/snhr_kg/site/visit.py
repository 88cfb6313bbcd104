"""One visit to a page: who asks for what, in which language, and the graph that answers."""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path

from flask import render_template
from werkzeug.datastructures import MultiDict

from snhr_kg.engine.question import Caller, Engine
from snhr_kg.holding import Holding, Text


@dataclass(frozen=True, slots=True)
class Visit:
    """What a page is made from; `local` is what stands between the language and ``.html`` in its address.

    `publishing` is true while files for a site without a server are written: such a page has no parameters, and leads
    to nothing that must be computed.
    """

    holding: Holding
    engine: Engine
    caller: Caller
    language: str
    local: str
    arguments: MultiDict[str, str] = field(default_factory=MultiDict)
    publishing: bool = False
    folder: Path | None = None
    """Where the files are that the build wrote; None when the graph is in a store elsewhere."""

    def label(self, iri: str) -> Text:
        """What a thing is called, in the language of the page if it can be."""
        return self.holding.label(iri, self.language)

    def text(self, subject: str, predicate: str) -> Text | None:
        """The words that a predicate leads to, in the language of the page if they can be."""
        return self.holding.text(subject, predicate, self.language)

    def render(self, template: str, **values: object) -> str:
        """The page that a template makes of these values and the visit."""
        return render_template(template, visit=self, **values)
