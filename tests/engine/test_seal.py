from __future__ import annotations

import subprocess
import sys
from pathlib import Path

from asking import wait_for, workers
from needs import need
from snhr_kg.engine.limits import Limits
from snhr_kg.engine.pool import LocalEngine

SCRIPT = """
import socket, threading
from snhr_kg.engine.seal import forbid_sockets
before = socket.socketpair()
print(forbid_sockets())
def refused():
    try:
        socket.socket()
    except PermissionError as error:
        print(error.strerror)
thread = threading.Thread(target=refused)
thread.start(); thread.join(); refused()
before[0].sendall(b"still there"); print(before[1].recv(20).decode())
"""


def sealed(process):
    return "Seccomp:\t2" in Path(f"/proc/{process}/status").read_text()


def test_no_thread_of_a_sealed_process_opens_a_socket_and_what_was_open_works():
    said = subprocess.run([sys.executable, "-c", SCRIPT], capture_output=True, text=True, check=True).stdout.split("\n")
    need.that(said[0] == "True", "a kernel with seccomp filters", "workers over a store on disk cannot open sockets")
    assert said == ["True", "Permission denied", "Permission denied", "still there", ""]


def test_workers_are_sealed_unless_queries_may_ask_other_hosts(folder):
    for services in ((), ("example.org",)):
        engine = LocalEngine(folder, Limits(workers=1, services=services))
        wait_for(workers)
        wait_for(lambda expected=not services: sealed(workers()[0]) == expected)
        engine.close()
