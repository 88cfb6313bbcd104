"""What somebody who mistyped a name probably meant."""

from __future__ import annotations

import difflib
from collections.abc import Iterable, Mapping


def nearest(given: str, known: Iterable[str] | Mapping[str, str], most: int = 1) -> str:
    """``; the nearest is 'isis'``, to end a message with; nothing when no known name is like the one given.

    Where `known` is a mapping, its keys are the spellings to compare with and its values what to write.

    >>> nearest("ISISS", ["isis", "hts"])
    "; the nearest is 'isis'"
    >>> nearest("dier-ez-zor", ["deir-ez-zor-city", "deir-ez-zor-governorate", "homs-governorate"], most=3)
    "; the nearest are 'deir-ez-zor-city', 'deir-ez-zor-governorate'"
    """
    meant = known if isinstance(known, Mapping) else {name: name for name in known}
    lowered = {name.lower(): meant[name] for name in meant}
    close = difflib.get_close_matches(given[:100].lower(), lowered, n=most, cutoff=0.4)
    near = list(dict.fromkeys(lowered[name] for name in close))
    if not near:
        return ""
    return f"; the nearest {'is' if len(near) == 1 else 'are'} {', '.join(map(repr, near))}"
