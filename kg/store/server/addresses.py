"""Addresses of a SPARQL server: which are valid, what is known of each product's, and how messages show them."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple
from urllib.parse import urljoin, urlsplit

import httpx

from kg.errors import UsageError

if TYPE_CHECKING:
    from collections.abc import Mapping


class Addresses(NamedTuple):
    """Addresses of a server for queries, updates and graphs."""

    query: str
    update: str
    graphs: str | None
    """None where there is no Graph Store HTTP Protocol."""


def checked(location: str) -> str:
    """Return `location`; UsageError for what is not the address of a server, or has a password in it."""
    try:
        parts = urlsplit(location)
        host, _ = parts.hostname, parts.port
        httpx.URL(location)
    except (ValueError, httpx.InvalidURL) as error:
        raise UsageError(f"{location.partition('?')[0]}: not the address of a SPARQL server: {error}") from error
    if parts.username or parts.password:
        raise UsageError(
            f"{bare(location)}: an address with a password in it ends up in logs; set KG_STORE_USER and so on"
        )
    if not host or parts.fragment:
        raise UsageError(f"{shown(location)}: not the address of a SPARQL server, such as https://host/sparql")
    return location


def addresses(location: str, product: str, environment: Mapping[str, str]) -> Addresses:
    """Return where a server takes what: what the environment says, else what is known of the product."""
    update, graphs = location, None
    if product.startswith("Oxigraph"):
        update, graphs = urljoin(location, "update"), urljoin(location, "store")
    elif product.startswith("Virtuoso"):
        secured = "-auth" if environment.get("KG_STORE_USER") else ""
        update, graphs = urljoin(location, f"sparql{secured}"), urljoin(location, f"sparql-graph-crud{secured}")
    named = environment.get("KG_STORE_GRAPHS", graphs)
    return Addresses(location, environment.get("KG_STORE_UPDATE") or update, named or None)


def way_out(address: str) -> str:
    """Return what to try where nothing answers queries."""
    return f"; give the address for queries, such as {urljoin(address, '/query')} (Oxigraph) or /sparql (Virtuoso)"


def origin(address: str) -> tuple[str, str | None, int | None]:
    """Return scheme, host and port, within which credentials stay."""
    parts = urlsplit(address)
    return parts.scheme, parts.hostname, parts.port


def shown(address: str) -> str:
    """Return an address for messages: what follows `?` may be a token."""
    bare, question, _ = address.partition("#")[0].partition("?")
    return f"{bare}?…" if question else bare


def bare(address: str) -> str:
    """Return an address without user, password, query and fragment, for messages."""
    parts = urlsplit(address)
    port = f":{parts.port}" if parts.port else ""
    return f"{parts.scheme}://{parts.hostname or ''}{port}{parts.path}"
