"""Watches a server's processes, ends some of them, swaps in another build, and holds all clients back for a lull."""

from __future__ import annotations

import hashlib
import os
import random
import shutil
import signal
import time
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path

from endpoint.processes import memory_mb, tree

from endurance.tally import Gate
from snhr_kg.manifest import CHECKSUMS_FILE, DATA_FILE
from snhr_kg.place import fresh_folder, put_in_place

_HOST = b"snhr_kg.engine.host"
_LULL_SECONDS = 5.0
_SETTLED_SECONDS = 4.0


@dataclass(frozen=True, slots=True)
class Sample:
    """The server at one moment (seconds from the start): memory (PSS, MiB), processes, open files; `lull`: at rest."""

    at: float
    megabytes: float
    processes: int
    files: int
    lull: bool


@dataclass(slots=True)
class Watch:
    """What was seen and done."""

    root: int
    samples: list[Sample] = field(default_factory=list)
    workers_killed: int = 0
    hosts_killed: int = 0
    swaps: int = 0

    def sample(self, began: float, *, lull: bool) -> None:
        """Look at all processes of the server."""
        processes = tree(self.root)
        files = sum(_open_files(process) for process in processes)
        self.samples.append(Sample(time.monotonic() - began, memory_mb(self.root), len(processes), files, lull))

    def lull(self, gate: Gate, began: float) -> None:
        """Hold every client back until what runs has met its limit, look, and let them work again."""
        gate.hold()
        gate.wait(_LULL_SECONDS + _SETTLED_SECONDS)
        self.sample(began, lull=True)
        gate.release()

    def kill_a_worker(self, chance: random.Random) -> None:
        """SIGKILL to one of the processes that answer queries."""
        workers = [child for host in self._hosts() for child in tree(host)[1:]]
        if workers:
            with suppress(ProcessLookupError):
                os.kill(chance.choice(workers), signal.SIGKILL)
                self.workers_killed += 1

    def kill_the_host(self) -> None:
        """SIGKILL to the process that holds the graph."""
        for host in self._hosts()[:1]:
            with suppress(ProcessLookupError):
                os.kill(host, signal.SIGKILL)
                self.hosts_killed += 1

    def swap(self, folder: Path) -> None:
        """Put a build with one more triple in place, which changes the answer to no question."""
        self.swaps += 1
        with fresh_folder(folder) as fresh:
            shutil.copytree(folder, fresh, dirs_exist_ok=True)
            data = (folder / DATA_FILE).read_bytes()
            data += f'<urn:soak:{self.swaps}> <urn:soak:number> "{self.swaps}" <urn:soak> .\n'.encode()
            (fresh / DATA_FILE).write_bytes(data)
            sums = (folder / CHECKSUMS_FILE).read_text(encoding="utf-8").splitlines()
            others = [line for line in sums if not line.endswith(f"  {DATA_FILE}")]
            text = "\n".join([*others, f"{hashlib.sha256(data).hexdigest()}  {DATA_FILE}"]) + "\n"
            (fresh / CHECKSUMS_FILE).write_text(text, encoding="utf-8")
            put_in_place(fresh, folder)

    def _hosts(self) -> list[int]:
        return [process for process in tree(self.root) if _is_first_host(process)]


def _is_first_host(process: int) -> bool:
    """A host, and not one of its workers, whose command line is the same."""
    try:
        parent = int(Path(f"/proc/{process}/stat").read_text(encoding="utf-8").rpartition(")")[2].split()[1])
        return _HOST in _command(process) and _HOST not in _command(parent)
    except OSError:
        return False


def _command(process: int) -> bytes:
    return Path(f"/proc/{process}/cmdline").read_bytes()


def _open_files(process: int) -> int:
    try:
        return len(os.listdir(f"/proc/{process}/fd"))
    except OSError:
        return 0
