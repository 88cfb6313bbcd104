"""The command line ``snhr-kg``: arguments and exit codes only; each command is a few calls into other rooms."""

from __future__ import annotations

import errno
import os
import sys
from importlib import import_module
from keyword import iskeyword
from pathlib import Path
from typing import Any, Final

import click

from snhr_kg.errors import SnhrKgError

COMMANDS: Final = {
    "build": ("make", "Build the dataset files and the charts from the tables."),
    "validate": ("make", "Check the tables and the graph made from them, writing nothing."),
    "verify": ("make", "Find every figure and account for every number in the report's text."),
    "new-report": ("make", "Start a folder of tables for another report."),
    "import": ("importing", "Turn a published table into figures or incidents with this dataset's dimensions."),
    "load": ("loading", "Load RDF files of any size into a store on disk."),
    "checks": ("ask", "List the answers to the consistency questions."),
    "figures": ("ask", "List figures, filtered by any dimension."),
    "compare": ("comparing", "Print what several sources count, side by side, with why they may differ."),
    "reconcile": (
        "reconciling",
        "Add our code, label and score to each row of a CSV file whose names may mean one of our concepts.",
    ),
    "query": ("ask", "Run a SPARQL query."),
    "export": ("ask", "Write the dataset, or some of its graphs, in another format."),
    "cite": ("sources", "Say how to cite a figure, a source, or, with neither, every source."),
    "push": ("push", "Load the dataset into a SPARQL 1.1 store."),
    "publish": ("publishing", "Write the whole site as files, for a host without a server."),
    "serve": ("serving", "Serve the pages, the SPARQL endpoint, the API and the dataset files over HTTP."),
}
"""Each command's module and short help; the modules are imported when their command runs."""

EPILOG: Final = """\b
Exit codes:
  0  all is well
  1  the data does not conform, or the verification failed
  2  the input cannot be used

\b
Examples:
  snhr-kg serve
  snhr-kg figures --violation-type torture --inside
  snhr-kg query 'SELECT (COUNT(*) AS ?n) { ?s a <https://w3id.org/snhr-kg/ontology#Figure> }'
  snhr-kg verify report.txt
"""


graph_option = click.option(
    "--graph",
    "folder",
    type=click.Path(file_okay=False, path_type=Path),
    help="Folder that snhr-kg build wrote; the graph that ships with the package unless given.",
)


class LazyGroup(click.Group):
    """A group that imports a command's module only when it is called, and ends in an exit code, never a traceback."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        """The names of all commands, in the order of `COMMANDS`."""
        return list(COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        """The command of that name, or None."""
        if cmd_name not in COMMANDS:
            return None
        module = import_module(f"snhr_kg.cli.{COMMANDS[cmd_name][0]}")
        name = cmd_name.replace("-", "_")
        command: click.Command = getattr(module, f"{name}_" if iskeyword(name) else name)
        return command

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """The list of commands in the help, without importing any."""
        with formatter.section("Commands"):
            formatter.write_dl([(name, help_text) for name, (_, help_text) in COMMANDS.items()])

    def invoke(self, ctx: click.Context) -> Any:
        """Run the command; an error of ours, or of a file, becomes its message and its exit code."""
        try:
            return super().invoke(ctx)
        except SnhrKgError as error:
            say(str(error), error=True)
            ctx.exit(error.exit_code)
        except OSError as error:
            if error.errno == errno.EPIPE:  # whoever read the output has gone: click ends without a word
                raise
            say(": ".join(str(part) for part in (error.filename, error.strerror or error) if part), error=True)
            ctx.exit(SnhrKgError.exit_code)


@click.group("snhr-kg", cls=LazyGroup, epilog=EPILOG, context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(package_name="snhr-kg")
def main() -> None:
    """A knowledge graph of SNHR's report of 15 March 2020: build it, check it, ask it, serve it."""


def say(message: str, *, error: bool = False) -> None:
    """A message on standard error, red for errors where that is a terminal and NO_COLOR is not set."""
    coloured = error and sys.stderr.isatty() and not os.environ.get("NO_COLOR")
    click.echo(click.style(message, fg="red") if coloured else message, err=True, color=coloured)


class Progress:
    """Shows the step at work on standard error, on a terminal only, and wipes it at the end."""

    def __init__(self) -> None:
        self._shown = sys.stderr.isatty()

    def __call__(self, step: str) -> None:
        """Show this step instead of the one before."""
        if self._shown:
            click.echo(f"\r\x1b[K{step} …", nl=False, err=True, color=True)

    def __enter__(self) -> Progress:
        return self

    def __exit__(self, *_: object) -> None:
        if self._shown:
            click.echo("\r\x1b[K", nl=False, err=True, color=True)
