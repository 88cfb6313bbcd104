"""Runs Debian's Apache Jena as a second SHACL engine: many graphs in one Java process, which takes a second to start.

Needs the packages libapache-jena-java, bsh (a small interpreter that calls Jena) and a Java runtime. As packaged,
jena-core keeps the message files of its XML parser where the parser does not look for them and every command fails
with "internal error": they are unpacked a second time, under the name that is looked for.
"""

from __future__ import annotations

import subprocess
import zipfile
from collections.abc import Iterable, Sequence
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
SCRIPT = Path(__file__).with_name("jena_validate.bsh")
REASON = "a second SHACL engine finds the same"


class Jena:
    """Jena, ready to run; `folder` takes what it reads and writes."""

    def __init__(self, folder: Path) -> None:
        self.java = need.program("java", REASON)
        core = JARS / f"jena-core-{VERSION}.jar"
        need.that(core.exists(), "Jena (Debian's libapache-jena-java)", REASON)
        need.that((JARS / "bsh.jar").exists(), "BeanShell (Debian's bsh)", REASON)
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
        self._run(list(lines.values()))
        return {name: Graph().parse(report) for name, (_, _, report) in lines.items()}

    def _write(self, graph: Graph, name: str) -> Path:
        file = self.folder / name
        graph.serialize(file, format="nt", encoding="utf-8")
        return file

    def _run(self, jobs: Sequence[Sequence[Path]]) -> None:
        listing = self.folder / "jobs.tsv"
        listing.write_text("".join("\t".join(map(str, job)) + "\n" for job in jobs), encoding="utf-8")
        command = [self.java, "-cp", self.classpath, "-Dorg.slf4j.simpleLogger.defaultLogLevel=error"]
        done = subprocess.run(
            [*command, "bsh.Interpreter", str(SCRIPT), str(listing)], capture_output=True, text=True, timeout=120
        )
        # BeanShell ends with 0 even after an error in the script; a missing report shows it.
        assert all(job[-1].exists() for job in jobs), f"Jena failed:\n{done.stdout}\n{done.stderr}"
