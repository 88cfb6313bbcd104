"""The pages about places of the text: mentions of figures, passages, and the numbers that are no figures."""

from __future__ import annotations

from dataclasses import dataclass

from snhr_kg.site.amounts import amount
from snhr_kg.site.narrative import Fact
from snhr_kg.site.report import text_used
from snhr_kg.site.report_places import MENTION, NUMBER, beside, places, report_graph
from snhr_kg.site.visit import Visit
from snhr_kg.site.words import gettext as _


@dataclass(frozen=True, slots=True)
class Difference:
    """What a mention states otherwise than the figure that it mentions: both as IRIs of codes, or both as words."""

    name: str
    here: str
    figure: str
    codes: bool = True


def place(visit: Visit, iri: str) -> str:
    """The page about the mention, passage or number with this IRI."""
    holding = visit.holding
    every = places(holding)
    here = every.by_iri[iri]
    alike = [one.iri for one in every.by_report[here.report] if (one.kind == NUMBER) == (here.kind == NUMBER)]
    before, after = beside(alike, iri)
    figure = here.thing if here.kind == MENTION else None
    return visit.render(
        "mention.html",
        here=here,
        graph=report_graph(here.report),
        text=text_used(holding, here.report),
        figure=figure,
        amount=amount(holding, iri, visit.language) if figure else None,
        printed=holding.value(iri, "snhr:printed"),
        principal=bool(figure) and holding.value(figure or "", "snhr:principalMention") == iri,
        differences=differences(visit, iri, figure) if figure else [],
        facts=_of_number(visit, iri) if here.kind == NUMBER else [],
        reason=visit.text(iri, "snhr:reason"),
        note=visit.text(iri, "rdfs:comment"),
        others=[one for one in every.by_thing.get(here.thing or "", []) if one.iri != iri],
        checks=holding.subjects("dqv:computedOn", iri),
        before=before,
        after=after,
        place_of=every.by_iri.__getitem__,
    )


def differences(visit: Visit, mention: str, figure: str) -> list[Difference]:
    """Where the mention's value, qualifier or dimensions are not the figure's."""
    here, there = (amount(visit.holding, iri, visit.language).words for iri in (mention, figure))
    found = [Difference(_("Amount"), here, there, codes=False)] if here != there else []
    for stated, dimension in _stated_dimensions(visit, mention):
        of_figure = visit.holding.value(figure, dimension) or ""
        found.append(Difference(_dimension_name(visit, dimension), stated, of_figure))
    return found


def _stated_dimensions(visit: Visit, mention: str) -> list[tuple[str, str]]:
    """The code that the mention states for a dimension (``snhr:statedPlace``), and that dimension (``snhr:place``)."""
    found = []
    for one in visit.holding.statements(mention):
        head, mark, name = one.predicate.partition("#stated")
        if mark:
            found.append((one.object.value, f"{head}#{name[:1].lower()}{name[1:]}"))
    return found


def _dimension_name(visit: Visit, dimension: str) -> str:
    words = str(visit.label(dimension))
    return words[:1].upper() + words[1:]


def _of_number(visit: Visit, iri: str) -> list[Fact]:
    kind, about = (tuple(visit.holding.values(iri, predicate)) for predicate in ("snhr:numberKind", "snhr:about"))
    found = [Fact(_("Kind of number"), things=kind)]
    return [*found, Fact(_("What it is about"), things=about)] if about else found
