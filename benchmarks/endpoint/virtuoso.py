"""A throw-away Virtuoso on the loopback address: its settings, its bulk loader, its end."""

from __future__ import annotations

import re
import shutil
import subprocess
import time
from dataclasses import dataclass
from pathlib import Path

GRAPH = "https://w3id.org/snhr-kg/benchmark"
MOST_ROWS = 1_000_000
"""Its usual bound of 10,000 rows, which it cuts at without a word, is raised to this."""
BUFFERS = 170_000
"""Pages of 8 kB kept in memory, as its settings advise for a machine with 2 GB to spare."""

_SETTINGS = """[Database]
DatabaseFile = {folder}/virtuoso.db
ErrorLogFile = {folder}/virtuoso.log
LockFile = {folder}/virtuoso.lck
TransactionFile = {folder}/virtuoso.trx
xa_persistent_file = {folder}/virtuoso.pxa
FileExtend = 200
MaxCheckpointRemap = 2000
TempStorage = TempDatabase

[TempDatabase]
DatabaseFile = {folder}/virtuoso-temp.db
TransactionFile = {folder}/virtuoso-temp.trx
MaxCheckpointRemap = 2000

[Parameters]
ServerPort = 127.0.0.1:{sql_port}
DisableUnixSocket = 1
MaxClientConnections = 64
ServerThreads = 64
CheckpointInterval = 0
DirsAllowed = ., {data}
NumberOfBuffers = {buffers}
MaxDirtyBuffers = 120000
MaxQueryMem = 2G
VectorSize = 1000
ThreadsPerQuery = 4
AsyncQueueMaxThreads = 10

[HTTPServer]
ServerPort = 127.0.0.1:{http_port}
ServerRoot = {folder}
ServerThreads = 64
MaxClientConnections = 64
MaxKeepAlives = 64
KeepAliveTimeout = 30
EnabledGzipContent = 1
Charset = UTF-8

[SPARQL]
DefaultGraph = {graph}
ResultSetMaxRows = {rows}
"""


@dataclass(frozen=True, slots=True)
class Place:
    """Where one Virtuoso keeps its files and listens."""

    folder: Path
    sql_port: int
    http_port: int


def installed() -> bool:
    return shutil.which("virtuoso-t") is not None and shutil.which("isql-vt") is not None


def version() -> str:
    """The version that the server states."""
    done = subprocess.run(["virtuoso-t", "-?"], capture_output=True, text=True, check=False)
    found = re.search(r"Version (\S+)", done.stdout + done.stderr)
    return found[1] if found else "unknown"


def write_settings(place: Place, data: Path) -> None:
    place.folder.mkdir(parents=True, exist_ok=True)
    text = _SETTINGS.format(
        folder=place.folder,
        data=data,
        sql_port=place.sql_port,
        http_port=place.http_port,
        buffers=BUFFERS,
        graph=GRAPH,
        rows=MOST_ROWS,
    )
    (place.folder / "virtuoso.ini").write_text(text, encoding="utf-8")


def command(place: Place) -> list[str]:
    return ["virtuoso-t", "+foreground", "+configfile", str(place.folder / "virtuoso.ini")]


def load(place: Place, ntriples: Path, process: subprocess.Popen[bytes]) -> None:
    """Load a file in bulk, write the checkpoint, and end the server."""
    wait_for(place)
    sql(place, f"ld_dir('{ntriples.parent}', '{ntriples.name}', '{GRAPH}');")
    sql(place, "rdf_loader_run();")
    sql(place, "checkpoint;")
    shut_down(place)
    process.wait(60)


def wait_for(place: Place) -> None:
    end = time.monotonic() + 60
    while time.monotonic() < end:
        if sql(place, "select 1;", check=False) == 0:
            return
        time.sleep(0.2)
    raise SystemExit("Virtuoso did not start")


def shut_down(place: Place) -> None:
    sql(place, "shutdown;", check=False)


def sql(place: Place, statement: str, *, check: bool = True) -> int:
    program = ["isql-vt", f"127.0.0.1:{place.sql_port}", "dba", "dba", f"exec={statement}"]
    done = subprocess.run(program, capture_output=True, text=True, check=False, timeout=600)
    if check and (done.returncode or "*** Error" in done.stderr):
        raise SystemExit(f"Virtuoso refused {statement!r}: {done.stderr.strip()[-300:]}")
    return done.returncode
