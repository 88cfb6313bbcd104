"""Runs Debian's Apache Jena, a second SHACL and SPARQL engine: many jobs in one Java process, which is slow to start.

Needs the packages libapache-jena-java, bsh (a small interpreter that calls Jena) and a Java runtime. As packaged,
jena-core keeps the message files of its XML parser where the parser does not look for them and every command fails
with "internal error": they are unpacked a second time, under the name that is looked for.
"""

from __future__ import annotations

import subprocess
import zipfile
from collections.abc import Iterable, Mapping
from pathlib import Path

from rdflib import Graph

from needs import need

JARS = Path("/usr/share/java")
VERSION = "4.5.0"
LIBRARIES = """
    bsh commons-cli commons-codec commons-compress commons-csv commons-io commons-lang3 commons-logging
    dexx.collection failureaccess gson guava httpclient httpcore jackson-annotations jackson-core jackson-databind
    jakarta.json-api jsonld-java libthrift protobuf slf4j-api slf4j-simple thrift titanium-json-ld
""".split()  # noqa: SIM905
MOVED = "org/apache/jena/ext/xerces/"
SHACL = "a second SHACL engine finds the same"


class Jena:
    """Jena, ready to run; `folder` takes what it reads and writes, `reason` says what goes untested without it."""

    def __init__(self, folder: Path, reason: str = SHACL) -> None:
        self.java = need.program("java", reason)
        core = JARS / f"jena-core-{VERSION}.jar"
        need.that(core.exists(), "Jena (Debian's libapache-jena-java)", reason)
        need.that((JARS / "bsh.jar").exists(), "BeanShell (Debian's bsh)", reason)
        self.folder = folder
        messages = folder / "messages"
        with zipfile.ZipFile(core) as jar:
            for name in jar.namelist():
                if name.startswith(MOVED) and not name.endswith("/"):
                    target = messages / name.removeprefix("org/apache/jena/ext/")
                    target.parent.mkdir(parents=True, exist_ok=True)
                    target.write_bytes(jar.read(name))
        libraries = [JARS / f"{name}.jar" for name in LIBRARIES]
        jars = [*sorted(JARS.glob(f"jena-*-{VERSION}.jar")), *(jar for jar in libraries if jar.exists())]
        self.classpath = ":".join(map(str, [messages, *jars]))

    def validate(self, jobs: Iterable[tuple[str, Graph, Graph]]) -> dict[str, Graph]:
        """The validation report of each job (name, shapes, data), by name."""
        shapes_files: dict[int, Path] = {}
        lines: dict[str, tuple[Path, Path, Path]] = {}
        for number, (name, shapes, data) in enumerate(jobs):
            if id(shapes) not in shapes_files:
                shapes_files[id(shapes)] = self._write(shapes, f"shapes-{number}.nt")
            report = self.folder / f"report-{number}.nt"
            lines[name] = (shapes_files[id(shapes)], self._write(data, f"data-{number}.nt"), report)
        said = self.run("jena_validate.bsh", self._listing(lines.values()))
        _check(said, lines)
        return {name: Graph().parse(report) for name, (_, _, report) in lines.items()}

    def query(self, quads: Path, queries: Mapping[str, str]) -> dict[str, bytes]:
        """The answer to each query over a file of N-Quads, by name: results in JSON, graphs as N-Triples."""
        lines: dict[str, tuple[Path, Path]] = {}
        for number, (name, text) in enumerate(queries.items()):
            lines[name] = (self.folder / f"query-{number}.rq", self.folder / f"answer-{number}")
            lines[name][0].write_text(text, encoding="utf-8")
        said = self.run("jena_query.bsh", quads, self._listing(lines.values()))
        _check(said, lines)
        return {name: answer.read_bytes() for name, (_, answer) in lines.items()}

    def run(self, script: str, *arguments: str | Path) -> str:
        """What a BeanShell script of this folder says; it ends with 0 even after an error, so look at what it made."""
        quick = ["-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC"]  # half the processor time, in runs of a few seconds
        command = [self.java, *quick, "-cp", self.classpath, "-Dorg.slf4j.simpleLogger.defaultLogLevel=error"]
        path = Path(__file__).with_name(script)
        done = subprocess.run(
            [*command, "bsh.Interpreter", str(path), *map(str, arguments)], capture_output=True, text=True, timeout=120
        )
        return f"{done.stdout}\n{done.stderr}"

    def _write(self, graph: Graph, name: str) -> Path:
        file = self.folder / name
        graph.serialize(file, format="nt", encoding="utf-8")
        return file

    def _listing(self, jobs: Iterable[tuple[Path, ...]]) -> Path:
        listing = self.folder / "jobs.tsv"
        listing.write_text("".join("\t".join(map(str, job)) + "\n" for job in jobs), encoding="utf-8")
        return listing


def _check(said: str, jobs: Mapping[str, tuple[Path, ...]]) -> None:
    """The last path of each job is what it was to write; a script stops at the first job that fails."""
    failed = [name for name, (*_, written) in jobs.items() if not written.exists()]
    assert not failed, f"Jena failed on {failed[0]}:\n{said}"
