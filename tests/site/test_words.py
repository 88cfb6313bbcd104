"""Every word that a page says has its Arabic."""

from __future__ import annotations

from pathlib import Path

import pytest
from babel.messages.extract import extract_from_dir
from babel.messages.pofile import read_po

import snhr_kg
from snhr_kg.site import words
from snhr_kg.site.advice import ADVICE
from snhr_kg.site.vocabulary_terms import TERMS

PACKAGE = Path(snhr_kg.__file__).parent
METHODS = [
    ("site/**.py", "python"),
    ("charts/**.py", "python"),
    ("web/**.py", "python"),
    ("web/templates/**.html", "jinja2.ext.babel_extract"),
]
KEYWORDS = {
    **dict.fromkeys(("_", "gettext", "ugettext")),
    **dict.fromkeys(("ngettext", "ungettext"), (1, 2)),
    **dict.fromkeys(("pgettext", "upgettext"), ((1, "c"), 2)),
}
OPTIONS = {"web/templates/**.html": {"trim_blocks": "true", "lstrip_blocks": "true", "newstyle_gettext": "true"}}


@pytest.fixture(scope="module")
def said():
    """Each message that the pages say, with a place where they do."""
    found = extract_from_dir(PACKAGE, METHODS, OPTIONS, KEYWORDS)
    written = {(context, message): f"{path}:{line}" for path, line, message, _, context in found}
    advice = {(None, words): f"the problem {kind}" for kind, texts in ADVICE.items() for words in texts}
    terms = {(class_or_property(name), words): f"the term {name}" for name, words in TERMS.items()}
    return written | advice | terms


def class_or_property(name):
    return "class" if name.partition(":")[2][:1].isupper() else "property"


@pytest.fixture(scope="module")
def translated():
    """Each translation of the Arabic files: the message, its forms, and the file."""
    found = []
    for path in sorted((words.FOLDER / "ar").glob("*.po")):
        with path.open("rb") as file:
            found += [
                ((message.context, message.id), message.string, path.name)
                for message in read_po(file, "ar")
                if message.id
            ]
    return found


def test_every_message_has_its_arabic(said, translated):
    known = {key for key, string, _ in translated if (all(string) if isinstance(string, tuple) else string)}
    assert {key: place for key, place in said.items() if key not in known} == {}


def test_no_translation_is_left_over(said, translated):
    assert {key: name for key, _, name in translated if key not in said} == {}


def test_the_same_words_have_one_translation(translated):
    forms: dict[object, set[object]] = {}
    for key, string, _ in translated:
        forms.setdefault(key, set()).add(string)
    assert {key: strings for key, strings in forms.items() if len(strings) > 1} == {}


def test_a_number_of_things_has_six_forms(translated):
    counted = [(key, string) for key, string, _ in translated if isinstance(key[1], tuple)]
    assert counted
    assert [key for key, string in counted if len(string) != 6] == []
