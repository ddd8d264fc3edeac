"""Commands by which people decide on pairs: `kg claims same`, `kg sources different`."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from kg.cli.options import ids_of, reading, reading_options
from kg.cli.query import sources

if TYPE_CHECKING:
    from pathlib import Path


@click.group(short_help="Say which claims are the same, and which are not.")
def claims() -> None:
    """Say of two claims that they are the same, or that they are not, although their words are.

    \b
    kg claims same relieves bob:good --why 'one is the German for the other'
    kg claims different ann:helps bob:good
    """


_SAID = {
    "same": "Write down that two {kind}s are the same.",
    "different": "Write down that two {kind}s are two, although {like}.",
    "superseded": "Write down that the first of two {kind}s is superseded by the second.",
}
_LIKE = {"claims": "their words are the same", "sources": "they share an identifier"}
_HELP = """{said}

The decision is a line of decisions.yaml, beside the claim files that both come from or in the folder --to: who decided,
when, and why. It holds once that file is loaded; to undo it, delete the line and load the file again. Nothing else in
the file is changed.

\b
kg {section} {verdict} {example}
kg {section} {verdict} {example} --by 'A. Reader' --why 'I compared them' --to my-claims
"""
_EXAMPLES = {"claims": "ann:helps bob:good", "sources": "ann:leaflet bob:blog"}


def _decision(section: str, verdict: str) -> click.Command:
    """Return the command that writes a decision of one kind."""
    kind = section.removesuffix("s")
    said = _SAID[verdict].format(kind=kind, like=_LIKE[section])

    @click.command(
        verdict,
        short_help=said,
        help=_HELP.format(said=said, section=section, verdict=verdict, example=_EXAMPLES[section]),
    )
    @click.argument("one", shell_complete=ids_of(section))
    @click.argument("other", shell_complete=ids_of(section))
    @reading_options
    @click.option("--why", metavar="TEXT", default="", help="The reason, in a sentence.")
    @click.option("--by", metavar="NAME", default="", help="Who decides.  [your name on this machine]")
    @click.option("--to", metavar="FOLDER", help="Where the decision is kept.  [the folder that both come from]")
    def command(
        one: str, other: str, store: str | None, data: tuple[str, ...], why: str, by: str, to: str | None
    ) -> None:
        import shlex
        from pathlib import Path

        from kg.editing.decide import decide

        with reading(store, data) as graph:
            made = decide(graph.store, section, verdict, (one, other), by=by, why=why, to=Path(to) if to else None)
        path = _short(made.path)
        click.echo(f"{path}:{made.line}: {made.ids[0]} and {made.ids[1]}: {verdict}", err=True)
        into = f" --store {shlex.quote(store)}" if store else ""
        click.echo(f"next: kg load {shlex.quote(path)}{into}", err=True)

    return command


def _short(path: Path) -> str:
    """Return a path as it is typed from here."""
    from pathlib import Path

    here = Path.cwd()
    return str(path.relative_to(here)) if path.is_relative_to(here) else str(path)


for _group, _verdicts in ((claims, ("same", "different")), (sources, ("same", "different", "superseded"))):
    for _verdict in _verdicts:
        _group.add_command(_decision(str(_group.name), _verdict))
