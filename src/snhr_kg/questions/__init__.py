"""The questions of `queries/`: read with their parameters, filled with codes, and the questions about figures."""

from snhr_kg.questions.read import NamedQuery, Parameter, read_questions

__all__ = ["NamedQuery", "Parameter", "read_questions"]
