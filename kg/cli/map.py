"""`kg map`: a mapping file to correct is quicker than one to write."""

from __future__ import annotations

import click


@click.command(name="map", short_help="Propose a mapping file for a table.")
@click.argument("path", metavar="FILE")
def map_command(path: str) -> None:
    """Propose a mapping file for a table, guessed from the names of its columns and what is in them.

    Look it over, above all the stance that each verdict word means; then try it out and load the table.

    \b
    kg map claims.csv > claims-mapping.yaml
    kg load claims.csv --mapping claims-mapping.yaml --dry-run
    kg load claims.csv --mapping claims-mapping.yaml
    """
    import kg

    click.echo(kg.KnowledgeGraph.propose_mapping(path), nl=False)
