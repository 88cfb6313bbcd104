"""What the operating system says of a server: the processes below it, their memory and their use of the processor."""

from __future__ import annotations

import os
import socket
import time
from collections import defaultdict
from contextlib import suppress
from pathlib import Path

_TICKS = os.sysconf("SC_CLK_TCK")
IDLE_SHARE = 0.1
"""A server is idle when it uses less than this much of one core."""


def free_port() -> int:
    """A port of the loopback address that nobody listens on."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def tree(root: int) -> list[int]:
    """The process and all below it."""
    children: defaultdict[int, list[int]] = defaultdict(list)
    for entry in Path("/proc").iterdir():
        if entry.name.isdigit():
            with suppress(OSError, IndexError):
                children[int(_fields(int(entry.name))[1])].append(int(entry.name))
    found, waiting = [], [root]
    while waiting:
        one = waiting.pop()
        found.append(one)
        waiting += children[one]
    return found


def memory_mb(root: int) -> float:
    """Proportional set size (MiB) of a process tree: what is shared counts once; a process that ends counts nothing."""
    total = 0
    for process in tree(root):
        with suppress(OSError):
            text = Path(f"/proc/{process}/smaps_rollup").read_text(encoding="ascii")
            total += sum(int(line.split()[1]) for line in text.splitlines() if line.startswith("Pss:"))
    return total / 1024


def busy_seconds(root: int) -> float:
    """Processor time that a process tree has used."""
    total = 0
    for process in tree(root):
        with suppress(OSError):
            total += sum(map(int, _fields(process)[11:13]))
    return total / _TICKS


def settle(root: int, most: float = 15.0) -> None:
    """Wait until a server is done with what its clients no longer wait for, or `most` seconds have gone."""
    end = time.monotonic() + most
    before = busy_seconds(root)
    while time.monotonic() < end:
        time.sleep(0.1)
        now = busy_seconds(root)
        if abs(now - before) < IDLE_SHARE * 0.1 + 1 / _TICKS:
            return
        before = now


def _fields(process: int) -> list[str]:
    """The fields of ``/proc/PID/stat`` after the name, which may hold spaces."""
    return Path(f"/proc/{process}/stat").read_text(encoding="utf-8", errors="replace").rpartition(")")[2].split()
