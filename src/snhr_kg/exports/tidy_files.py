"""Puts the files of an export into a folder, as a whole, in place of those of an earlier one."""

from __future__ import annotations

from collections.abc import Mapping
from hashlib import sha256
from pathlib import Path
from typing import Final

from snhr_kg.errors import GraphError
from snhr_kg.place import fresh_folder, put_in_place, write_file

CHECKSUMS: Final = "SHA256SUMS"
DICTIONARY: Final = "README.md"
"""Every export has one; with the checksums it tells a folder of ours."""


def write_folder(files: Mapping[str, bytes], out: Path) -> None:
    """Write files by their names, and their checksums, into the folder `out`, which is replaced as a whole.

    Raises `GraphError` where `out` is a file or holds what is of no export, which would be lost; it is then as it was.
    """
    refuse_foreign(out)
    out = out.resolve()
    listing = "".join(f"{sha256(files[name]).hexdigest()}  {name}\n" for name in sorted(files))
    with fresh_folder(out) as fresh:
        for name, data in {**files, CHECKSUMS: listing.encode()}.items():
            write_file(fresh / name, data)
        put_in_place(fresh, out)


def refuse_foreign(out: Path) -> None:
    """Return where an export may be written into `out`; raises `GraphError` as `write_folder` does."""
    if out.exists() and not out.is_dir():
        raise GraphError(f"{out} is a file; name a folder")
    there = {path.relative_to(out).as_posix() for path in out.rglob("*")}
    if foreign := sorted(there - _listed(out / CHECKSUMS)):
        some = ", ".join(foreign[:3]) + (" …" if len(foreign) > 3 else "")
        raise GraphError(f"{out} holds files that are of no export ({some}); name another folder or empty it")


def _listed(checksums: Path) -> set[str]:
    """The files of an earlier export with its checksums; none where another program wrote the checksums."""
    if not checksums.is_file():
        return set()
    found = {line.partition("  ")[2] for line in checksums.read_text(encoding="utf-8", errors="replace").splitlines()}
    return {*found, CHECKSUMS} if DICTIONARY in found else set()
