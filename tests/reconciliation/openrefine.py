"""A real OpenRefine without a browser, driven by the commands that its own pages send."""

from __future__ import annotations

import json
import os
import re
import signal
import socket
import subprocess
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any
from urllib.error import HTTPError
from urllib.parse import urlencode
from urllib.request import Request, urlopen

PATIENCE = 120.0
"""Seconds after which what has not come to be never will."""

_ROWS = json.dumps({"facets": [], "mode": "row-based"})


class OpenRefine:
    """One that runs, by its address."""

    def __init__(self, address: str) -> None:
        self._address = address

    def create_project(self, name: str, table: str) -> str:
        """A project of the text of a CSV file; its number."""
        fields = {"project-name": name, "format": "text/line-based/*sv", "options": json.dumps({"separator": ","})}
        body, content_type = _multipart(fields, "project-file", f"{name}.csv", table)
        url = f"{self._address}/command/core/create-project-from-upload?{urlencode({'csrf_token': self._token()})}"
        with urlopen(Request(url, body, {"Content-Type": content_type}), timeout=PATIENCE) as response:
            found = re.search(r"project=(\d+)", response.url)
        assert found, response.url
        return found[1]

    def reconcile(
        self, project: str, column: str, service: Mapping[str, Any], url: str, type_id: str, details: Mapping[str, str]
    ) -> None:
        """Reconcile a column with a service; `details` are further columns and the properties that they hold."""
        config = {
            "mode": "standard-service",
            "service": url,
            "identifierSpace": service["identifierSpace"],
            "schemaSpace": service["schemaSpace"],
            "type": {"id": type_id, "name": type_id},
            "autoMatch": True,
            "columnDetails": [
                {"column": name, "property": {"id": held, "name": held}} for name, held in details.items()
            ],
            "limit": 0,
        }
        self._process(project, "reconcile", columnName=column, config=json.dumps(config))

    def extend(
        self, project: str, column: str, service: Mapping[str, Any], url: str, properties: Sequence[Mapping[str, str]]
    ) -> None:
        """Add columns with properties of what the cells of a column were matched to."""
        self._process(
            project,
            "extend-data",
            baseColumnName=column,
            endpoint=url,
            identifierSpace=service["identifierSpace"],
            schemaSpace=service["schemaSpace"],
            extension=json.dumps({"properties": list(properties)}),
            columnInsertIndex="1",
        )

    def guess_types(self, project: str, column: str, url: str) -> list[str]:
        """The ids of the types that OpenRefine would offer for a column, from a sample of its cells."""
        answer = self._post("guess-types-of-column", project, columnName=column, service=url)
        return [found["id"] for found in answer["types"]]

    def judgements(self, project: str, column: int) -> dict[str, tuple[str, str | None, list[str]]]:
        """By cell of a column: judgement, id of the match, and ids of the candidates."""
        answer = self._get("get-rows", project=project, start="0", limit="10000")
        found = {}
        for row in answer["rows"]:
            cell = row["cells"][column]
            recon = answer["pool"]["recons"][cell["r"]]
            match = recon.get("m")
            found[cell["v"]] = (recon["j"], match["id"] if match else None, [one["id"] for one in recon.get("c", ())])
        return found

    def export(self, project: str) -> str:
        """The rows as CSV."""
        form = {"project": project, "format": "csv", "engine": _ROWS, "csrf_token": self._token()}
        url = f"{self._address}/command/core/export-rows/rows.csv"
        with urlopen(url, urlencode(form).encode(), timeout=PATIENCE) as response:
            return response.read().decode()

    def _process(self, project: str, command: str, **parameters: str) -> None:
        """Start what takes a while, and wait until it has ended."""
        answer = self._post(command, project, engine=_ROWS, **parameters)
        assert answer["code"] in ("ok", "pending"), answer
        wait_for(lambda: not self._get("get-processes", project=project)["processes"])

    def _token(self) -> str:
        token: str = self._get("get-csrf-token")["token"]
        return token

    def _get(self, command: str, **parameters: str) -> Any:
        with urlopen(f"{self._address}/command/core/{command}?{urlencode(parameters)}", timeout=PATIENCE) as response:
            return json.load(response)

    def _post(self, command: str, project: str, **parameters: str) -> Any:
        form = urlencode(parameters | {"csrf_token": self._token()}).encode()
        url = f"{self._address}/command/core/{command}?{urlencode({'project': project})}"
        with urlopen(url, form, timeout=PATIENCE) as response:
            return json.load(response)


@contextmanager
def running(program: str, folder: Path) -> Iterator[OpenRefine]:
    """An OpenRefine with a workspace of its own in the folder; its processes end with the block."""
    port = _free_port()
    environment = {**os.environ, "JAVA_OPTIONS": "-Drefine.headless=true", "REFINE_MIN_MEMORY": "64M"}
    command = [program, "-i", "127.0.0.1", "-p", str(port), "-d", str(folder / "workspace"), "-m", "384M"]
    with (folder / "openrefine.log").open("w") as log:
        process = subprocess.Popen(command, stdout=log, stderr=log, env=environment, start_new_session=True)
    address = f"http://127.0.0.1:{port}"
    try:
        wait_for(lambda: _answers(f"{address}/command/core/get-version", process))
        yield OpenRefine(address)
    finally:
        os.killpg(process.pid, signal.SIGTERM)
        try:
            process.wait(timeout=20)
        finally:
            if process.poll() is None:
                os.killpg(process.pid, signal.SIGKILL)
                process.wait()


def wait_for(what: Callable[[], object]) -> None:
    """Wait until it is so."""
    end = time.monotonic() + PATIENCE
    while not what():
        assert time.monotonic() < end, "it never came to be"
        time.sleep(0.05)


def _answers(url: str, process: subprocess.Popen[bytes]) -> bool:
    assert process.poll() is None, "OpenRefine ended by itself"
    try:
        with urlopen(url, timeout=5):
            return True
    except HTTPError as error:
        error.close()
        return False
    except OSError:
        return False


def _free_port() -> int:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port: int = taken.getsockname()[1]
        return port


def _multipart(fields: Mapping[str, str], name: str, file: str, text: str) -> tuple[bytes, str]:
    boundary = "----------a-boundary-that-no-table-holds"
    parts = [
        f'--{boundary}\r\nContent-Disposition: form-data; name="{key}"\r\n\r\n{value}\r\n'
        for key, value in fields.items()
    ]
    head = f'--{boundary}\r\nContent-Disposition: form-data; name="{name}"; filename="{file}"\r\n'
    parts.append(f"{head}Content-Type: text/csv\r\n\r\n{text}\r\n--{boundary}--\r\n")
    return "".join(parts).encode(), f"multipart/form-data; boundary={boundary}"
