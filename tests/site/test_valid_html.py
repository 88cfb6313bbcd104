"""Every kind of page is valid HTML, by the Nu HTML checker."""

from __future__ import annotations

import json
import subprocess
from pathlib import Path

from needs import need
from page_kinds import KINDS

CHECKER = Path(__file__).parent.parent / "html" / "node_modules" / "vnu-jar" / "build" / "dist" / "vnu.jar"


def test_every_kind_of_page_is_valid_html(site, tmp_path):
    java = need.program("java", "validity of the HTML of every kind of page")
    need.that(CHECKER.is_file(), "the Nu HTML checker (npm)", "validity of the HTML of every kind of page")
    for kind, local in KINDS.items():
        for language in ("en", "ar"):
            response = site.get(f"/{language}/{local}.html")
            assert response.status_code == 200, (kind, response.text[:200])
            (tmp_path / f"{kind}.{language}.html").write_bytes(response.get_data())
    checked = subprocess.run(
        [java, "-jar", CHECKER, "--format", "json", "--exit-zero-always", *sorted(tmp_path.iterdir())],
        capture_output=True,
        text=True,
        check=True,
    )
    messages = json.loads(checked.stderr)["messages"]
    told = sorted({f"{Path(one['url']).name}:{one.get('lastLine')}: {one['message']}" for one in messages})
    assert told == []
