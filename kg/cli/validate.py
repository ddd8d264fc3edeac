"""`kg validate`: problems of files or of a store, with line and exit code, for people and for CI."""

from __future__ import annotations

import sys

import click

from kg.cli.options import output_option, put_out, reading, store_option


@click.command(short_help="Check shapes, quotes, arguments and coverage.")
@click.argument("paths", metavar="[PATH...]", nargs=-1)
@store_option
@click.option(
    "--format", "form", type=click.Choice(["text", "json", "sarif", "ttl"]), default="text", show_default=True
)
@click.option("--strict", is_flag=True, help="Let warnings fail too.")
@output_option
def validate(paths: tuple[str, ...], store: str | None, form: str, strict: bool, output: str | None) -> None:
    """Check files, or what a store holds: shapes (SHACL), quotes, arguments, and how much of each text is covered.

    Exit status: 0 no violations, 1 violations (with --strict: or warnings), 3 a file cannot be read.

    \b
    kg validate data/massage-low-back-pain
    kg validate claims.yaml --format sarif -o report.sarif
    """
    import kg
    from kg.validate import render

    with kg.open() if paths else reading(store, ()) as graph:
        report = graph.validate(*paths)
    put_out(render(report, form), output)
    sys.exit(report.exit_code(strict=strict))
