"""By hand: Python's csv and one f-string, nothing checked or escaped: what such a script can be at best."""

import csv
import sys
from urllib.parse import quote

BASE = "https://w3id.org/snhr-kg/"
SNHR = f"{BASE}ontology#"
XSD = "http://www.w3.org/2001/XMLSchema#"
END = f" <{BASE}graph/external/ged/invented> .\n"

with open(sys.argv[1], encoding="utf-8", newline="") as events, open(sys.argv[2], "w", encoding="utf-8") as out:
    for row in csv.DictReader(events):
        if row["country_id"] != "652":
            continue
        event = f"<{BASE}external/ged/invented/incident/{row['id']}>"
        out.write(
            f"{event} <http://www.w3.org/1999/02/22-rdf-syntax-ns#type> <{SNHR}Incident>{END}"
            f"{event} <{SNHR}fromDataset> <{BASE}external/ged/invented>{END}"
            f'{event} <http://www.w3.org/2004/02/skos/core#notation> "{row["id"]}"{END}'
            f'{event} <{SNHR}begin> "{row["date_start"]}"^^<{XSD}date>{END}'
            f'{event} <{SNHR}end> "{row["date_end"]}"^^<{XSD}date>{END}'
            f"{event} <{SNHR}violationType> <{BASE}external/ucdp/code/type-of-violence/{row['type_of_violence']}>{END}"
            f"{event} <{SNHR}perpetrator> <https://ucdp.uu.se/actor/{row['side_a_new_id']}>{END}"
            f"{event} <{SNHR}place> <{BASE}external/ucdp/code/adm-1/{quote(row['adm_1'], safe='')}>{END}"
            f'{event} <{SNHR}value> "{row["best"]}"^^<{XSD}integer>{END}'
            f'{event} <{SNHR}lowerBound> "{row["low"]}"^^<{XSD}integer>{END}'
            f'{event} <{SNHR}upperBound> "{row["high"]}"^^<{XSD}integer>{END}'
            f'{event} <{SNHR}civilianDeaths> "{row["deaths_civilians"]}"^^<{XSD}integer>{END}'
        )
