"""Load from wrk: one thread, keep-alive connections, a request prepared once or, where each differs, put together."""

from __future__ import annotations

import json
import shutil
import subprocess
import time
from dataclasses import dataclass
from itertools import count
from pathlib import Path
from urllib.parse import quote
from urllib.request import Request, urlopen

from endpoint.questions import Asked

WRK = "wrk"
TIMEOUT = 30
_FIGURE_MARK, _NUMBER_MARK = "FIGUREMARK", "7070707"
_UNUSED = count(1)

_SCRIPT = """
local figures = {%(figures)s}
local n = %(start)d
function request()
  n = n + 1
  return %(request)s
end
"""
_SAME = """
function init(args)
  wrk.headers["Accept"] = "%(accept)s"
  same = wrk.format("GET", "%(path)s")
end
function request() return same end
"""
_DONE = """
function done(summary, latency, requests)
  local e = summary.errors
  print(string.format('MEASURED {"requests":%d,"seconds":%f,"p50":%f,"p99":%f,"errors":%d,"timeouts":%d}',
    summary.requests, summary.duration / 1e6, latency:percentile(50) / 1e3, latency:percentile(99) / 1e3,
    e.connect + e.read + e.write + e.status, e.timeout))
end
"""


@dataclass(frozen=True, slots=True)
class Door:
    """Where a server takes queries: its port, and the path up to the query."""

    port: int
    path: str = "/sparql?query="

    def url(self, query: str) -> str:
        """The whole address of one query."""
        return f"http://127.0.0.1:{self.port}{self.path}{quote(query, safe='')}"


@dataclass(frozen=True, slots=True)
class Loaded:
    """What one run of wrk saw: times in milliseconds; `errors` are answers other than 2xx and broken connections."""

    per_second: float
    p50: float
    p99: float
    errors: int
    timeouts: int
    requests: int


def ask(door: Door, asked: Asked, query: str, timeout: float = 60) -> tuple[bytes, float]:
    """The answer to one request, and the seconds that it took; raises `OSError` for anything but an answer."""
    request = Request(door.url(query), headers={"Accept": asked.media_type})
    start = time.perf_counter()
    with urlopen(request, timeout=timeout) as response:
        body: bytes = response.read()
    return body, time.perf_counter() - start


def run_same(port: int, path: str, accept: str, clients: int, seconds: float, script: Path) -> Loaded:
    """One request, again and again."""
    script.write_text(_SAME % {"accept": accept, "path": path.replace("\\", "\\\\")} + _DONE, encoding="utf-8")
    return _run(port, clients, seconds, script)


def run_repeated(door: Door, asked: Asked, figure: str, clients: int, seconds: float, script: Path) -> Loaded:
    """The same query, again and again."""
    path = door.path + quote(asked.query(figure, 1), safe="")
    return run_same(door.port, path, asked.media_type, clients, seconds, script)


def run_different(door: Door, asked: Asked, figures: list[str], clients: int, seconds: float, script: Path) -> Loaded:
    """Queries none of which has been asked before in this run of the benchmark."""
    target = door.path + quote(asked.query(_FIGURE_MARK, int(_NUMBER_MARK)), safe="")
    whole = f"GET {target} HTTP/1.1\r\nHost: 127.0.0.1:{door.port}\r\nAccept: {asked.media_type}\r\n\r\n"
    pieces = json.dumps(whole).replace(_FIGURE_MARK, '" .. figures[n % #figures + 1] .. "')
    request = pieces.replace(_NUMBER_MARK, '" .. n .. "')
    listed = ", ".join(json.dumps(quote(figure, safe="")) for figure in figures)
    start = next(_UNUSED) * 100_000
    script.write_text(_SCRIPT % {"figures": listed, "start": start, "request": request} + _DONE, encoding="utf-8")
    return _run(door.port, clients, seconds, script)


def unused_number() -> int:
    """A number that no other query holds."""
    return next(_UNUSED) * 100_000


def _run(port: int, clients: int, seconds: float, script: Path) -> Loaded:
    program = shutil.which(WRK)
    if program is None:
        raise SystemExit("the benchmark needs wrk on the PATH; on Debian and Ubuntu: apt-get install wrk")
    options = ["-t1", f"-c{clients}", f"-d{seconds:.0f}s", f"--timeout={TIMEOUT}s", "-s", str(script)]
    command = [program, *options, f"http://127.0.0.1:{port}/"]
    done = subprocess.run(command, capture_output=True, text=True, check=False, timeout=seconds + 60)
    measured = [line.removeprefix("MEASURED ") for line in done.stdout.splitlines() if line.startswith("MEASURED ")]
    if not measured:
        raise SystemExit(f"wrk gave no measurement: {done.stdout}{done.stderr}")
    told = json.loads(measured[0].replace("nan", "0"))
    rate = told["requests"] / told["seconds"]
    return Loaded(rate, told["p50"], told["p99"], told["errors"], told["timeouts"], told["requests"])
