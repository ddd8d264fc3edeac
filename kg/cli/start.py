"""`kg init` and `kg add`: claim files are begun and grow without an editor."""

from __future__ import annotations

import re
import shlex
import sys
from typing import TYPE_CHECKING, Any

import click

if TYPE_CHECKING:
    from kg.editing.add import ClaimFile
    from kg.editing.form import Blank

_ASKED_TOO = {
    "claim": ("about",),
    "source": ("date", "url", "text"),
    "assertion": ("source", "quote"),
}
"""Optional keys that a terminal asks for too; an empty answer is one."""
_OR_A_LIST = re.compile(r"(?:, one or a list|, or a list|\. One text, or a list)")
_TARGETS = ("supports", "opposes", "qualifies")


@click.command(short_help="Make a folder with an example claim file to write over.")
@click.argument("folder", metavar="DIR")
def init(folder: str) -> None:
    """Make a folder to start from: an example claim file, the text that it quotes, the schema for editors, a README.

    Nothing that is there is written over.

    \b
    kg init my-claims
    kg validate my-claims
    kg load my-claims
    """
    from pathlib import Path

    from kg.editing import begin

    for path in begin(Path(folder)):
        click.echo(f"made {path}", err=True)
    click.echo(f"next: kg load {shlex.quote(folder)} && kg list", err=True)


class _Kinds(click.Group):
    """The commands under `kg add`, one for each kind of record, made from the schema when they are asked for."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        from kg.editing.form import KINDS

        return list(KINDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        from kg.editing.form import KINDS

        return _command(cmd_name) if cmd_name in KINDS else None


@click.command(cls=_Kinds, short_help="Add a claim, a source, an assertion ... to a claim file.")
def add() -> None:
    """Add one record to a claim file; all else in the file stays as it is, comments and order too.

    On a terminal what is missing is asked for; in a script it is given by options. Nothing is written unless the file
    can then be read without a violation: an id that names nothing, a quote that is not in the text. The new id is
    printed. The file need not be named where there is only one in this folder.

    \b
    kg add claim my-claims
    kg add agent my-claims --name 'Night Rest Institute' --kind organisation
    kg add assertion my-claims --claim helps --agent night-rest-institute --stance doubts
    """


def _command(kind: str) -> click.Command:
    """Return the command that adds a record of `kind`."""
    from kg.editing.form import blanks

    record = f"{'an' if kind[0] in 'aeiou' else 'a'} {kind}"
    options = [_option(blank) for blank in blanks(kind)]
    if any(blank.is_passage for blank in blanks(kind)):
        options += [
            click.Option(["--prefix"], metavar="TEXT", help="The words right before it, if it occurs more than once."),
            click.Option(["--suffix"], metavar="TEXT", help="The words right after it, if it occurs more than once."),
        ]
    return click.Command(
        kind,
        callback=lambda **given: _add(kind, given),
        params=[
            click.Argument(["file"], metavar="[FILE]", default="."),
            *options,
            click.Option(["--id", "short_id"], metavar="ID", help="Its id.  [made from its words]"),
        ],
        help=f"Add {record} to a claim file, or to the only one in a folder.",
        short_help=f"Add {record}.",
    )


def _option(blank: Blank) -> click.Option:
    said = _OR_A_LIST.sub("", blank.description).rstrip(".")
    many = "; can be given again" if blank.is_list else ""
    must = "  [required]" if blank.is_required else ""
    return click.Option(
        [f"--{blank.key}", f"key_{blank.key.replace('-', '_')}"],
        type=click.Choice(blank.choices) if blank.choices else None,
        metavar=None if blank.choices else "ID" if blank.kinds else "TEXT",
        multiple=blank.is_list,
        help=f"{said}{many}.{must}",
    )


def _add(kind: str, given: dict[str, Any]) -> None:
    from pathlib import Path

    from kg.editing.add import ClaimFile
    from kg.editing.form import blanks

    file = ClaimFile(Path(given["file"]))
    keys = {blank.key: given[f"key_{blank.key.replace('-', '_')}"] for blank in blanks(kind)}
    values = {key: list(value) if isinstance(value, tuple) else value for key, value in keys.items() if value}
    short_id = given["short_id"]
    if missing := _missing(kind, values):
        if not sys.stdin.isatty():
            raise click.UsageError(f"kg add {kind} needs {' and '.join(missing)}; on a terminal it asks")
        values |= _asked(file, kind, values)
        short_id = short_id or click.prompt("id", default=file.proposed_id(kind, values), err=True)
    added = file.add(kind, _with_context(kind, values, given), short_id)
    for warning in added.warnings:
        click.echo(f"warning: {warning}", err=True)
    click.echo(f"added {kind} {added.id} to {added.path}:{added.line}", err=True)
    click.echo(added.id)


def _missing(kind: str, values: dict[str, Any]) -> list[str]:
    """Return the options that must be given and are not."""
    from kg.editing.form import blanks

    missing = [f"--{blank.key}" for blank in blanks(kind) if blank.is_required and blank.key not in values]
    if kind == "argument" and not any(key in values for key in _TARGETS):
        missing.append(f"one of {', '.join(f'--{key}' for key in _TARGETS)}")
    return missing


def _asked(file: ClaimFile, kind: str, values: dict[str, Any]) -> dict[str, Any]:
    """Return what a person answers for the blanks that are still empty."""
    from kg.editing.form import blanks

    answers = {}
    too = [key for key in _ASKED_TOO.get(kind, ()) if (key, file.has_document) != ("source", True)]
    for blank in blanks(kind):
        if blank.key not in values and (blank.is_required or blank.key in too):
            answers[blank.key] = _answer(file, blank)
    if kind == "argument" and not any(key in values for key in _TARGETS):
        target = click.prompt("what it does", type=click.Choice(_TARGETS), err=True)
        answers[target] = _answer(file, next(blank for blank in blanks(kind) if blank.key == target), must=True)
    return {key: answer for key, answer in answers.items() if answer}


def _answer(file: ClaimFile, blank: Blank, must: bool = False) -> Any:
    """Ask for one value until it can stand there; ids of a list are answered with spaces between them."""

    def checked(answer: str) -> Any:
        ids = answer.split() if blank.is_list and blank.kinds else [answer.strip()]
        for short_id in ids if blank.kinds else ():
            if why := file.missing(short_id, blank.kinds):
                raise click.BadParameter(why)
        return ids if blank.is_list and blank.kinds else ids[0]

    said = _OR_A_LIST.sub("", blank.description).rstrip(".")
    if blank.choices:
        return click.prompt(f"{blank.key} ({said})", type=click.Choice(blank.choices), err=True)
    default = None if blank.is_required or must else ""
    return click.prompt(f"{blank.key} ({said})", value_proc=checked, default=default, show_default=False, err=True)


def _with_context(kind: str, values: dict[str, Any], given: dict[str, Any]) -> dict[str, Any]:
    """Return `values` with the words around a quote, where they are given."""
    from kg.editing.form import blanks

    around = {key: given[key] for key in ("prefix", "suffix") if given.get(key)}
    passage = next((blank.key for blank in blanks(kind) if blank.is_passage and blank.key in values), None)
    if not around:
        return values
    if passage is None or (not isinstance(quote := values[passage], str) and len(quote) != 1):
        raise click.UsageError("--prefix and --suffix go with one quote")
    exact = quote if isinstance(quote, str) else quote[0]
    return values | {passage: {"exact": exact, **around}}
