"""Writes the site: every page in both languages, the data of every IRI, the files of the build, and the redirects."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from flask import Flask, render_template

from snhr_kg.counts import count_graphs
from snhr_kg.engine.question import Caller, Engine
from snhr_kg.errors import GraphError
from snhr_kg.holding import read_holding
from snhr_kg.publish import redirects
from snhr_kg.publish.addresses import documents_about, own_things, pages_of_names, things_elsewhere
from snhr_kg.publish.crawl import Crawled, crawl
from snhr_kg.web.application import create_app
from snhr_kg.web.site import PUBLISHING

LISTED: Final = "PUBLISHED"
"""The file that lists what was written, with the SHA-256 of each: it is how a folder is known for a site of ours."""

_UNKNOWN: Final = "0" * 64
"""The digest of every file while some are being written: after a run that did not end, all are written again."""

_DESCRIPTION: Final = "/.well-known/void"
"""What no page leads to."""


@dataclass(frozen=True, slots=True)
class Published:
    """What a publication wrote: files in all, of which changed, removed ones, and what the crawl found."""

    files: int
    changed: int
    removed: int
    crawled: Crawled


def publish(
    engine: Engine,
    folder: Path,
    out: Path,
    address: str | None = None,
    progress: Callable[[int], None] = lambda documents: None,
) -> Published:
    """Write the site of the graph that `engine` serves, built into `folder`, into the folder `out`.

    A second run writes only what differs and removes what is no longer part of the site. `address` is where the site
    will be: with it, the redirects for a resolver of permanent identifiers are written too. `progress` is told the
    number of documents so far.

    Raises:
        GraphError: `out` holds files that are of no earlier publication.
    """
    earlier = _listed(out)
    writer = _Writer(out, earlier, progress)
    app = create_app(engine, folder)
    app.config[PUBLISHING] = True
    caller = Caller()
    holding = read_holding(engine, caller, lambda asking: count_graphs(engine, asking, folder))
    things = sorted(own_things(holding) | things_elsewhere(engine, caller))
    start = [*pages_of_names(), _DESCRIPTION, *(path for local in things for path in documents_about(local))]
    crawled = crawl(app, start, writer.write)
    writer.write("/index.html", _choice_of_language(app))
    for path, text in redirects.files(things, address):
        writer.write(path, text.encode())
    return Published(len(writer.written), writer.changed, writer.finish(), crawled)


class _Writer:
    """Writes documents below a folder, and knows afterwards which were written, changed and left over."""

    def __init__(self, out: Path, earlier: dict[str, str], progress: Callable[[int], None]) -> None:
        self.out, self.earlier, self.progress = out, earlier, progress
        self.written: dict[str, str] = {}
        self.changed = 0

    def write(self, path: str, body: bytes) -> None:
        """Write a document at its path of the site, unless it stands there already."""
        name = path.lstrip("/") + ("index.html" if path.endswith("/") else "")
        digest = hashlib.sha256(body).hexdigest()
        self.written[name] = digest
        target = self.out / name
        if self.earlier.get(name) != digest or not target.is_file():
            if not self.changed:
                self._list(dict.fromkeys(self.earlier, _UNKNOWN))
            target.parent.mkdir(parents=True, exist_ok=True)
            target.write_bytes(body)
            self.changed += 1
        self.progress(len(self.written))

    def finish(self) -> int:
        """Remove what an earlier run wrote and this one did not, then list what there is; how many were removed."""
        left = sorted(set(self.earlier) - set(self.written))
        for name in left:
            (self.out / name).unlink(missing_ok=True)
        if self.changed or left:
            self._list(self.written)
        return len(left)

    def _list(self, digests: Mapping[str, str]) -> None:
        self.out.mkdir(parents=True, exist_ok=True)
        lines = "".join(f"{digests[name]}  {name}\n" for name in sorted(digests))
        (self.out / LISTED).write_text(lines, encoding="utf-8")


def _listed(out: Path) -> dict[str, str]:
    """The digest of each file that an earlier publication wrote into the folder; raises `GraphError` if it is none."""
    listing = out / LISTED
    if listing.is_file():
        lines = listing.read_text(encoding="utf-8").splitlines()
        return {name: digest for digest, _, name in (line.partition("  ") for line in lines)}
    if out.is_file():
        raise GraphError(f"{out} is a file; name a folder")
    if out.is_dir() and any(out.iterdir()):
        raise GraphError(f"{out} holds files that are of no site of snhr-kg; name another folder or empty it")
    return {}


def _choice_of_language(app: Flask) -> bytes:
    with app.test_request_context("/index.html"):
        return render_template("languages.html").encode()
