"""Commands about pairs of claims: `kg claims …`."""

from __future__ import annotations

import click


@click.group(short_help="Say which claims are the same, and which are not.")
def claims() -> None:
    """Look at the claims of a store as a body: which are one, and which only look so."""
