"""The same quads with the parts of snhr-kg's imports: every cell that is used is checked and escaped."""

import sys
from pathlib import Path

from snhr_kg import names
from snhr_kg.imports.cells import Memo, day, text, whole
from snhr_kg.imports.lines import LineWriter, about, date, integer, iri, literal
from snhr_kg.imports.table import Column, open_table

COLUMNS = (
    *("id", "country_id", "type_of_violence", "side_a_new_id", "adm_1", "date_start", "date_end"),
    *("best", "low", "high", "deaths_civilians"),
)
BATCH = 16

write = LineWriter(names.graph("external/ged/invented"))
shared = write.types("snhr:Incident") + write.line("snhr:fromDataset", iri(names.external("ged", "invented")))
coded = [
    Memo(lambda cell, p=p, o=o, c=c: write.line(p, iri(o(text(cell, c)))))
    for p, o, c in (
        ("snhr:violationType", lambda code: names.foreign_code("ucdp", "type-of-violence", code), "type_of_violence"),
        ("snhr:perpetrator", lambda code: f"https://ucdp.uu.se/actor/{code}", "side_a_new_id"),
        ("snhr:place", lambda code: names.foreign_code("ucdp", "adm-1", code), "adm_1"),
    )
]
dated = [
    Memo(lambda cell, p=p, c=c: write.line(p, date(day(cell, c))))
    for p, c in (("snhr:begin", "date_start"), ("snhr:end", "date_end"))
]
counted = [
    Memo(lambda cell, p=p, c=c: write.line(p, integer(whole(cell, c))))
    for p, c in (
        ("snhr:value", "best"),
        ("snhr:lowerBound", "low"),
        ("snhr:upperBound", "high"),
        ("snhr:civilianDeaths", "deaths_civilians"),
    )
]
event = names.in_external("ged", "invented", "incident", "")

with open_table(Path(sys.argv[1])) as table, open(sys.argv[2], "wb") as out:
    at = table.positions([Column(name) for name in COLUMNS])
    identifier_at, country_at, *rest = (at[name] for name in COLUMNS)
    makers = list(zip([*coded, *dated, *counted], rest, strict=True))
    batch = []
    for _, cells in table.records():
        if cells[country_at] != "652":
            continue
        identifier = text(cells[identifier_at], "id")
        lines = [make[cells[position]] for make, position in makers]
        written = shared + write.line("skos:notation", literal(identifier)) + "".join(lines)
        batch.append(about(iri(f"{event}{identifier}"), written))
        if len(batch) == BATCH:
            out.write("".join(batch).encode())
            batch.clear()
    out.write("".join(batch).encode())
