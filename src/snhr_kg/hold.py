"""Holds a folder, so that no other program of ours removes it; apart from `place`, so that serving starts sooner."""

from __future__ import annotations

import os
import sys
from pathlib import Path

if sys.platform != "win32":
    import fcntl


def lock(folder: Path, *, shared: bool = False) -> int | None:
    """Hold a folder until `unlock` or the end of the process, alone or with others; None where others keep it."""
    if sys.platform == "win32":
        return None
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        fcntl.flock(descriptor, (fcntl.LOCK_SH if shared else fcntl.LOCK_EX) | fcntl.LOCK_NB)
    except OSError:
        os.close(descriptor)
        return None
    return descriptor


def unlock(held: int | None) -> None:
    """Let go of what `lock` gave."""
    if held is not None:
        os.close(held)
