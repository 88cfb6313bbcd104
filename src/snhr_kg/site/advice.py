"""What each kind of problem is called, and what to do about it."""

from __future__ import annotations

import re
from typing import Final

ADVICE: Final[dict[str, tuple[str, str]]] = {
    "bad-parameter": ("A parameter cannot be used", "The detail says which parameters there are and what they take."),
    "bad-query": ("The query cannot be run", "The detail says what is wrong and where, by line and column."),
    "bad-request": ("The request breaks the protocol", "The detail says what is missing, or there too often."),
    "batch-too-large": ("The batch is too large", "Send it in parts: the detail says how many are answered at a time."),
    "caller-left": ("The client hung up", "Its query was stopped; nobody waits for this answer."),
    "engine-failed": (
        "The query ended its worker process",
        "Write it more simply: fewer nested groups, shorter chains of operators. The server goes on.",
    ),
    "engine-unavailable": ("Nothing can answer at the moment", "Ask again after the seconds that Retry-After names."),
    "graph-error": ("The graph cannot be read", "Build it again on the server."),
    "internal-server-error": ("The server failed", "This is our fault, not the query's; please report it."),
    "memory-limit": (
        "The query needed more memory than it may take",
        "Sort, group and join less: narrow the patterns first, or load the files into a store of your own.",
    ),
    "method-not-allowed": (
        "This method is not allowed here",
        "The Allow header lists the methods that are. Nothing can be written: the graph is read-only.",
    ),
    "not-acceptable": ("None of the accepted types can be served", "Accept one of the types that the detail lists."),
    "not-found": ("There is nothing here", "Start from the front page."),
    "overloaded": (
        "Too many queries are waiting",
        "The query was not begun. Ask again after the seconds that Retry-After names.",
    ),
    "query-refused": ("The query is refused", "The graph is read-only, and it asks no other endpoint for a client."),
    "query-timeout": (
        "The query ran longer than it may",
        "Narrow the patterns, avoid paths without a bound, ask for one graph; or load the files into your own store.",
    ),
    "query-too-long": (
        "The query is too long",
        "Shorten it: long lists of VALUES can be asked for in several queries.",
    ),
    "request-entity-too-large": ("The request is too long", "Shorten the query."),
    "request-header-fields-too-large": ("The request's headers are too long", "Send fewer or shorter headers."),
    "request-timeout": ("The request came too slowly", "Send it again, all at once."),
    "request-uri-too-long": (
        "The address is too long",
        "Send the query by POST, as a form or as the body: there it may be longer.",
    ),
    "result-too-large": (
        "The answer is larger than may be sent",
        "Add a LIMIT and page with OFFSET, ask for fewer variables, or take the files.",
    ),
    "store-cut": (
        "The store behind cut its answer",
        "Nothing of a part is sent. Ask for less: add a LIMIT and page with OFFSET.",
    ),
    "store-denied": ("The store behind refuses this endpoint", "The operator has to look at its credentials."),
    "store-failed": ("The store behind failed", "Ask again later, or more simply: its own words are in the detail."),
    "store-timeout": ("The store behind answered too late", "Ask for less, or again later."),
    "store-unreachable": ("The store behind cannot be reached", "Ask again later; nothing is wrong with the request."),
    "too-many-requests": (
        "Too many queries of one client at once",
        "Wait for answers before asking more, or at least for the seconds that Retry-After names.",
    ),
    "unknown-code": ("There is no such code", "The detail names the nearest; /api/openapi.json lists all of them."),
    "unknown-resource": ("There is no such resource", "The detail names what there is."),
    "unsupported-body": (
        "The body's media type is not read",
        "Send application/x-www-form-urlencoded or application/sparql-query, in UTF-8.",
    ),
}
"""Title and advice of each kind of problem, by the last part of its type IRI."""


def kind_of(name: str) -> str:
    """The last part of the IRI of a problem's kind: ``BadQuery``, ``Not Found`` → ``bad-query``, ``not-found``."""
    return re.sub(r"(?<=[a-z])(?=[A-Z])|\W+", "-", name).lower()
