"""Build hook of the wheel: puts the content folders and the graph built from them into the package."""

from __future__ import annotations

import sys
import tempfile
from pathlib import Path
from typing import Any

from hatchling.builders.hooks.plugin.interface import BuildHookInterface


class GraphBuildHook(BuildHookInterface):  # type: ignore[type-arg]
    """Runs the pipeline from the source tree, so that an installed wheel serves without building anything."""

    def dependencies(self) -> list[str]:
        """The project's own dependencies, of which the pipeline imports most: one place states them."""
        stated: list[str] = self.metadata.core.dependencies
        return stated

    def initialize(self, version: str, build_data: dict[str, Any]) -> None:
        """Have the folders included and the graph built; an editable install reads both from the checkout."""
        if version == "editable":
            return
        root = Path(self.root)
        for name in ("ontology", "data", "shapes", "queries"):
            build_data["force_include"][str(root / name)] = f"snhr_kg/content/{name}"
        self._folder = tempfile.TemporaryDirectory(prefix="snhr-kg-graph-")
        with tempfile.TemporaryDirectory() as told:
            # In an isolated environment the package is not installed; the graph states the version that made it.
            about = Path(told) / f"snhr_kg-{self.metadata.version}.dist-info"
            about.mkdir()
            (about / "METADATA").write_text(f"Name: snhr-kg\nVersion: {self.metadata.version}\n", encoding="utf-8")
            sys.path[:0] = [str(root / "src"), told]
            from snhr_kg.pipeline import build

            build(Path(self._folder.name), data=root / "data", charts=True)
        build_data["force_include"][self._folder.name] = "snhr_kg/graph"

    def finalize(self, version: str, build_data: dict[str, Any], artifact_path: str) -> None:
        """Remove the temporary folder once its files are in the wheel."""
        if version != "editable":
            self._folder.cleanup()
