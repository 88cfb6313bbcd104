"""Apache's server over a folder of files, with the rules of its ``.htaccess``."""

from __future__ import annotations

import socket
import subprocess
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory

from needs import need

MODULES = Path("/usr/lib/apache2/modules")
LOADED = ("mpm_event", "authz_core", "dir", "mime", "headers", "rewrite")


@contextmanager
def apache(site: Path) -> Iterator[str]:
    """The address of a server of the folder, ending in a slash; everybody must be able to read the folder."""
    program = need.program("apache2", "the redirects of a published site")
    with TemporaryDirectory() as place, socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
        configuration = Path(place) / "apache.conf"
        configuration.write_text(_configuration(Path(place), site, port), encoding="utf-8")
        probe.close()
        process = subprocess.Popen([program, "-X", "-f", configuration], stderr=subprocess.PIPE)
        try:
            _wait(port, process)
            yield f"http://127.0.0.1:{port}/"
        finally:
            process.terminate()
            process.communicate(timeout=20)


def _configuration(place: Path, site: Path, port: int) -> str:
    modules = "".join(f"LoadModule {name}_module {MODULES}/mod_{name}.so\n" for name in LOADED)
    return f"""{modules}
ServerName localhost
Listen 127.0.0.1:{port}
ServerRoot {place}
PidFile {place}/pid
ErrorLog {place}/errors
User www-data
Group www-data
DocumentRoot {site}
TypesConfig /etc/mime.types
AcceptPathInfo Off
<Directory {site}>
AllowOverride All
Require all granted
</Directory>
"""


def _wait(port: int, process: subprocess.Popen[bytes]) -> None:
    while process.poll() is None:
        try:
            socket.create_connection(("127.0.0.1", port), timeout=1).close()
            return
        except OSError:
            time.sleep(0.05)
    assert process.stderr is not None
    raise AssertionError(process.stderr.read().decode())
