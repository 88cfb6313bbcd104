"""Morph-KGC: an RML mapping, in pandas, with a process for each core."""

import os
import subprocess
import sys
from pathlib import Path
from tempfile import TemporaryDirectory

with TemporaryDirectory() as place:
    mapping = (Path(__file__).parent / "events.rml.ttl").read_text(encoding="utf-8")
    rml = Path(place) / "events.rml.ttl"
    rml.write_text(mapping.replace("EVENTS", str(Path(sys.argv[1]).resolve())), encoding="utf-8")
    configuration = Path(place) / "morph.ini"
    configuration.write_text(
        f"[CONFIGURATION]\noutput_file={Path(sys.argv[2]).resolve()}\noutput_format=N-QUADS\n"
        f"number_of_processes={os.cpu_count()}\nlogging_level=ERROR\n[events]\nmappings={rml}\n",
        encoding="utf-8",
    )
    subprocess.run([sys.executable, "-m", "morph_kgc", configuration], check=True)
