"""The public names of snhr-kg: `load`, `KnowledgeGraph` and the errors.

>>> import snhr_kg
>>> kg = snhr_kg.load()  # doctest: +SKIP
>>> kg.figures(perpetrator="isis")  # doctest: +SKIP
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from snhr_kg.api import KnowledgeGraph, load
    from snhr_kg.errors import BadQuery, GraphError, QueryRefused, SnhrKgError, UnknownCode, UnknownResource
    from snhr_kg.results import Figure

    __version__: str

_HOME = {
    "Figure": "snhr_kg.results",
    "KnowledgeGraph": "snhr_kg.api",
    "load": "snhr_kg.api",
    "BadQuery": "snhr_kg.errors",
    "GraphError": "snhr_kg.errors",
    "QueryRefused": "snhr_kg.errors",
    "SnhrKgError": "snhr_kg.errors",
    "UnknownCode": "snhr_kg.errors",
    "UnknownResource": "snhr_kg.errors",
}

__all__ = [
    "BadQuery",
    "Figure",
    "GraphError",
    "KnowledgeGraph",
    "QueryRefused",
    "SnhrKgError",
    "UnknownCode",
    "UnknownResource",
    "__version__",
    "load",
]


def __getattr__(name: str) -> Any:
    """Import a public name when it is first asked for: starting the server must not wait for what it never uses."""
    if name == "__version__":
        from importlib.metadata import version

        return version("snhr-kg")
    if name in _HOME:
        from importlib import import_module

        return getattr(import_module(_HOME[name]), name)
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")


def __dir__() -> list[str]:
    return sorted(__all__)
