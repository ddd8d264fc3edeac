"""`kg load`."""

from __future__ import annotations

import click

from kg.cli.options import store_option, writing


@click.command(short_help="Bring claim files and RDF into a store.")
@click.argument("paths", metavar="PATH...", nargs=-1, required=True)
@store_option
def load(paths: tuple[str, ...], store: str | None) -> None:
    """Bring claim files and RDF (.ttl .trig .nt .nq .jsonld .rdf) into a store, one named graph a file.

    A folder stands for the claim files and RDF files in it. A file that was loaded before is replaced as a whole.
    Nothing is written if anything is wrong.

    \b
    kg load data/massage-low-back-pain
    kg load my-claims.yaml other.ttl --store work/store
    """
    with writing(store) as graph:
        loaded = graph.load(*paths)
        replaced = {entry.graph for entry in loaded.replaced}
        for problem in loaded.warnings:
            click.echo(f"warning: {problem}", err=True)
        for entry in loaded.entries:
            word = "replaced" if entry.graph in replaced else "loaded"
            click.echo(f"{word} {entry.path}: {entry.triples:,} triples in <{entry.graph}>", err=True)
        click.echo(f"{loaded.derived:,} shortcuts derived; the store is {graph.store.location}", err=True)
