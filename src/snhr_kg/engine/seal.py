"""Takes from a process, for good, the right to open a socket: a filter of system calls that the kernel keeps."""

from __future__ import annotations

import ctypes
import errno
import platform
from typing import Final

_SOCKET_CALL: Final = {"x86_64": 41, "aarch64": 198, "riscv64": 198}
"""Number of the system call `socket`, by machine."""

_NO_NEW_PRIVILEGES: Final = 38
_SET_FILTER: Final = 22
_FILTER: Final = 2


class _Instruction(ctypes.Structure):
    _fields_ = (("code", ctypes.c_uint16), ("yes", ctypes.c_uint8), ("no", ctypes.c_uint8), ("value", ctypes.c_uint32))


class _Program(ctypes.Structure):
    _fields_ = (("length", ctypes.c_uint16), ("instructions", ctypes.POINTER(_Instruction)))


def forbid_sockets() -> bool:
    """Have `socket` fail with EACCES in this thread and all that it starts; False where the kernel cannot do that."""
    number = _SOCKET_CALL.get(platform.machine())
    if number is None:
        return False
    instructions = (_Instruction * 4)(
        _Instruction(0x20, 0, 0, 0),  # load the number of the call
        _Instruction(0x15, 0, 1, number),  # is it socket?
        _Instruction(0x06, 0, 0, 0x00050000 | errno.EACCES),  # then fail
        _Instruction(0x06, 0, 0, 0x7FFF0000),  # else go on
    )
    program = _Program(len(instructions), instructions)
    library = ctypes.CDLL(None)
    if library.prctl(_NO_NEW_PRIVILEGES, 1, 0, 0, 0) != 0:
        return False
    return bool(library.prctl(_SET_FILTER, _FILTER, ctypes.byref(program)) == 0)
