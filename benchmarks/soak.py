"""Ten minutes of good and hostile clients at once; writes ``docs/soak.md``, and fails when a criterion is missed.

    python benchmarks/soak.py [--seconds 600] [--page docs/soak.md]

The criteria stand on the page; the exit code is 1 when one is missed. Else it only writes into a temporary folder.
"""

from __future__ import annotations

import argparse
import os
import platform
import random
import re
import shutil
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import IO

from endurance import good, hostile, page
from endurance.tally import Gate, Tally, in_threads
from endurance.watch import Watch

from snhr_kg import content

PAGE = Path(__file__).parent.parent / "docs" / "soak.md"
GOOD_CLIENTS, HOSTILE_CLIENTS = 4, 6
LIMITS = {"--time-limit": "3", "--memory-limit": "256", "--result-limit": "16"}
SAMPLE_SECONDS = 5.0
KILL_EACH = 15.0
LULL_EACH = 60.0
FEWEST_LULLS = 3
SWAPS_AT, HOST_KILLED_AT = (0.35, 0.65), 0.5
"""Shares of the whole time."""


def main(arguments: list[str]) -> int:
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(143))  # so that what was started is ended
    parser = argparse.ArgumentParser(description="Good and hostile clients at once.")
    parser.add_argument("--seconds", type=float, default=600)
    parser.add_argument("--page", type=Path, default=PAGE)
    options = parser.parse_args(arguments)
    with TemporaryDirectory(prefix="snhr-kg-soak-") as place:
        folder = Path(place) / "build"
        shutil.copytree(content.graph_folder(), folder)
        tally, watch, seconds = soak(folder, options.seconds, Path(place) / "server.log")
    text = page.page(tally, watch, seconds, about())
    options.page.parent.mkdir(exist_ok=True)
    options.page.write_text(text, encoding="utf-8")
    judged = page.criteria(tally, watch)
    for one in judged:
        print(f"{'met' if one.met else 'MISSED'}: {one.wish}: {one.found}")
    for fault in tally.faults[: page.MOST_FAULTS]:
        print(f"fault: {fault}")
    return 0 if all(one.met for one in judged) else 1


def soak(folder: Path, seconds: float, log: Path) -> tuple[Tally, Watch, float]:
    """Serve the folder and let everybody loose on it."""
    rights = good.right_answers(folder)
    tally, gate = Tally(), Gate()
    with serving(folder, log) as (address, process):
        watch = Watch(process)
        good.GoodClient(address, rights, tally, gate, 0).ask_everything()
        began = time.monotonic()
        watch.sample(began, lull=True)
        clients = in_threads(GOOD_CLIENTS, lambda n: good.GoodClient(address, rights, tally, gate, n + 1).work())
        clients += in_threads(HOSTILE_CLIENTS, lambda n: hostile.HostileClient(address, tally, gate, n).work())
        keep_watch(watch, gate, folder, began, seconds)
        gate.end()
        for client in clients:
            client.join(90)
        if any(client.is_alive() for client in clients):
            tally.note_fault("a client still waits for an answer 90 s after the end")
        watch.sample(began, lull=True)
        return tally, watch, time.monotonic() - began


def keep_watch(watch: Watch, gate: Gate, folder: Path, began: float, seconds: float) -> None:
    """Sample, kill, swap and hold back, each at its time, until the end."""
    chance = random.Random(1)
    plan = [(seconds * share, "swap") for share in SWAPS_AT] + [(seconds * HOST_KILLED_AT, "host")]
    lulls = max(FEWEST_LULLS, round(seconds / LULL_EACH))
    plan += [(seconds * (number + 0.5) / lulls, "lull") for number in range(lulls)]
    plan += [(KILL_EACH * number, "worker") for number in range(1, int(seconds / KILL_EACH))]
    plan += [(SAMPLE_SECONDS * number, "sample") for number in range(1, int(seconds / SAMPLE_SECONDS))]
    for at, act in sorted(plan):
        if time.monotonic() - began > at + SAMPLE_SECONDS and act == "sample":
            continue
        gate.wait(max(0.0, began + at - time.monotonic()))
        if act == "swap":
            threading.Thread(target=watch.swap, args=(folder,)).start()
        elif act == "host":
            watch.kill_the_host()
        elif act == "worker":
            watch.kill_a_worker(chance)
        elif act == "lull":
            watch.lull(gate, began)
        else:
            watch.sample(began, lull=False)
    gate.wait(max(0.0, began + seconds - time.monotonic()))
    watch.lull(gate, began)


@contextmanager
def serving(folder: Path, log: Path) -> Iterator[tuple[str, int]]:
    """Address and process of `snhr-kg serve` on a folder; what it says afterwards goes into the log."""
    limits = [part for pair in LIMITS.items() for part in pair]
    command = [sys.executable, "-m", "snhr_kg", "serve", "--port", "0", "--graph", str(folder), *limits]
    with subprocess.Popen(command, stderr=subprocess.PIPE, text=True) as process:
        assert process.stderr is not None
        said = process.stderr.readline()
        address = re.search(r"http://\S+/", said)
        if address is None:
            raise SystemExit(f"snhr-kg serve did not start: {said}{process.stderr.read()}")
        reader = threading.Thread(target=_copy, args=(process.stderr, log), daemon=True)
        reader.start()
        try:
            yield address[0], process.pid
        finally:
            process.terminate()
            process.wait(60)
            reader.join(5)
            for line in log.read_text(encoding="utf-8").splitlines()[-15:]:
                print(f"server: {line}", file=sys.stderr)


def _copy(source: IO[str], log: Path) -> None:
    with log.open("w", encoding="utf-8") as file:
        for line in source:
            file.write(line)
            file.flush()


def about() -> str:
    """The date, the machine without its name, and the limits."""
    limits = " ".join(f"`{name} {value}`" for name, value in LIMITS.items())
    return (
        f"{datetime.now(UTC):%Y-%m-%d}, {os.cpu_count()} cores ({platform.machine()}), Python "
        f"{platform.python_version()}: {GOOD_CLIENTS} good and {HOSTILE_CLIENTS} hostile clients; the server ran with "
        f"{limits} and its other limits as they are."
    )


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
