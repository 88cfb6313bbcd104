"""The real graph without UNHCR's figures by country, which are four in ten of its triples and all alike."""

from __future__ import annotations

import re
from hashlib import sha256
from pathlib import Path

from snhr_kg import names

_EXTERNAL = f" <{names.graph('external/')}"
_BY_COUNTRY = re.compile(rf"<{re.escape(names.BASE)}external/unhcr-population/[^/]+/figure/")


def write_lighter(folder: Path, out: Path, *, external: bool = True) -> Path:
    """Write the graph of a build's folder into the folder `out`, as a build does; without `external`, what is ours."""
    with (folder / "snhr-kg.nq").open(encoding="utf-8") as lines:
        kept = (line for line in lines if not _BY_COUNTRY.match(line) and (external or _EXTERNAL not in line))
        data = "".join(kept).encode()
    out.mkdir(parents=True, exist_ok=True)
    (out / "snhr-kg.nq").write_bytes(data)
    (out / "SHA256SUMS").write_text(f"{sha256(data).hexdigest()}  snhr-kg.nq\n", encoding="utf-8")
    return out
