"""Codes of others and their IRIs: the owner's own IRI where there is one, else one that we mint."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final
from urllib.parse import unquote

from snhr_kg import names

_OWN_IRIS: Final[Mapping[tuple[str, str], tuple[str, str]]] = {
    ("eurovoc", "descriptor"): ("http://eurovoc.europa.eu/", ""),
    ("geonames", "feature"): ("https://sws.geonames.org/", "/"),
    ("icrc", "customary-rule"): ("https://ihl-databases.icrc.org/customary-ihl/eng/docs/v1_rul_rule", ""),
    ("loc", "name"): ("http://id.loc.gov/authorities/names/", ""),
    ("loc", "subject"): ("http://id.loc.gov/authorities/subjects/", ""),
    ("oclc", "fast"): ("http://id.worldcat.org/fast/", ""),
    ("osm", "relation"): ("https://www.openstreetmap.org/relation/", ""),
    ("ucdp", "actor"): ("https://ucdp.uu.se/actor/", ""),
    ("ucdp", "conflict"): ("https://ucdp.uu.se/conflict/", ""),
    ("ucdp", "country"): ("https://ucdp.uu.se/country/", ""),
    ("un", "document"): ("https://undocs.org/", ""),
    ("un", "sdg"): ("http://metadata.un.org/sdg/", ""),
    ("whosonfirst", "place"): ("https://spelunker.whosonfirst.org/id/", "/"),
    ("wikidata", "item"): ("http://www.wikidata.org/entity/", ""),
    ("wikipedia", "en"): ("https://en.wikipedia.org/wiki/", ""),
}
"""Owner and list to what stands before and after a notation in the owner's own IRIs."""

_MINTED: Final = names.BASE + "external/"


@dataclass(frozen=True, slots=True)
class ForeignCode:
    """A code of somebody else's: who keeps the list, which list, and the code as it stands there."""

    owner: str
    code_list: str
    notation: str


def foreign_iri(owner: str, code_list: str, notation: str) -> str:
    """The IRI of a code of somebody else's.

    >>> foreign_iri("ucdp", "actor", "118")
    'https://ucdp.uu.se/actor/118'
    >>> foreign_iri("ocha", "p-code", "SY01")
    'https://w3id.org/snhr-kg/external/ocha/code/p-code/SY01'
    """
    if own := _OWN_IRIS.get((owner, code_list)):
        return notation.join(own)
    return names.foreign_code(owner, code_list, notation)


def foreign_code(iri: str) -> ForeignCode | None:
    """The code behind an IRI that `foreign_iri` gives; None for any other.

    >>> foreign_code("https://sws.geonames.org/163843/")
    ForeignCode(owner='geonames', code_list='feature', notation='163843')
    """
    if iri.startswith(_MINTED):
        owner, _, rest = iri.removeprefix(_MINTED).partition("/code/")
        code_list, _, quoted = rest.partition("/")
        return ForeignCode(owner, code_list, unquote(quoted)) if owner and code_list and quoted else None
    for (owner, code_list), (before, after) in _OWN_IRIS.items():
        if iri.startswith(before) and iri.endswith(after) and len(iri) > len(before) + len(after):
            return ForeignCode(owner, code_list, iri[len(before) : len(iri) - len(after)])
    return None
