"""Command line: it reads options, calls the library, and turns answers into output and errors into sentences.

Data goes to standard output, words to standard error.  Nothing heavy is imported before a command runs.
"""

from __future__ import annotations

import os
import sys

import click

from kg.cli.query import list_, query, questions, search, sources
from kg.cli.standing import explain, standing, what_if
from kg.cli.start import add, init
from kg.cli.store import backup, drop, load, map_command, restore, stats, validate, verify
from kg.cli.view import export, show, view
from kg.errors import KgError, UnreadableError
from kg.version import __version__

INTERNAL_ERROR = 70
"""Exit status for a fault of `kg` itself (EX_SOFTWARE of sysexits.h)."""
INTERRUPTED = 130


@click.group(context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100})
@click.option("--debug", is_flag=True, help="Show the traceback of an error.")
@click.version_option(__version__, prog_name="kg")
def cli(debug: bool) -> None:
    """Health claims, who makes them, on what evidence, and what answers them.

    \b
    kg load data/massage-low-back-pain
    kg query counterclaims-to-agent -p agent=amta
    kg view relieves -o page.html
    kg export -o claims.ttl

    It says who says what; it gives no medical advice.
    """


for command in (
    init, add, load, map_command, validate, search, list_, query, questions, show, view, export,
    standing, explain, what_if,
    sources,
    drop, stats, verify, backup, restore,
):  # fmt: skip
    cli.add_command(command)


def _give_up_output() -> None:
    """Send standard output to nowhere, also what Python still holds at its end."""
    os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())


def main() -> None:
    """Run the command line; every error ends here, as one sentence and an exit status (docs/exit-codes.md)."""
    debug = "--debug" in sys.argv[1:2]
    try:
        status = cli.main(prog_name="kg", standalone_mode=False)
        sys.stdout.flush()
    except click.exceptions.Abort:
        click.echo("kg: interrupted", err=True)
        status = INTERRUPTED
    except click.ClickException as error:
        error.show()
        status = error.exit_code
    except KgError as error:
        if debug:
            raise
        click.echo(f"kg: {error}" if "\n" not in str(error) else str(error), err=True)
        status = error.exit_code
    except BrokenPipeError:  # `| head`: whoever read has enough, and that is no error
        _give_up_output()
        status = 0
    except SystemExit as leaving:
        # Click makes status 1 of a closed pipe, and wraps what is left of the output.
        closed = type(sys.stdout).__name__.endswith("PacifyFlushWrapper")
        status = 0 if closed else int(leaving.code or 0)
    except OSError as error:
        if debug:
            raise
        _give_up_output()
        click.echo(f"kg: the output cannot be written: {error.strerror or error}", err=True)
        status = UnreadableError.exit_code
    except Exception as error:
        if debug:
            raise
        name = type(error).__name__
        click.echo(f"kg: this is a fault of kg itself ({name}: {error}); kg --debug ... shows where", err=True)
        status = INTERNAL_ERROR
    sys.exit(status if isinstance(status, int) else 0)
