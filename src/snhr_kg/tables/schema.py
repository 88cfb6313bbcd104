"""The described schema of a report folder: which tables there are, and what each of their columns holds.

It stands once, in `table-schemas.json` beside this module. Every report folder repeats it in its `datapackage.json`
(a Frictionless Data Package), so that other tools can check the tables too; a copy that differs is a fault.
"""

from __future__ import annotations

import json
import re
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any, Final

from snhr_kg.errors import Fault

PACKAGE_FILE: Final = "datapackage.json"
CODE_LIST: Final = "snhr:codeList"

_SCHEMAS: Final = Path(__file__).resolve().parent / "table-schemas.json"
_OWN: Final = ("name", "title", "version", "licenses", "sources")
_COPY: Final = f"copy the resources of {PACKAGE_FILE} from another report folder"


@dataclass(frozen=True, slots=True)
class Field:
    """One column: its type (string, integer, number), constraints, and the code list its cells are from."""

    name: str
    title: str
    type: str
    required: bool
    unique: bool
    pattern: re.Pattern[str] | None
    enum: tuple[str, ...]
    minimum: int | None
    code_list: str


@dataclass(frozen=True, slots=True)
class TableSchema:
    """One table: columns in their order, primary key, and the table that each foreign key points to."""

    name: str
    file: str
    fields: tuple[Field, ...]
    primary_key: tuple[str, ...]
    references: dict[str, str]


@cache
def table_schemas() -> dict[str, TableSchema]:
    """Every table of a report folder by name, in the order of the data package."""
    return {resource["name"]: _table(resource) for resource in _resources()}


def read_table_schema(path: Path) -> TableSchema:
    """The schema of a table that lies outside the report folders, from the ``<name>.schema.json`` beside it."""
    schema = json.loads(path.read_text(encoding="utf-8"))
    return _table({"name": schema["name"], "path": f"{schema['name']}.csv", "schema": schema})


def check_package(folder: Path, shown: str) -> list[Fault]:
    """What is wrong with a folder's `datapackage.json`; `shown` is how messages call the file."""
    try:
        text = (folder / PACKAGE_FILE).read_text(encoding="utf-8")
        package = json.loads(text)
    except FileNotFoundError:
        return [Fault(shown, 1, "file", "is missing", "copy it from another report folder, or scaffold a new one")]
    except UnicodeDecodeError as error:
        return [Fault(shown, 1, "file", f"is not UTF-8 at byte offset {error.start}", "save it as UTF-8")]
    except json.JSONDecodeError as error:
        return [Fault(shown, error.lineno, "file", f"is not JSON ({error.msg})", "repair the JSON there")]
    if not isinstance(package, dict) or not isinstance(package.get("resources"), list):
        return [Fault(shown, 1, "resources", "is missing", _COPY)]
    faults = [
        Fault(shown, 1, name, "is missing", "say it at the top of the file, as other report folders do")
        for name in _OWN
        if not package.get(name)
    ]
    return faults + _compare(package["resources"], text, shown)


def new_package(report_id: str) -> str:
    """The text of a `datapackage.json` for a new report."""
    package = {
        "profile": "tabular-data-package",
        "name": f"snhr-kg-{report_id}",
        "title": f"Figures of the SNHR report of {report_id}",
        "version": "0.1.0",
        "licenses": [
            {
                "name": "CC-BY-4.0",
                "title": "Creative Commons Attribution 4.0 International",
                "path": "https://creativecommons.org/licenses/by/4.0/",
            }
        ],
        "sources": [{"title": f"Syrian Network for Human Rights (SNHR), report of {report_id}"}],
        "resources": _resources(),
    }
    return json.dumps(package, ensure_ascii=False, indent=2) + "\n"


@cache
def _resources() -> list[dict[str, Any]]:
    resources: list[dict[str, Any]] = json.loads(_SCHEMAS.read_text(encoding="utf-8"))["resources"]
    return resources


def _table(resource: dict[str, Any]) -> TableSchema:
    schema = resource["schema"]
    keys = schema.get("foreignKeys", [])
    return TableSchema(
        resource["name"],
        resource["path"],
        tuple(_field(field) for field in schema["fields"]),
        tuple(schema["primaryKey"]),
        {key["fields"]: key["reference"]["resource"] or resource["name"] for key in keys},
    )


def _field(field: dict[str, Any]) -> Field:
    constraints = field.get("constraints", {})
    return Field(
        name=field["name"],
        title=field["title"],
        type=field["type"],
        required=constraints.get("required", False),
        unique=constraints.get("unique", False),
        pattern=re.compile(constraints["pattern"]) if "pattern" in constraints else None,
        enum=tuple(constraints.get("enum", ())),
        minimum=constraints.get("minimum"),
        code_list=field.get(CODE_LIST, ""),
    )


def _compare(resources: list[Any], text: str, shown: str) -> list[Fault]:
    found = {item["name"]: item for item in resources if isinstance(item, dict) and isinstance(item.get("name"), str)}
    wanted = {item["name"]: item for item in _resources()}
    faults = []
    for name, resource in wanted.items():
        if name not in found:
            faults.append(Fault(shown, 1, f"resources[{name}]", "is missing", _COPY))
        elif found[name] != resource:
            place, is_now, should = _difference(resource, found[name], f"resources[{name}]")
            line = _line_of(text, name)
            faults.append(Fault(shown, line, place, f"says {is_now}, not {should} as for all reports", _COPY))
    for name in found.keys() - wanted.keys():
        problem = "describes a table that report folders do not have"
        faults.append(Fault(shown, _line_of(text, name), f"resources[{name}]", problem, "take it out"))
    if not faults and [item.get("name") for item in resources if isinstance(item, dict)] != list(wanted):
        faults.append(Fault(shown, 1, "resources", "are in another order, or one is there twice", _COPY))
    return faults


def _difference(wanted: Any, found: Any, place: str) -> tuple[str, str, str]:
    """Where two JSON values first differ, and what each says there."""
    if isinstance(wanted, dict) and isinstance(found, dict):
        for key in [*wanted, *(key for key in found if key not in wanted)]:
            if key not in found or key not in wanted or wanted[key] != found[key]:
                return _difference(wanted.get(key), found.get(key), f"{place}.{key}")
    if isinstance(wanted, list) and isinstance(found, list) and len(wanted) == len(found):
        for number, (left, right) in enumerate(zip(wanted, found, strict=True)):
            if left != right:
                label = left.get("name", number) if isinstance(left, dict) else number
                return _difference(left, right, f"{place}[{label}]")
    return place, _short(found), _short(wanted)


def _short(value: Any) -> str:
    if isinstance(value, list):
        return f"{len(value)} items"
    shown = "nothing" if value is None else json.dumps(value, ensure_ascii=False)
    return shown if len(shown) <= 60 else shown[:57] + "..."


def _line_of(text: str, resource: str) -> int:
    match = re.search(rf'^ {{4,6}}"name":\s*{re.escape(json.dumps(resource))}', text, re.MULTILINE)
    return text.count("\n", 0, match.start()) + 1 if match else 1
