"""Mappings of our codes to other vocabularies and datasets: SSSOM sets, judged one row at a time by people."""

from snhr_kg.mappings.read import read_mappings
from snhr_kg.mappings.sets import MappingSets

__all__ = ["MappingSets", "read_mappings"]
