"""The pages of comparisons: all topics, one topic, and one comparison that can be read alone."""

from __future__ import annotations

from snhr_kg import names
from snhr_kg.site import comparing
from snhr_kg.site.steady import steady
from snhr_kg.site.visit import Visit


@steady
def comparisons(visit: Visit) -> str:
    """All topics in groups, each with its figures side by side."""
    groups = comparing.groups(visit)
    return visit.render(
        "comparisons.html",
        groups=groups,
        topics=sum(len(group.topics) for group in groups),
        count=sum(topic.count for group in groups for topic in group.topics),
        relations=visit.holding.instances("snhr:PeriodRelation"),
        kinds=visit.holding.instances("snhr:Comparability"),
        rule=names.rule("compare"),
    )


@steady
def topic(visit: Visit, iri: str) -> str:
    """One topic, with every reason in words."""
    return visit.render("comparison_topic.html", topic=comparing.topic_of(visit, iri))


def comparison(visit: Visit, iri: str) -> str:
    """One comparison, complete in itself."""
    row = comparing.compared(visit, iri)
    held = visit.holding
    return visit.render(
        "comparison.html",
        row=row,
        topic=comparing.topic_alone(visit, row.topic),
        shared=(held.value(iri, "snhr:sharedBegin"), held.value(iri, "snhr:sharedEnd")),
        rule=names.rule("compare"),
    )
