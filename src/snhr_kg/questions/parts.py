"""Which figure is a part of which other one, as a pattern of a query: what a breakdown says, and what follows."""

from __future__ import annotations

from typing import Final

_SAME: Final = ("indicator", "violationType", "perpetrator", "weapon", "place", "period", "unit", "inReport")

_LATER_OF_A_NEST: Final = """?nest a snhr:NestedBreakdown ; snhr:component ?figure, ?middle .
      ?figure snhr:period/snhr:begin ?begin . ?middle snhr:period/snhr:begin ?earlier .
      FILTER (STR(?earlier) < STR(?begin))"""

_SMALLER_GROUP: Final = (
    "?middle snhr:victimGroup ?larger . ?smaller snhr:subgroupOf ?larger . FILTER (?smaller != ?larger)\n"
    "      ?figure snhr:victimGroup ?smaller .\n      "
    + " ".join(f"?figure snhr:{name} ?same_{name} . ?middle snhr:{name} ?same_{name} ." for name in _SAME)
)

_COMPUTED: Final = """?figure a snhr:DerivedFigure ; prov:wasDerivedFrom ?middle ; snhr:unit ?unit ;
        snhr:victimGroup ?group ; snhr:perpetrator ?party .
      ?middle snhr:unit ?unit ; snhr:victimGroup ?group ; snhr:perpetrator ?whole .
      FILTER (?whole = ?party || EXISTS { ?whole a snhr:TotalCode })
      FILTER NOT EXISTS {
        ?figure snhr:period/snhr:begin ?begin . ?middle snhr:period/snhr:begin ?later .
        FILTER (STR(?later) > STR(?begin))
      }"""

PART_OF: Final = f"""    {{
      ?figure snhr:componentOf+ ?total
    }} UNION {{
      {_LATER_OF_A_NEST}
      ?middle snhr:componentOf* ?total
    }} UNION {{
      {_SMALLER_GROUP}
      ?middle snhr:componentOf* ?total
    }} UNION {{
      {_COMPUTED}
      ?middle snhr:componentOf* ?total
    }}"""
"""`?figure` is a part of `?total`. Either a breakdown says so, through others too; or both are components of a nested
breakdown and `?figure` begins later (59 attacks among 115); or they differ in the group of victims alone and its group
is the smaller (women among females, men among civilians); or a rule computed it from the whole: the rest of a total, a
count that a share implies, what lies between two dates. In the last three the whole may be a part in its turn."""
