"""Figures of several sources side by side: read the topics, compare, and hand the comparisons to the graph."""

from snhr_kg.comparisons.compare import compare_with
from snhr_kg.comparisons.read import read_topics

__all__ = ["compare_with", "read_topics"]
