"""The error family: one root, an exit code and an HTTP status on each class."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass


class SnhrKgError(Exception):
    """Root of every error this package raises on purpose; anything else is a bug."""

    exit_code = 2
    http_status = 500


class ContentMissing(SnhrKgError):
    """A folder that ships with the package (ontology, data, shapes, queries, graph) was not found."""


@dataclass(frozen=True, slots=True, order=True)
class Fault:
    """One thing wrong in an input file: where it is, what is wrong, what to write instead."""

    file: str
    line: int
    column: str
    problem: str
    remedy: str

    def __str__(self) -> str:
        return f"{self.file}:{self.line}: {self.column}: {self.problem}; {self.remedy}"


class InputError(SnhrKgError):
    """Input that cannot be used; carries every fault found once, sorted by place."""

    def __init__(self, faults: Sequence[Fault]) -> None:
        self.faults = tuple(sorted(set(faults)))
        super().__init__("\n".join(map(str, self.faults)))


class TableError(InputError):
    """Wrong cells in the tables of a report folder."""


class CodeListError(InputError):
    """A code list that cannot be read or breaks its own rules."""


class ReportTextError(SnhrKgError):
    """The report's text cannot be read (missing file, not UTF-8, a PDF without the `pdf` extra)."""


class Inconsistent(SnhrKgError):
    """The OWL closure contains a contradiction; the message names rule, resource and classes."""

    exit_code = 1


class BrokenLinks(SnhrKgError):
    """Links of a published site lead nowhere."""

    exit_code = 1


class DoesNotConform(SnhrKgError):
    """The graph breaks a shape of severity Violation; the message lists the results."""

    exit_code = 1


class ShapesError(SnhrKgError):
    """The shapes themselves cannot be run."""


class QuestionError(SnhrKgError):
    """The header of a query of `queries/` cannot be read; the message names file and line."""


class GraphError(SnhrKgError):
    """A built graph that cannot be opened (missing, truncated, of another version)."""


class UnknownCode(SnhrKgError):
    """A filter names a code that is not in its code list; the message names the nearest."""

    http_status = 400


class BadParameter(SnhrKgError):
    """A parameter that is not known, is empty, or has a value that it cannot have; the message says what it takes."""

    http_status = 400


class UnknownResource(SnhrKgError):
    """No resource with that IRI; `nearest` are IRIs of such as there are that may be meant."""

    http_status = 404

    def __init__(self, message: str, nearest: Sequence[str] = ()) -> None:
        self.nearest = tuple(nearest)
        super().__init__(message)


class NotAcceptable(SnhrKgError):
    """None of the media types the client accepts can be served."""

    http_status = 406


class BadQuery(SnhrKgError):
    """The query does not parse; the message is the parser's own."""

    http_status = 400


class QueryTooLong(BadQuery):
    """The query's text is longer than is read; the message has both lengths."""

    http_status = 413


class BadRequest(SnhrKgError):
    """The request breaks the SPARQL 1.1 Protocol."""

    http_status = 400


class BatchTooLarge(SnhrKgError):
    """More queries or ids in one reconciliation request than are answered at a time; the message has both numbers."""

    http_status = 413


class UnsupportedBody(SnhrKgError):
    """The request body has a media type the endpoint does not read."""

    http_status = 415


class QueryRefused(SnhrKgError):
    """The query is well formed but not allowed here (SERVICE, update)."""

    http_status = 403


class QueryStopped(SnhrKgError):
    """A query that met a limit and was stopped: nothing of its answer is sent.

    `limit` names the limit, `value` and `unit` say where it is.
    """

    http_status = 503
    limit = ""
    unit = ""
    advice = "Ask for less: narrow the pattern, add a LIMIT, or load the dataset files into a store of your own."

    def __init__(self, value: float) -> None:
        self.value = value
        super().__init__(f"{self.limit}: the query was stopped at {value:g} {self.unit}. {self.advice}")


class QueryTimeout(QueryStopped):
    """The query ran longer than it may."""

    limit = "time limit"
    unit = "seconds"


class MemoryLimit(QueryStopped):
    """The query needed more memory than it may take."""

    limit = "memory limit"
    unit = "MiB"


class ResultTooLarge(QueryStopped):
    """The answer is larger than may be sent."""

    limit = "result size limit"
    unit = "MiB"


class EngineFailed(SnhrKgError):
    """The query made its worker process end (it nests too deep for the engine, say); the server goes on."""

    http_status = 503


class CallerLeft(SnhrKgError):
    """Who asked has hung up: what ran or waited for him was stopped, and nobody reads the answer."""

    http_status = 499


class TurnedAway(SnhrKgError):
    """The query was not begun; `retry_after` says in how many seconds it is worth asking again."""

    http_status = 503

    def __init__(self, message: str, retry_after: int) -> None:
        self.retry_after = retry_after
        super().__init__(message)


class Overloaded(TurnedAway):
    """Too many queries wait already."""


class TooManyRequests(TurnedAway):
    """One client has too many queries running or waiting."""

    http_status = 429


class EngineUnavailable(TurnedAway):
    """There is nothing that could answer at the moment: the graph is being opened again, or its store is gone."""


class StoreUnreachable(TurnedAway):
    """The store behind this endpoint does not answer: it is down, restarting, or refuses connections."""

    http_status = 502


class StoreTimeout(QueryTimeout):
    """The store behind this endpoint did not answer within the time limit."""

    http_status = 504


class StoreFailed(SnhrKgError):
    """The store behind this endpoint answered with an error of its own, or with what is no answer to a query."""

    http_status = 502


class StoreDenied(StoreFailed):
    """The store refuses the operator's credentials, which the message does not show."""


class StoreCut(StoreFailed):
    """The store left out a part of the answer and did not say so: nothing of it is sent."""


class PushFailed(SnhrKgError):
    """The dataset could not be put into the store; the message says what readers see now."""
