"""A decision on two claims, or two sources, is written into the decision file of a folder, as a line of its own."""

from __future__ import annotations

import datetime
import getpass
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

from kg.editing.insert import inserted
from kg.errors import DataError, NotFoundError, UnreadableError, UsageError
from kg.files import atomic_change, read_bytes
from kg.model.decisions import SETTLED, decided
from kg.namespaces import dataset_curie
from kg.readers import claim_files
from kg.readers.claim_files.decisions import MARK, NAME
from kg.readers.claim_files.index import Index, beside
from kg.readers.claim_files.yaml import parse
from kg.readers.suggestions import listed
from kg.store.resolve import named
from kg.store.terms import hc

if TYPE_CHECKING:
    from kg.readers.claim_files.index import Folder
    from kg.store import Store
    from kg.store.terms import IRI

_BEGINNING = f"""# What people decided. To undo a decision, delete its line and load this file again.
{MARK}: 1
"""
_MARK = "\N{BYTE ORDER MARK}"


class Decided(NamedTuple):
    """Decision that was written, and its place."""

    path: Path
    line: int
    ids: tuple[str, str]
    """The two, as they are named in the file."""


def decide(
    store: Store,
    section: str,
    verdict: str,
    pair: tuple[str, str],
    *,
    by: str = "",
    why: str = "",
    to: Path | None = None,
) -> Decided:
    """Write that two claims or sources of `store` are the same, different, or superseded: the first by the second.

    `section` and `verdict` are words of `kg.readers.claim_files.decisions.VERDICTS`.  The file is decisions.yaml in the
    folder `to`, or in the one that both come from; the rest of it stays as it is.  Whoever runs this decides, unless
    `by` names somebody.

    Raises NotFoundError for an id that names no such thing, UsageError where the folder cannot be told or the pair is
    decided already, DataError if the file is not in order.
    """
    one, other = (_node(store, section, name) for name in pair)
    if one == other:
        raise UsageError(f"{pair[0]} and {pair[1]} are one id; a decision is on two")
    _refuse_again(store, one, other)
    folder = to or _folder(store, (one, other), pair)
    if not folder.is_dir():
        raise UsageError(f"{folder}: no such folder; name the one in which the decision is to be kept with --to FOLDER")
    path = folder / NAME
    seen = beside(path, Index(folder))
    ids = (_id(one, seen), _id(other, seen))
    values = {verdict: list(ids), "who": by or _user(), "when": datetime.date.today().isoformat()}
    return Decided(path, _insert(path, section, values | ({"why": why} if why else {})), ids)


def _refuse_again(store: Store, one: IRI, other: IRI) -> None:
    """Raise UsageError if a file states already that two are the same, or different."""
    name = decided(store).get(frozenset((one.value, other.value)), "")
    if words := SETTLED.get(name):
        asked = f"GRAPH ?graph {{ VALUES (?a ?b) {{ ({one} {other}) ({other} {one}) }} ?a {hc(name)} ?b }}"
        found = {row["graph"].value for row in store.select(f"SELECT ?graph {{ {asked} }}")}
        files = sorted(record.path for record in store.graphs() if record.graph in found)
        pair = " and ".join(dataset_curie(node.value) for node in (one, other))
        stated = f"{pair} are stated to be {words} already, in {listed(files, 'and')}"
        raise UsageError(f"{stated}; to decide otherwise, take that out and load the file again")


def _node(store: Store, section: str, name: str) -> IRI:
    node, kind = named(store, name), section.removesuffix("s")
    if not store.select(f"SELECT ?class {{ VALUES ?class {{ {hc(kind.capitalize())} }} {node} a ?class }}"):
        raise NotFoundError(f"'{name}' is no {kind}; kg list {section} has them")
    return node


def _folder(store: Store, nodes: tuple[IRI, IRI], names: tuple[str, str]) -> Path:
    """Return the folder that both nodes come from; UsageError if there is none."""
    paths = {record.graph: Path(record.path).parent for record in store.graphs()}
    homes = []
    for node in nodes:
        rows = store.select(f"SELECT DISTINCT ?graph {{ GRAPH ?graph {{ {node} a ?class }} }}")
        homes.append({paths[row["graph"].value] for row in rows if row["graph"].value in paths})
    both = sorted(homes[0] & homes[1])
    if len(both) == 1:
        return both[0]
    stand = " and ".join(f"{name} in {min(home, default='no file')}" for name, home in zip(names, homes, strict=True))
    raise UsageError(f"{stand}: say with --to FOLDER in which folder the decision is to be kept")


def _id(node: IRI, folder: Folder) -> str:
    """Return what a file of the folder calls a node: its id there, else its CURIE, else its IRI."""
    own = node.value.removeprefix(folder.iri(""))
    if own != node.value and own in folder:
        return own
    curie = dataset_curie(node.value)
    return node.value if folder.missing(curie, ("claim", "source")) or "/" in curie else curie


def _user() -> str:
    try:
        return getpass.getuser()
    except (OSError, KeyError, ImportError) as error:
        raise UsageError("nobody knows who you are; say who decides with --by NAME") from error


def _insert(path: Path, section: str, values: dict[str, Any]) -> int:
    """Return the line of a new decision in the file, which is made if it is not there."""
    before = read_bytes(path) if path.exists() else b""
    whole = before.decode() if before.strip() else _BEGINNING
    document = parse(str(path), _plain(whole))
    if before:
        _refuse(path, _plain(whole))
    content = inserted(whole, document, section, "", values)
    wanted = {**document.value, section: [*(document.value.get(section) or []), values]}
    with suppress(UnreadableError):
        after = parse(str(path), _plain(content))
        if after.value == wanted:
            _refuse(path, _plain(content), is_new=True)
            atomic_change(path, before, content.encode())
            return after.place((section, len(wanted[section]) - 1)).line or 1
    raise UsageError(f"{path}: no line can be added to its {section}: as it is written; write a line for each, not [ ]")


def _plain(text: str) -> str:
    return text.removeprefix(_MARK).replace("\r\n", "\n").replace("\r", "\n")


def _refuse(path: Path, text: str, *, is_new: bool = False) -> None:
    problems = claim_files.read(path, text).problems
    # Its place is that of the line to be added, which is not in the file.
    for twice in (problem for problem in problems if is_new and problem.rule == "decided-twice"):
        raise UsageError(f"{path}: {twice.message.partition(';')[0]}; to decide otherwise, delete that line first")
    if violations := [problem for problem in problems if problem.severity == "violation"]:
        raise DataError(violations)
