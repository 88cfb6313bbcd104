"""What somebody who mistyped a name probably meant."""

from __future__ import annotations

import difflib
from collections.abc import Iterable, Mapping


def nearest(given: str, known: Iterable[str], most: int = 1) -> str:
    """``; the nearest is 'isis'``, to end a message with; nothing when no known name is like the one given.

    >>> nearest("ISISS", ["isis", "hts"])
    "; the nearest is 'isis'"
    >>> nearest("dier-ez-zor", ["deir-ez-zor-city", "deir-ez-zor-governorate", "homs-governorate"], most=3)
    "; the nearest are 'deir-ez-zor-city', 'deir-ez-zor-governorate'"
    """
    return nearest_meant(given, {name: name for name in known}, most)


def nearest_meant(given: str, spellings: Mapping[str, str], most: int = 1) -> str:
    """The same where a name has several spellings: what each of them (a label, say) stands for.

    >>> nearest_meant("islamic stat", {"isis": "isis", "Islamic State": "isis"})
    "; the nearest is 'isis'"
    """
    lowered = {spelling.lower(): meant for spelling, meant in spellings.items()}
    close = difflib.get_close_matches(given[:100].lower(), lowered, n=most, cutoff=0.4)
    near = list(dict.fromkeys(lowered[spelling] for spelling in close))
    if not near:
        return ""
    return f"; the nearest {'is' if len(near) == 1 else 'are'} {', '.join(map(repr, near))}"
