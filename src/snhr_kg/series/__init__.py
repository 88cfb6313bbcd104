"""What other publications count, over time: tables, graph and checks."""

from snhr_kg.series.read import read_series

__all__ = ["read_series"]
