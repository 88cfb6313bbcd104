"""maplib: polars reads the file, an OTTR template makes the triples in memory, in Rust; it writes no N-Quads."""

import sys

import polars as pl
from maplib import Model

GRAPH = "https://w3id.org/snhr-kg/graph/external/ged/invented"
BASE = "https://w3id.org/snhr-kg/"
TEMPLATE = """
@prefix snhr: <https://w3id.org/snhr-kg/ontology#> .
@prefix skos: <http://www.w3.org/2004/02/skos/core#> .
@prefix xsd: <http://www.w3.org/2001/XMLSchema#> .
@prefix ottr: <http://ns.ottr.xyz/0.4/> .
snhr:event [ottr:IRI ?event, xsd:string ?id, xsd:date ?begin, xsd:date ?end, ottr:IRI ?type, ottr:IRI ?party,
            ottr:IRI ?place, xsd:integer ?best, xsd:integer ?low, xsd:integer ?high, xsd:integer ?civilians] :: {
  ottr:Triple(?event, <http://www.w3.org/1999/02/22-rdf-syntax-ns#type>, snhr:Incident),
  ottr:Triple(?event, snhr:fromDataset, <https://w3id.org/snhr-kg/external/ged/invented>),
  ottr:Triple(?event, skos:notation, ?id),
  ottr:Triple(?event, snhr:begin, ?begin),
  ottr:Triple(?event, snhr:end, ?end),
  ottr:Triple(?event, snhr:violationType, ?type),
  ottr:Triple(?event, snhr:perpetrator, ?party),
  ottr:Triple(?event, snhr:place, ?place),
  ottr:Triple(?event, snhr:value, ?best),
  ottr:Triple(?event, snhr:lowerBound, ?low),
  ottr:Triple(?event, snhr:upperBound, ?high),
  ottr:Triple(?event, snhr:civilianDeaths, ?civilians)
} .
"""


def joined(before: str, column: str) -> pl.Expr:
    return pl.concat_str(pl.lit(before), pl.col(column))


NUMBERS = {"low": pl.Int64, "best": pl.Int64, "high": pl.Int64, "deaths_civilians": pl.Int64}
rows = pl.read_csv(sys.argv[1], infer_schema=False, schema_overrides=NUMBERS).filter(pl.col("country_id") == "652")
rows = rows.select(
    joined(f"{BASE}external/ged/invented/incident/", "id").alias("event"),
    pl.col("id"),
    pl.col("date_start").str.to_date().alias("begin"),
    pl.col("date_end").str.to_date().alias("end"),
    joined(f"{BASE}external/ucdp/code/type-of-violence/", "type_of_violence").alias("type"),
    joined("https://ucdp.uu.se/actor/", "side_a_new_id").alias("party"),
    pl.concat_str(
        pl.lit(f"{BASE}external/ucdp/code/adm-1/"), pl.col("adm_1").fill_null("").str.replace_all(" ", "%20")
    ).alias("place"),
    pl.col("best"),
    pl.col("low"),
    pl.col("high"),
    pl.col("deaths_civilians").alias("civilians"),
)
model = Model()
model.add_template(TEMPLATE)
model.map("https://w3id.org/snhr-kg/ontology#event", rows, graph=GRAPH)
model.write(sys.argv[2], format="ntriples", graph=GRAPH)
