"""What a query may cost, and how many may wait: set by flags of ``serve``, told in the service description."""

from __future__ import annotations

import os
from dataclasses import dataclass, field


def _cores() -> int:
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1


@dataclass(frozen=True, slots=True)
class Limits:
    """Bounds on one query (time, memory, size of its answer) and on all of them together (workers, waiting)."""

    seconds: float = 15.0
    """Wall-clock time of one query."""
    memory_mb: int = 512
    """Memory (MiB) that one query may take beside the graph."""
    result_mb: int = 64
    """Size (MiB) of one answer before compression."""
    workers: int = field(default_factory=_cores)
    """Queries that run at a time."""
    waiting: int = 64
    """Queries that wait for a worker; a further one is turned away."""
    waiting_seconds: float = 5.0
    """How long a query waits for a worker."""
    per_client: int = 32
    """Queries of one address that run or wait; a further one is turned away."""
    services: tuple[str, ...] = ()
    """Hosts (``host``, or ``host:port``) that a query may ask by SERVICE; none: SERVICE is refused."""
