"""The page of what was measured, in markdown."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from statistics import median

from endpoint import questions, systems
from endpoint.grid import CLIENTS
from endpoint.measured import DIFFERENT, REPEATED, Cell, Measured, Start
from endpoint.wanted import ADDED, Verdict, verdicts

_ORDER = (
    *(systems.OURS, systems.HELLO, systems.OXIGRAPH, systems.OXIGRAPH_DISK),
    *(systems.VIRTUOSO, systems.RDFLIB),
)

_INTRO = """# How fast the endpoint answers

`make bench-serving` writes this page anew; [benchmarks/README.md](../benchmarks/README.md) says how it is made, and
[serving.json](../benchmarks/serving.json) holds the numbers. What a soak under hostile load showed stands in
[soak.md](soak.md), how long the steps of a build take in [results.md](../benchmarks/results.md)."""

_HOW_TO_READ = """## How to read it

- Every server holds the same triples in its default graph, on the same machine, and they are asked in turn, each for a
  few seconds, one load after the other. The load generator, wrk with one thread, shares the cores with them: it takes
  from half a core to a whole one at the highest rates, which flattens these.
- A cell is *requests a second · median · 99th percentile*, both in milliseconds. The best rate of a row is **bold**.
- *Repeated*: one query, again and again. *Ever-different*: a constant that is evaluated and excludes nothing, and in
  the larger graphs the figure asked about, is another in each request, so that no cache of answers helps; answers keep
  their size.
- Answers were compared before they were timed: rows and triples as sets, of the download the number of rows. A cell
  whose server answered differently says so. Errors are answers other than 2xx, broken connections and time-outs.
- A query of which one request takes more than a second, or those of all clients together more than ten, is not put
  under load; its cell says how long one takes.
- `hello` is the HTTP server of `snhr-kg serve`, with the same settings, answering with a constant body as long as our
  answer.
