"""The HTTP server: Granian, with one process that speaks HTTP before an engine, whose workers use the other cores."""

from __future__ import annotations

import ctypes
import os
import resource
import signal
import socket
import sys
import threading
import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from multiprocessing import RawValue
from pathlib import Path
from typing import TYPE_CHECKING, Final

from granian.constants import HTTPModes, Interfaces
from granian.http import HTTP1Settings
from granian.log import LogLevels
from granian.server import Server

from snhr_kg.engine.question import Engine
from snhr_kg.errors import GraphError, SnhrKgError
from snhr_kg.web.headers import MAX_HEAD_BYTES

if TYPE_CHECKING:
    from snhr_kg.web.front import Front

PAGE_THREADS: Final = 16
"""Threads for what is no query, so that pages are served while every query waits."""

HEADER_SECONDS: Final = 10
"""How long a request's line and headers may take to arrive."""

MOST_CONNECTIONS: Final = 8192
"""Most connections at a time; a further one waits until another ends, be it one that has nothing to say."""

STOP_SECONDS: Final = 30
"""How long a server that is told to stop waits for what runs."""

_DIE_WITH_PARENT: Final = 1
_MAP_FROM: Final = -3
_MAPPED_BYTES: Final = 1024 * 1024
"""Memory for a body this large is a mapping of its own, which the system gets back as soon as the body is gone."""

_ARENAS: Final = -8
_MOST_ARENAS: Final = 2
"""Pools that threads take memory from: with one for each thread, each new graph could be held in another."""

_TO_STANDARD_ERROR: Final = {
    "handlers": {
        name: {"formatter": name, "class": "logging.StreamHandler", "stream": "ext://sys.stderr"}
        for name in ("generic", "access")
    },
    "loggers": {
        "_granian": {"handlers": ["generic"], "propagate": False},
        "granian.access": {"handlers": ["access"], "level": "INFO", "propagate": False},
    },
}


@dataclass(frozen=True, slots=True)
class HttpOptions:
    """Where to listen and how: `kept_bytes` bounds the responses that are kept to be given again."""

    host: str
    port: int
    kept_bytes: int
    behind_proxy: bool = False
    access_log: bool = False


def serve(
    options: HttpOptions,
    open_engine: Callable[[], Engine],
    folder: Path | None,
    say: Callable[[str], None],
) -> None:
    """Serve until the process is told to stop (SIGINT, SIGTERM), then let what runs end.

    `folder` holds the files that a build wrote, if there are any.

    Raises `GraphError` when the address cannot be listened on. An error of `open_engine` is said, and ends the process
    with its exit code.
    """
    host, port = options.host, _claim(options.host, options.port)
    exit_code = RawValue("i", 0)

    def load(_: str) -> Front:
        library = ctypes.CDLL(None)
        library.prctl(_DIE_WITH_PARENT, signal.SIGTERM)
        if hasattr(library, "mallopt"):
            library.mallopt(_MAP_FROM, _MAPPED_BYTES)
            library.mallopt(_ARENAS, _MOST_ARENAS)
        with ThreadPoolExecutor(1) as beside:
            imported = beside.submit(_import_application)  # takes half a second, as opening the graph does
            try:
                engine = open_engine()
            except SnhrKgError as error:
                say(f"error: {error}")
                exit_code.value = error.exit_code
                signal.signal(signal.SIGTERM, signal.SIG_DFL)
                os.kill(os.getppid(), signal.SIGTERM)
                signal.pause()  # until the parent, which would start another process, ends this one
            imported.result()
        threading.Thread(target=_announce, args=(host, port, say), daemon=True).start()
        return _front(engine, folder, options)

    server = Server(
        "snhr-kg",
        address=host,
        port=port,
        interface=Interfaces.ASGINL,
        workers=1,
        backpressure=_most_connections(),
        websockets=False,
        http=HTTPModes.http1,
        http1_settings=HTTP1Settings(header_read_timeout=HEADER_SECONDS * 1000, max_buffer_size=MAX_HEAD_BYTES),
        log_level=LogLevels.error,
        log_dictconfig=_TO_STANDARD_ERROR,
        log_access=options.access_log,
        respawn_failed_workers=True,
        workers_kill_timeout=STOP_SECONDS,
    )
    server.serve(target_loader=load)
    if exit_code.value:
        sys.exit(exit_code.value)


def _import_application() -> None:
    import snhr_kg.web.application
    import snhr_kg.web.front  # noqa: F401


def _front(engine: Engine, folder: Path | None, options: HttpOptions) -> Front:
    from snhr_kg.web.application import create_app
    from snhr_kg.web.front import Front

    threads = engine.limits.workers + engine.limits.waiting + PAGE_THREADS
    return Front(create_app(engine, folder), engine, threads, options.kept_bytes, options.behind_proxy)


def _claim(host: str, port: int) -> int:
    """The port, or a free one for 0; the server itself would share a taken port with whoever has it."""
    try:
        (family, kind, protocol, _, address), *_ = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
        with socket.socket(family, kind, protocol) as probe:
            probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            probe.bind(address)
            return int(probe.getsockname()[1])
    except OSError as error:
        raise GraphError(f"cannot listen on {host}:{port}: {error.strerror or error}; choose another --port") from error


def _most_connections() -> int:
    """As many as may be, leaving a quarter of the descriptors that the process may open to all else."""
    descriptors, _ = resource.getrlimit(resource.RLIMIT_NOFILE)
    return MOST_CONNECTIONS if descriptors == resource.RLIM_INFINITY else min(MOST_CONNECTIONS, descriptors * 3 // 4)


def _announce(host: str, port: int, say: Callable[[str], None]) -> None:
    """Say the address as soon as it answers."""
    reachable = {"0.0.0.0": "127.0.0.1", "::": "::1"}.get(host, host)
    while True:
        try:
            socket.create_connection((reachable, port), timeout=1).close()
            break
        except OSError:
            time.sleep(0.005)
    say(f"serving on http://{f'[{host}]' if ':' in host else host}:{port}/ (stop with Ctrl-C)")
