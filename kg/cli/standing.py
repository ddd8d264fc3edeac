"""`kg standing`, `kg explain` and `kg what-if`: how claims stand, why, and what would change it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import click

from kg.cli.options import (
    WIDE,
    draw,
    ids_of,
    on_terminal,
    output_option,
    put_out,
    reading,
    reading_options,
    safe_csv_option,
    writing,
    written,
)

if TYPE_CHECKING:
    from collections.abc import Callable
    from contextlib import AbstractContextManager

    from kg import Evaluator, KnowledgeGraph, Standing

SEMANTICS = ["quadratic-energy", "df-quad", "grounded", "euler"]
_COLUMNS = (
    "claim",
    "state",
    "for",
    "against",
    "doubt",
    "tier_for",
    "tier_against",
    "tier_doubt",
    "certainty",
    "rests_on",
    "weighing_matters",
    "doubts",
    "id",
    "words",
    "sentence",
    "remarks",
)


def _weighing_options(command: Callable[..., Any]) -> Callable[..., Any]:
    """Add `--policy` and `--semantics`."""
    policy = click.option(
        "--policy", metavar="FILE", help="Base scores: your own copy of ontology/policy/default.yaml."
    )
    semantics = click.option(
        "--semantics", type=click.Choice(SEMANTICS), default=SEMANTICS[0], show_default=True, help="How attacks weigh."
    )
    return policy(semantics(command))


@click.command(short_help="Say how claims stand: supported, contested, opposed, unsupported.")
@click.argument("claims", metavar="[CLAIM...]", nargs=-1, shell_complete=ids_of("claims"))
@reading_options
@click.option(
    "--topic", metavar="ID", shell_complete=ids_of("topics"), help="Only claims about this topic, or a narrower one."
)
@_weighing_options
@click.option("--as-of", metavar="DATE", help="Only what had been published by then, in the versions then current.")
@click.option("--write", is_flag=True, help="Store the standings of all claims as assessments, in place of older ones.")
@click.option("--against", metavar="STORE", help="Show what stands otherwise in this other store.")
@click.option("--format", "form", type=click.Choice(["table", "json", "csv"]), help="[a table on a terminal, else CSV]")
@safe_csv_option
@output_option
def standing(
    claims: tuple[str, ...],
    store: str | None,
    data: tuple[str, ...],
    topic: str | None,
    policy: str | None,
    semantics: str,
    as_of: str | None,
    write: bool,
    against: str | None,
    form: str | None,
    output: str | None,
) -> None:
    """Show what stands for each claim and against it, on what evidence, how certain that is, and what it rests on.

    A doubt (the evidence does not carry the claim) is a strength of its own, and never makes a claim contested.  It
    counts no votes: several lines from one study are one, and a crowd of opinions stays below one study.  It says
    what has been said and on what evidence, not what is so; docs/standing.md has the rules.

    \b
    kg standing relieves costs
    kg standing --topic massage --format json
    kg standing --write && kg query fragile-claims
    kg standing --against last-year/kg-store
    kg standing relieves --as-of 2011-12-31
    """
    from kg.display import counted

    with _opened(store, data, write, as_of) as graph:
        evaluator = graph.evaluator(policy, semantics, as_of)
        if write:
            count = evaluator.write()
            click.echo(f"wrote the standings of {counted(count, 'claim')} as assessments", err=True)
            if not (claims or topic or form or output):
                return
        if against:
            with reading(against, ()) as older:
                changes = evaluator.changes_since(older.evaluator(policy, semantics, as_of), claims, topic)
            put_out("".join(map(str, changes)) or "every claim stands as before\n", output)
            return
        found = evaluator.standings(claims, topic)
        form = form or ("table" if on_terminal(output) else "csv")
        put_out(_written(found, form, evaluator), output)


@click.command(short_help="Explain a standing: each line, and what it contributes.")
@click.argument("claim", shell_complete=ids_of("claims"))
@reading_options
@_weighing_options
@output_option
def explain(
    claim: str, store: str | None, data: tuple[str, ...], policy: str | None, semantics: str, output: str | None
) -> None:
    """Explain how a claim stands: what speaks for it, against it and doubts it, and what each line contributes.

    The figures of a line: its base score and strength; removal is what the side would lose without the line; Shapley
    is its fair share (exact up to 12 lines, above that sampled, with the error).

    \b
    kg explain relieves
    """
    import shutil

    with reading(store, data) as graph:
        evaluator = graph.evaluator(policy, semantics)
        width = min(shutil.get_terminal_size().columns, 110)
        put_out(evaluator.text(evaluator.explain(claim), width), output)


@click.command("what-if", short_help="Say how a claim would stand without something.")
@click.argument("claim", shell_complete=ids_of("claims"))
@reading_options
@click.option("--without", metavar="ID", multiple=True, help="Without this statement, argument, speaker or source.")
@click.option("--retract", metavar="SOURCE", multiple=True, help="If this source or study were retracted.")
@click.option("--ignore-interested", is_flag=True, help="Without the lines of parties with a stated interest.")
@_weighing_options
def what_if(
    claim: str,
    store: str | None,
    data: tuple[str, ...],
    without: tuple[str, ...],
    retract: tuple[str, ...],
    ignore_interested: bool,
    policy: str | None,
    semantics: str,
) -> None:
    """Show how a claim stands, and how it would stand; nothing is changed in the store.

    \b
    kg what-if relieves --retract cherkin-2011
    kg what-if relieves --without critics --without surgeons
    kg what-if relieves --ignore-interested
    """
    from kg.errors import UsageError

    if not (without or retract or ignore_interested):
        raise UsageError("say what if: --without ID, --retract SOURCE or --ignore-interested")
    with reading(store, data) as graph:
        evaluator = graph.evaluator(policy, semantics)
        changes = evaluator.what_if([claim], without=without, retract=retract, ignore_interested=ignore_interested)
        click.echo("".join(map(str, changes)), nl=False)


_DRIFT_COLUMNS = ("assertion", "kind", "from", "certainty", "reason", "stated")


@click.command(short_help="Say what changed on the way from a study to the sentence.")
@click.argument("name", metavar="[SOURCE|CLAIM]", required=False, shell_complete=ids_of("sources"))
@reading_options
@click.option("--format", "form", type=click.Choice(["table", "json", "csv"]), help="[a table on a terminal, else CSV]")
@safe_csv_option
@output_option
def drift(name: str | None, store: str | None, data: tuple[str, ...], form: str | None, output: str | None) -> None:
    """Show how sentences differ from what they go back to, as far as the data show it.

    It is about all assertions, or those in a source, of a claim or of a study.  A drift is certain where the assertion
    is traced, and possible where it goes by a lead.  `stated` says if the dataset states it, too.

    \b
    kg drift
    kg drift article
    kg drift third-better --format json
    """
    from kg.display import counted

    with reading(store, data) as graph:
        found = graph.drift_records(graph.drift(name))
    form = form or ("table" if on_terminal(output) else "csv")
    if form != "table":
        put_out(written(found, _DRIFT_COLUMNS, form), output)
        return
    rows = [
        (row["assertion"], f"{row['kind']} ({row['certainty']})", "\n".join(row["from"]), row["reason"])
        for row in found
    ]
    drawn = draw(("assertion", "kind", "from", "reason"), rows, show_lines=True, wide=WIDE)
    put_out(f"{drawn if rows else ''}{counted(len(rows), 'drift')}\n", output)


def _opened(
    store: str | None, data: tuple[str, ...], write: bool, as_of: str | None
) -> AbstractContextManager[KnowledgeGraph]:
    if not write:
        return reading(store, data)
    from kg.errors import UnreadableError, UsageError

    if data:
        raise UsageError("--write needs a store, and --data reads files; load them first (kg load)")
    if as_of is not None:
        raise UsageError("--write stores how claims stand today; leave out --as-of")
    graph = writing(store)
    if not graph.is_there(graph.location):
        raise UnreadableError(f"no store in {graph.location}; make one with: kg load PATH")
    return graph


def _written(found: list[Standing], form: str, evaluator: Evaluator) -> str:
    if form == "table":
        return _table(found, evaluator)
    records = evaluator.records(found)
    return written([_flat(record) for record in records] if form == "csv" else records, _COLUMNS, form)


def _flat(record: dict[str, Any]) -> dict[str, Any]:
    """Return a standing for a table of texts: the lists of ratings and of what the sides rest on as one text each."""
    ratings = [
        " to ".join(each["levels"]) + (f" ({each['year']})" if each["year"] else "") for each in record["certainty"]
    ]
    rests = [f"{side}: {', '.join(names)}" for side, names in record["rests_on"].items() if names]
    return {**record, "certainty": ratings, "rests_on": rests}


def _table(found: list[Standing], evaluator: Evaluator) -> str:
    from rich.text import Text

    from kg.display import counted

    rows = []
    for row in evaluator.records(found):
        standing = Text(row["sentence"])
        standing.append(f"\n{row['words']}", "dim")
        if row["flags"]:
            standing.append(f"\ninterests: {len(row['flags'])}", "dim")
        claim = Text.assemble(row["text"], "\n", (row["id"], "dim"))
        doubt = f"{row['doubt']:.3f}" if row["tier_doubt"] else ""
        limits = str(len(row["limits"]) or "")
        rows.append((claim, standing, f"{row['for']:.3f}", f"{row['against']:.3f}", doubt, limits))
    numbers = ("for", "against", "doubt", "limits")
    return (
        draw(("claim", "standing"), rows, numbers=numbers, show_lines=True, wide=WIDE)
        + f"{counted(len(found), 'claim')}\n"
    )