- Memory is the proportional set size of all processes of a server: what they share counts once.
- oxigraph's server has no limit on a query's time, memory or answer here; Virtuoso's bound of 10,000 rows, at which it
  cuts answers without a word, was raised for the download. `snhr-kg serve` ran with its usual limits, each query in a
  worker process that can be stopped."""


def page(measured: Measured) -> str:
    """The whole page."""
    judged = verdicts(measured)
    parts = [_INTRO, measured.machine, measured.remark, "## What was wanted", *_wishes(judged)]
    parts += ["## Start and memory", _starts_table(measured), _HOW_TO_READ]
    if measured.wrong:
        told = "Compared with the answers of the first server of each table, to the same query at the same time:"
        parts += ["## Wrong answers", told, "\n".join(f"- {one}" for one in measured.wrong)]
    parts += ["## Noise", _noise(measured)]
    for size, triples in sorted(measured.triples.items(), key=lambda item: item[1]):
        parts += [f"## {size[0].upper()}{size[1:]}: {triples:,} triples", *_size_tables(measured, size)]
    if measured.alone:
        parts += ["## The engine in process", _alone_table(measured)]
    parts += ["## Each wish in numbers", _verdict_table(judged)]
    return "\n\n".join(part.strip() for part in parts if part) + "\n"


def _wishes(judged: Sequence[Verdict]) -> Iterator[str]:
    """One line a wish: how many of its places meet it, and which do not."""
    by_wish: defaultdict[str, list[Verdict]] = defaultdict(list)
    for one in judged:
        by_wish[one.wish].append(one)
    rows = []
    for wish, all_of_it in by_wish.items():
        missed = [one for one in all_of_it if one.met is False]
        unknown = [one for one in all_of_it if one.met is None]
        word = "missed" if missed else "met" if len(unknown) < len(all_of_it) else "not measured"
        told = "; ".join(f"{one.where}: {one.found}" for one in missed) or all_of_it[0].found * (len(all_of_it) == 1)
        count = f"{len(all_of_it) - len(missed) - len(unknown)} of {len(all_of_it)}"
        rows.append([wish, f"**{word}**", count, f"{told}{_unmeasured(unknown)}"])
    yield table(["wanted", "", "met in", "where not (or what was found)"], rows)


def _unmeasured(unknown: Sequence[Verdict]) -> str:
    return f" ({len(unknown)} not measured)" if unknown else ""


def _verdict_table(judged: Iterable[Verdict]) -> str:
    words = {True: "met", False: "**missed**", None: "not measured"}
    return table(["wanted", "where", "found", ""], [[v.wish, v.where, v.found, words[v.met]] for v in judged])


def _starts_table(measured: Measured) -> str:
    heads = ["graph", "server", "loading, s", "start to first answer, s", "memory then, MiB", "most memory, MiB", ""]
    starts = sorted(measured.starts, key=lambda start: measured.triples[start.size])
    return table(heads, [_start_row(start) for start in starts], numbers=(2, 3, 4, 5))


def _start_row(start: Start) -> list[str]:
    def told(value: float | None, form: str) -> str:
        return "–" if value is None else format(value, form)

    times = [told(start.loading, ",.1f"), told(start.first_answer, ",.2f")]
    memory = [told(start.memory_first, ",.0f"), told(start.memory_most, ",.0f")]
    return [start.size, start.system, *times, *memory, start.note]


def _size_tables(measured: Measured, size: str) -> Iterator[str]:
    names = sorted(measured.systems(size), key=_ORDER.index)
    for clients in CLIENTS:
        rows = []
        for asked in questions.ALL:
            for kind in (REPEATED, DIFFERENT):
                cells = [measured.cell(size, asked.name, kind, clients, name) for name in names]
                rows.append([asked.title, kind, *_row(cells)])
        yield f"**{clients} clients**"
        yield table(["question", "asked", *names], rows, numbers=range(2, 2 + len(names)))


def _row(cells: Sequence[Cell | None]) -> list[str]:
    rates = [cell.rate for cell in cells if cell and cell.rate and cell.system != systems.HELLO]
    best = max(rates, default=None)
    return [_told(cell, best=bool(cell and cell.rate and cell.rate == best)) for cell in cells]


def _told(cell: Cell | None, *, best: bool = False) -> str:
    if cell is None:
        return ""
    if cell.rate is None:
        return cell.note
    rate = f"{cell.rate:,.0f}" if cell.rate >= 10 else f"{cell.rate:.1f}"
    text = f"{f'**{rate}**' if best else rate} · {_time(cell.p50)} · {_time(cell.p99)}"
    errors = f"{cell.errors:,} errors" if cell.errors else ""
    marks = "; ".join(filter(None, (errors, cell.note)))
    return f"{text} ({marks})" if marks else text


def _time(milliseconds: float | None) -> str:
    if milliseconds is None:
        return "–"
    return f"{milliseconds:.2f}" if milliseconds < 10 else f"{milliseconds:,.0f}"


def _alone_table(measured: Measured) -> str:
    lines = [
        "One process, one query after the other, each another one, with its answer written to bytes; on the real "
        "graph, while the servers were idle. Beside it the same over HTTP with one client."
    ]
    rows = []
    for asked in questions.ALL:
        alone = measured.alone.get(asked.name)
        cell = measured.cell("real graph", asked.name, DIFFERENT, 1, systems.OURS)
        if alone and cell and cell.p50 is not None:
            rows.append([asked.title, _time(alone["p50"]), _time(cell.p50), f"{cell.p50 - alone['p50']:+.2f}"])
    heads = ["question", "in process, ms", "over HTTP, ms", f"added, ms (wanted < {ADDED:.0f})"]
    return "\n\n".join([*lines, table(heads, rows, numbers=(1, 2, 3))])


def _noise(measured: Measured) -> str:
    spreads = sorted(cell.spread for cell in measured.cells if cell.spread is not None)
    if not spreads:
        return "Each cell was run once: read a ratio below 1.5 as no difference."
    most = spreads[int(len(spreads) * 0.9)]
    return (
        "The cells of the real graph (but those of rdflib-endpoint) were run twice, minutes apart: the two rates "
        f"differed by {median(spreads):.0%} of their mean at the median, and in a tenth of the cells by {most:.0%} or "
        "more. The other sizes were run once: "
        "read a ratio below 1.5 as no difference. The p99 of a cell with few requests rests on one or two of them."
    )


def table(heads: Sequence[str], rows: Iterable[Sequence[str]], numbers: Iterable[int] = ()) -> str:
    """A markdown table; the columns of `numbers` are set to the right."""
    right = set(numbers)
    rule = ["---:" if index in right else "---" for index in range(len(heads))]
    return "\n".join(f"| {' | '.join(row)} |" for row in [heads, rule, *rows])
