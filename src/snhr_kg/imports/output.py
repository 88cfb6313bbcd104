"""A file that appears at its place when it is complete, and not at all where writing it fails."""

from __future__ import annotations

import gzip
import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from tempfile import mkstemp
from typing import IO, Final

from snhr_kg.place import FULL, no_room, sync_folder

_LEVEL: Final = 1
"""Of gzip: the next ones cost more time than all the rest of an import and save little of text as repetitive."""


@contextmanager
def put_whole(path: Path) -> Iterator[IO[bytes]]:
    """A binary file to write to, that takes the place of `path` after the block; compressed if that ends in ``.gz``.

    The same bytes written give the same file: gzip is told no name and no time.

    Raises:
        GraphError: there is no room; what `path` was before is as it was.
    """
    path.parent.mkdir(parents=True, exist_ok=True)
    descriptor, name = mkstemp(prefix=f".{path.name}-new-", dir=path.parent)
    fresh = Path(name)
    try:
        with open(descriptor, "wb") as file:
            if path.suffix == ".gz":
                with gzip.GzipFile("", "wb", _LEVEL, file, mtime=0) as packed:
                    yield packed  # type: ignore[misc]
            else:
                yield file
            file.flush()
            os.fsync(file.fileno())
        fresh.chmod(0o644)
        fresh.replace(path)
    except OSError as error:
        if error.errno in FULL:
            raise no_room(error.strerror or "no room", path, fresh.stat().st_size) from error
        raise
    finally:
        fresh.unlink(missing_ok=True)
    sync_folder(path.parent)
