"""Command line: it reads options, calls the library, and turns answers into output and errors into sentences.

Data goes to standard output, words to standard error.  Nothing heavy is imported before a command runs.
"""

from __future__ import annotations

import os
import sys
from contextlib import suppress
from typing import TextIO

import click

from kg.cli.claims import claims
from kg.cli.claims_duplicates import claim_duplicates
from kg.cli.query import list_, query, questions, search, sources
from kg.cli.standing import drift, explain, standing, what_if
from kg.cli.start import add, init
from kg.cli.store import backup, drop, load, map_command, restore, stats, unlock, validate, verify
from kg.cli.terminal import cleaned
from kg.cli.view import export, show, view
from kg.errors import KgError, UnreadableError, UsageError
from kg.version import __version__

INTERNAL_ERROR = 70
"""Exit status for a fault of `kg` itself (EX_SOFTWARE of sysexits.h)."""
INTERRUPTED = 130
_SHOWN = 40
"""Characters on either side of one that cannot be written that a message repeats."""


class _Sections(click.Group):
    """The commands of `kg`, in its help by what they are for."""

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        width = max(map(len, self.commands))
        for title, commands in _COMMANDS.items():
            rows = [(f"{command.name:{width}}", command.get_short_help_str(limit=80)) for command in commands]
            with formatter.section(title):
                formatter.write_dl(rows)


@click.group(cls=_Sections, context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100})
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


@click.command("help", short_help="Show what a command does.")
@click.argument("names", metavar="[COMMAND...]", nargs=-1)
@click.pass_context
def help_(context: click.Context, names: tuple[str, ...]) -> None:
    """Show what a command does and which options it has, as its --help does.

    \b
    kg help query
    kg help sources duplicates
    """
    from difflib import get_close_matches

    assert context.parent is not None
    inner, command = context.parent, context.parent.command
    for name in names:
        found = command.get_command(inner, name) if isinstance(command, click.Group) else None
        if found is None:
            there = command.list_commands(inner) if isinstance(command, click.Group) else []
            near = "".join(f"; did you mean '{each}'?" for each in get_close_matches(name, there, 1))
            raise UsageError(f"no command '{' '.join(names)}'{near or '; kg --help lists them'}")
        inner, command = click.Context(found, info_name=name, parent=inner), found
    click.echo(command.get_help(inner))


_INSTALL = {
    "bash": 'kg completion bash > ~/.kg-completion.bash; echo ". ~/.kg-completion.bash" >> ~/.bashrc',
    "zsh": 'kg completion zsh > ~/.kg-completion.zsh; echo ". ~/.kg-completion.zsh" >> ~/.zshrc',
    "fish": "kg completion fish > ~/.config/fish/completions/kg.fish",
}


@click.command(short_help="Print what completes commands and ids in a shell.")
@click.argument("shell", type=click.Choice(list(_INSTALL)))
def completion(shell: str) -> None:
    """Print the script by which a shell completes commands, options, ids of the store and names of questions.

    \b
    kg completion bash > ~/.kg-completion.bash; echo ". ~/.kg-completion.bash" >> ~/.bashrc
    kg completion zsh > ~/.kg-completion.zsh; echo ". ~/.kg-completion.zsh" >> ~/.zshrc
    kg completion fish > ~/.config/fish/completions/kg.fish
    """
    from click.shell_completion import get_completion_class

    made = get_completion_class(shell)
    assert made is not None
    group = click.get_current_context().find_root().command
    click.echo(made(group, {}, "kg", "_KG_COMPLETE").source())
    click.echo(f"kg: to install it: {_INSTALL[shell]}", err=True)


_COMMANDS: dict[str, tuple[click.Command, ...]] = {
    "Write claims and bring them in": (init, add, load, map_command, validate),
    "Ask": (show, search, list_, query, questions, claims, sources),
    "Weigh": (standing, explain, what_if, drift),
    "Draw and write out": (view, export),
    "Look after a store": (stats, drop, verify, backup, restore, unlock),
    "Help": (help_, completion),
}
claims.add_command(claim_duplicates)
for command in (each for commands in _COMMANDS.values() for each in commands):
    cli.add_command(command)


def _give_up_output() -> None:
    """Send standard output to nowhere, also what Python still holds at its end."""
    os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())


def _settle(stream: TextIO | None) -> None:
    """Write what a stream holds; where that fails (a closed pipe, a full disk), send it to nowhere."""
    if stream is None:
        return
    try:
        stream.flush()
    except (OSError, ValueError):
        with suppress(OSError, ValueError):
            os.dup2(os.open(os.devnull, os.O_WRONLY), stream.fileno())


def _say(sentence: str) -> None:
    with suppress(OSError):  # standard error may itself be closed or full
        click.echo(sentence, err=True)


def main() -> None:
    """Run the command line; every error ends here, as one sentence and an exit status (docs/exit-codes.md)."""
    with cleaned():
        status = _run(debug="--debug" in sys.argv[1:2])
    # What a stream still holds would be written at the end of Python, which makes a status of its own of a failure.
    _settle(sys.__stdout__)
    _settle(sys.__stderr__)
    sys.exit(status)


def _run(*, debug: bool) -> int:
    """Return the exit status of the command; errors are said, or with `debug` raised."""
    try:
        status = cli.main(prog_name="kg", standalone_mode=False)
        sys.stdout.flush()
    except click.exceptions.Abort:
        _say("kg: interrupted")
        return INTERRUPTED
    except click.ClickException as error:
        with suppress(OSError):
            error.show()
        return error.exit_code
    except BrokenPipeError:  # `| head`: whoever read has enough, and that is no error
        _give_up_output()
        return 0
    except SystemExit as leaving:
        # Click makes status 1 of a closed pipe, and wraps what is left of the output.
        closed = type(sys.stdout).__name__.endswith("PacifyFlushWrapper")
        return 0 if closed else int(leaving.code or 0)
    except Exception as error:
        if debug:
            raise
        sentence, status = _explained(error)
        if isinstance(error, OSError):
            _give_up_output()
        _say(sentence)
    return status if isinstance(status, int) else 0


def _explained(error: Exception) -> tuple[str, int]:
    """Return the sentence and the exit status of an error."""
    match error:
        case KgError():
            words = str(error)
            return words if "\n" in words else f"kg: {words}", error.exit_code
        case OSError(filename=None):
            return f"kg: the output cannot be written: {error.strerror or error}", UnreadableError.exit_code
        case OSError():
            return f"kg: {error.filename}: {error.strerror or error}", UnreadableError.exit_code
        case MemoryError():
            return "kg: there is not enough memory for this; ask for less, or load less at once", 3
        case UnicodeEncodeError():
            return _not_encoded(error)
    name = type(error).__name__
    return f"kg: this is a fault of kg itself ({name}: {error}); kg --debug ... shows where", INTERNAL_ERROR


def _not_encoded(error: UnicodeEncodeError) -> tuple[str, int]:
    """Return the sentence for what is no text: bytes that are not UTF-8, or half a character."""
    words = ascii(error.object[max(0, error.start - _SHOWN) : error.start + _SHOWN])
    is_typed = any(error.object[error.start] in word for word in sys.argv)
    status = UsageError.exit_code if is_typed else UnreadableError.exit_code
    return f"kg: {words} is not text: it has bytes that are not UTF-8, or half a character", status
