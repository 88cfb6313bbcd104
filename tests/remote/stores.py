"""Real stores for the tests: Debian's Virtuoso and Oxigraph's own server, each on free ports of the loopback."""

from __future__ import annotations

import ctypes
import hashlib
import shutil
import signal
import socket
import subprocess
import sys
import time
import urllib.request
from pathlib import Path
from urllib.error import URLError

from snhr_kg import names
from snhr_kg.remote.credentials import Credentials
from snhr_kg.remote.push import Target

USER, PASSWORD = "dba", "dba"

_VIRTUOSO = """
[Database]
DatabaseFile = {folder}/virtuoso.db
ErrorLogFile = {folder}/virtuoso.log
LockFile = {folder}/virtuoso.lck
TransactionFile = {folder}/virtuoso.trx
xa_persistent_file = {folder}/virtuoso.pxa
FileExtend = 200
TempStorage = TempDatabase
[TempDatabase]
DatabaseFile = {folder}/virtuoso-temp.db
TransactionFile = {folder}/virtuoso-temp.trx
[Parameters]
ServerPort = 127.0.0.1:{sql_port}
DisableUnixSocket = 1
MaxClientConnections = 20
CaseMode = 2
DirsAllowed = {folder}
NumberOfBuffers = 10000
MaxDirtyBuffers = 6000
[HTTPServer]
ServerPort = 127.0.0.1:{port}
ServerRoot = {folder}
MaxClientConnections = 20
ServerThreads = 20
MaxKeepAlives = 20
KeepAliveTimeout = 10
[SPARQL]
ResultSetMaxRows = 10000
MaxQueryExecutionTime = 60
"""
"""Debian's configuration as far as it matters, kept on the loopback and without its limit on estimated cost."""


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def _end_with_tests() -> None:
    """Have the server end when the tests are killed, which then cannot end it (PR_SET_PDEATHSIG)."""
    ctypes.CDLL(None).prctl(1, signal.SIGKILL)


class Process:
    """A server that can be ended and started again on the same port and data."""

    def __init__(self, command: list[str | Path], probe: str, folder: Path) -> None:
        self._command = command
        self._probe = probe
        self._log = folder / "output.log"
        self.start()

    def start(self) -> None:
        with self._log.open("ab") as log:
            self._process = subprocess.Popen(self._command, stdout=log, stderr=log, preexec_fn=_end_with_tests)
        deadline = time.monotonic() + 60
        while not self._answers():
            assert self._process.poll() is None, self._log.read_text()
            assert time.monotonic() < deadline, self._log.read_text()
            time.sleep(0.05)

    def stop(self, how: signal.Signals = signal.SIGTERM) -> None:
        self._process.send_signal(how)
        try:
            self._process.wait(30)
        except subprocess.TimeoutExpired:
            self._process.kill()
            self._process.wait()

    def _answers(self) -> bool:
        try:
            with urllib.request.urlopen(self._probe, timeout=5):
                return True
        except (URLError, OSError):
            return False


class Virtuoso(Process):
    """Virtuoso with its default user, whose password is known."""

    def __init__(self, program: str, folder: Path) -> None:
        self.address = f"http://127.0.0.1:{(port := free_port())}"
        settings = folder / "virtuoso.ini"
        settings.write_text(_VIRTUOSO.format(folder=folder, port=port, sql_port=free_port()), encoding="utf-8")
        command: list[str | Path] = [program, "+foreground", "+wait", "+configfile", settings]
        super().__init__(command, f"{self.address}/sparql?query=ASK%7B%7D", folder)

    def target(self, password: str = PASSWORD) -> Target:
        return Target(
            f"{self.address}/sparql",
            f"{self.address}/sparql-auth",
            f"{self.address}/sparql-graph-crud-auth",
            Credentials(USER, password),
        )


class Oxigraph(Process):
    """Oxigraph's server, in memory; it knows no users."""

    def __init__(self, program: str, folder: Path) -> None:
        self.address = f"http://127.0.0.1:{(port := free_port())}"
        command: list[str | Path] = [program, "serve", "--bind", f"127.0.0.1:{port}"]
        super().__init__(command, f"{self.address}/query?query=ASK%7B%7D", folder)

    def target(self) -> Target:
        return Target(f"{self.address}/query", f"{self.address}/update", f"{self.address}/store")


def program_beside_python(name: str) -> str | None:
    """The program of that name in this virtual environment, or on the path."""
    return shutil.which(str(Path(sys.executable).parent / name)) or shutil.which(name)


def write_version(folder: Path, version: int, things: int = 200, more: str = "") -> Path:
    """A dataset of three graphs that all say the same version of each thing, written as a build writes it."""
    folder.mkdir(parents=True, exist_ok=True)
    value = f'"{version}"^^<{names.PREFIXES["xsd"]}integer>'
    lines = [
        f"<https://example.org/{number}> <{names.term(name)}> {value} <{names.graph(name)}> .\n"
        for name in ("one", "two", "three")
        for number in range(things)
    ]
    data = "".join(sorted([*lines, more])).encode()
    (folder / "snhr-kg.nq").write_bytes(data)
    (folder / "SHA256SUMS").write_text(f"{hashlib.sha256(data).hexdigest()}  snhr-kg.nq\n", encoding="utf-8")
    return folder
