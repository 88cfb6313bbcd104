"""The parameters of the OpenAPI document's operations."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Final

from snhr_kg.questions.given import MOST_VALUES, TRUTH
from snhr_kg.questions.meanings import INSIDE, PARAMETERS
from snhr_kg.questions.read import Parameter
from snhr_kg.web.openapi_schemas import Document

_PREFERRED: Final = ("isis", "torture", "deaths", "civilians", "syria", "iv", "exact", "torture-deaths")
"""Examples are taken from these where a list has one."""


def parameter_of(parameter: Parameter, schemas: Mapping[str, Document]) -> Document:
    """A parameter of a question, with an example; its values are those of a schema, or words."""
    description = parameter.description or PARAMETERS[parameter.name][0]
    if parameter.default is not None:
        return words_parameter(parameter.name, description, parameter.words, parameter.default)
    items: Document = {"type": "string", "enum": list(parameter.words)}
    listed = items
    if not parameter.words:
        items, listed = {"$ref": f"#/components/schemas/{parameter.type}"}, schemas[parameter.type]
    schema = {"type": "array", "items": items, "minItems": 1, "maxItems": MOST_VALUES}
    example = example_of(listed)
    if example:
        example = {"example": [example["example"]]}
    return {**plain_parameter(parameter.name, description, schema), "style": "form", "explode": True, **example}


def example_of(schema: Document) -> Document:
    """A value of the list to show, or nothing when it lists none."""
    values = schema.get("enum") or [value["const"] for value in schema.get("oneOf", [])]
    preferred = [value for value in _PREFERRED if value in values]
    return {"example": [*preferred, *values][0]} if values else {}


def words_parameter(name: str, description: str, words: Sequence[str], default: str | None = None) -> Document:
    """A parameter that takes one of a few words; the first one unless another is the default."""
    return plain_parameter(name, description, {"type": "string", "enum": list(words), "default": default or words[0]})


def inside_parameter() -> Document:
    """Whether the codes below the given ones count too."""
    return words_parameter("inside", INSIDE[0], TRUTH, "false")


def format_parameter(formats: Mapping[str, str]) -> Document:
    """The format, by name."""
    return plain_parameter(
        "format", "The format, instead of an Accept header.", {"type": "string", "enum": list(formats)}
    )


def text_schema() -> Document:
    """What text to look for may hold."""
    return {"type": "string", "minLength": 1, "maxLength": 200, "pattern": r"^[^\\\x00-\x1f\x7f]+$"}


def plain_parameter(name: str, description: str, schema: Document, example: object = None) -> Document:
    """A parameter of the address that may be left out."""
    plain = {"name": name, "in": "query", "required": False, "description": description, "schema": schema}
    return plain | ({"example": example} if example is not None else {})
