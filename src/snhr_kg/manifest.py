"""What tells one graph on disk from another: the checksums of a build, or the manifest of a loaded store."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Final, Literal, TypeAlias, get_args

from snhr_kg.errors import GraphError

DATA_FILE: Final = "snhr-kg.nq"
CHECKSUMS_FILE: Final = "SHA256SUMS"
MANIFEST_FILE: Final = "STORE.json"
STORE_PREFIX: Final = "store-"
"""How the folders begin that loaded stores lie in; the manifest names the one that counts."""

DefaultGraph: TypeAlias = Literal["own", "union"]
"""What the default graph of a loaded store is: the triples that the files put there, or those of all but external named
graphs, with which `own` ones go together."""

Stamp: TypeAlias = tuple[tuple[int, int, int] | None, ...]
"""Inode, time of change (ns) and size of each file that a graph is recognised by; None for one that is not there."""

_REMEDY: Final = "load it again: snhr-kg load FILE... --out"


@dataclass(frozen=True, slots=True)
class Manifest:
    """What a load wrote: `version` is a hash over the files that were read and the rule for the default graph."""

    version: str
    folder: str
    default_graph: DefaultGraph
    default_triples: int
    graphs: Mapping[str, int]
    """Triples of each named graph."""
    sources: Mapping[str, str]
    """SHA-256 of each file that was read, by the path that was given."""
    files: Mapping[str, int]
    """Size in bytes of each file of the store."""
    complete: bool = True

    @property
    def quads(self) -> int:
        """Triples of the named graphs and of the default graph together."""
        return self.default_triples + sum(self.graphs.values())

    @property
    def data_files(self) -> tuple[str, ...]:
        """The files of the store that answers are read from."""
        return tuple(name for name in self.files if name.endswith(".sst"))

    def text(self) -> bytes:
        """The manifest as JSON in UTF-8."""
        return (json.dumps(asdict(self), indent=2, ensure_ascii=False) + "\n").encode()


def read_manifest(folder: Path) -> Manifest:
    """The manifest of a loaded store, every file of which is there in its full size.

    Raises `GraphError` where a load did not come to its end, or a file is missing or cut short.
    """
    path = folder / MANIFEST_FILE
    try:
        manifest = Manifest(**json.loads(path.read_bytes()))
        complete = manifest.complete is True and manifest.default_graph in get_args(DefaultGraph)
        sizes = {name: (folder / manifest.folder / name).stat().st_size for name in manifest.files}
    except FileNotFoundError as error:
        what = "was not loaded to the end" if error.filename == str(path) else "is not whole"
        raise GraphError(f"{folder} {what}: {error.filename} is missing; {_REMEDY} {folder}") from error
    except OSError as error:
        raise GraphError(f"{error.filename}: {error.strerror}; {_REMEDY} {folder}") from error
    except (ValueError, TypeError) as error:
        raise GraphError(f"{path} is no manifest of a loaded store ({error}); {_REMEDY} {folder}") from error
    if not complete:
        raise GraphError(f"{folder} was not loaded to the end; {_REMEDY} {folder}")
    for name, size in sizes.items():
        if size != manifest.files[name]:
            wrong = folder / manifest.folder / name
            raise GraphError(f"{wrong} has {size:,} bytes instead of {manifest.files[name]:,}; {_REMEDY} {folder}")
    return manifest


def is_loaded(folder: Path) -> bool:
    """Whether the folder is one that ``snhr-kg load`` wrote, or began to write."""
    return (folder / MANIFEST_FILE).exists() or any(folder.glob(f"{STORE_PREFIX}*"))


def stamp(folder: Path) -> Stamp:
    """What changes whenever another graph is put into the folder, or a file of this one is written to."""
    return tuple(_stamp(folder / name) for name in (CHECKSUMS_FILE, DATA_FILE, MANIFEST_FILE))


def _stamp(path: Path) -> tuple[int, int, int] | None:
    try:
        status = path.stat()
    except OSError:
        return None
    return status.st_ino, status.st_mtime_ns, status.st_size
