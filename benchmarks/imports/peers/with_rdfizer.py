"""SDM-RDFizer: the same RML mapping."""

import subprocess
import sys
from pathlib import Path
from tempfile import TemporaryDirectory

with TemporaryDirectory() as place:
    mapping = (Path(__file__).parent / "events.rml.ttl").read_text(encoding="utf-8")
    rml = Path(place) / "events.rml.ttl"
    rml.write_text(mapping.replace("EVENTS", str(Path(sys.argv[1]).resolve())), encoding="utf-8")
    configuration = Path(place) / "rdfizer.ini"
    configuration.write_text(
        f"[default]\nmain_directory: {place}\n\n[datasets]\nnumber_of_datasets: 1\noutput_folder: {place}\n"
        "all_in_one_file: yes\nremove_duplicate: no\nname: events\nenrichment: yes\nordered: no\nlarge_file: false\n"
        f"output_format: n-triples\n\n[dataset1]\nname: events\nmapping: {rml}\n",
        encoding="utf-8",
    )
    subprocess.run([sys.executable, "-m", "rdfizer", "-c", configuration], check=True)
    (made,) = (path for ending in ("nq", "nt") for path in Path(place).glob(f"*.{ending}"))
    made.replace(sys.argv[2])
