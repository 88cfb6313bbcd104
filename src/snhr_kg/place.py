"""Puts a folder of files in place of another as a whole: a reader finds the old ones or the new, never some of each."""

from __future__ import annotations

import ctypes
import errno
import os
import shutil
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from tempfile import mkdtemp
from typing import Final

from snhr_kg.errors import GraphError
from snhr_kg.hold import lock, unlock

if sys.platform != "win32":
    import fcntl

FULL: Final = frozenset({errno.ENOSPC, errno.EDQUOT, errno.EFBIG})
"""Errors that say that a file system, a quota or a size limit has no room left."""

_AT_WORKING_FOLDER: Final = -100
_EXCHANGE: Final = 2
_NOT_POSSIBLE: Final = frozenset({errno.ENOSYS, errno.EINVAL, errno.ENOTSUP})
_HELD: Final = frozenset({errno.EBUSY, errno.EXDEV})


@contextmanager
def fresh_folder(out: Path) -> Iterator[Path]:
    """An empty folder beside `out`, on the same file system, that is gone after the block with all it then holds.

    What an earlier program was killed over is removed first; a folder that another program works in is left to it.
    """
    out.parent.mkdir(parents=True, exist_ok=True)
    with _locked(out.parent):
        for left in out.parent.glob(f".{out.name}-new-*"):
            remove_unless_in_use(left)
        fresh = Path(mkdtemp(prefix=f".{out.name}-new-", dir=out.parent))
        held = lock(fresh)
    try:
        fresh.chmod(0o755)
        yield fresh
    finally:
        shutil.rmtree(fresh, ignore_errors=True)
        unlock(held)


def write_file(path: Path, data: bytes) -> None:
    """Write a file and see it on the disk; raises `GraphError` naming file, size and room where there is too little."""
    try:
        with path.open("wb") as file:
            file.write(data)
            file.flush()
            os.fsync(file.fileno())
    except OSError as error:
        if error.errno in FULL:
            raise no_room(error.strerror or "no room", path, len(data)) from error
        raise


def no_room(reason: str, path: Path, size: int) -> GraphError:
    """The error for a file of `size` bytes that finds no room."""
    free = shutil.disk_usage(path.parent).free
    return GraphError(
        f"{path} ({size:,} bytes) cannot be written: {reason}; {free:,} bytes are free there; make room or "
        "name another --out (what an earlier run wrote is as it was)"
    )


def put_in_place(fresh: Path, out: Path) -> None:
    """Make `out` the folder that `fresh` is: in one step where the system can exchange two folders, else in two.

    What `out` was before is then in `fresh`, or gone. Raises `GraphError` where `out` is a mount point.
    """
    for folder in (*(path for path in fresh.rglob("*") if path.is_dir()), fresh):
        sync_folder(folder)
    try:
        if not out.exists():
            fresh.rename(out)
        elif not _exchange(fresh, out):
            _replace(fresh, out)
    except OSError as error:
        if error.errno in _HELD:
            raise GraphError(f"{out} cannot be replaced as a whole ({error.strerror}); name a folder in it") from error
        raise
    sync_folder(out.parent)


def sync_folder(folder: Path) -> None:
    """See the names in a folder on the disk, where the system lets a folder be opened for it."""
    if sys.platform == "win32":
        return
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


def remove_unless_in_use(folder: Path) -> bool:
    """Remove a folder that nobody holds; False when it is held, or already gone."""
    try:
        held = lock(folder)
    except FileNotFoundError:
        return False
    if held is None:
        return False
    shutil.rmtree(folder, ignore_errors=True)
    unlock(held)
    return True


@contextmanager
def _locked(folder: Path) -> Iterator[None]:
    """Wait until nobody else holds the folder, and hold it."""
    if sys.platform == "win32":
        yield
        return
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        fcntl.flock(descriptor, fcntl.LOCK_EX)
        yield
    finally:
        os.close(descriptor)


def _exchange(one: Path, other: Path) -> bool:
    """Exchange two folders in one step; False where the system or the file system cannot."""
    exchange = getattr(ctypes.CDLL(None, use_errno=True), "renameat2", None) if sys.platform == "linux" else None
    if exchange is None:
        return False
    if exchange(_AT_WORKING_FOLDER, os.fsencode(one), _AT_WORKING_FOLDER, os.fsencode(other), _EXCHANGE) == 0:
        return True
    number = ctypes.get_errno()
    if number in _NOT_POSSIBLE:
        return False
    raise OSError(number, os.strerror(number), str(other))


def _replace(fresh: Path, out: Path) -> None:
    """The same in two steps, and back if the second fails."""
    aside = Path(mkdtemp(prefix=f".{out.name}-old-", dir=out.parent))
    old = aside / "old"
    try:
        out.rename(old)
        try:
            fresh.rename(out)
        except OSError:
            old.rename(out)
            raise
    finally:
        shutil.rmtree(aside)
