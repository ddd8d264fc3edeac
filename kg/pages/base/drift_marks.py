"""Drifts as a page tells them: what became of a statement on its way, as stated and as the data show it, each once."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from kg.drift import drifts
from kg.model.labels import labels, unstated_label
from kg.store.terms import IRI, hc

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from kg.model.premises import Drift
    from kg.store import Store

TITLE = "What became of it on the way"
_WORDS = {
    "attribution changed": "ascribed to somebody else",
    "comparator dropped": "left out: compared with what",
    "context dropped": "left out: what it is about",
    "evidence kind changed": "told as another kind of evidence",
    "evidence overlooked": "overlooked: older evidence",
    "figure changed": "told as another figure",
    "figures merged": "mixed several figures",
    "hedge dropped": "left out: how sure it is",
    "population widened": "made broader: more people than were studied",
    "relation not said": "left out: a part in the study",
    "result left out": "left out: a later result",
    "said otherwise": "said otherwise where it comes from",
    "scope widened": "made broader: more than was studied",
    "time point dropped": "left out: when it was measured",
}
"""Kind of drift -> its words for a reader; a kind of the data's own keeps its name."""
_MOST_ORIGINS = 2


class DriftMark(NamedTuple):
    """Drift of one assertion, in words for a reader."""

    said: str
    """A few words: "left out: compared with what"; of one that goes by a lead "possibly …"."""
    reason: str
    origins: str
    """Nodes that it is compared with, by name; of many the first and how many more there are."""
    is_possible: bool


def drift_marks(store: Store, stated: Mapping[IRI, Sequence[Drift]]) -> dict[IRI, tuple[DriftMark, ...]]:
    """Return assertion -> its drifts, those of `stated` and those that the data show; without those that have none.

    A drift that is both is told once: in the words of the dataset, unless these go by a lead and the data show more.
    """
    found: dict[IRI, dict[str, DriftMark]] = {node: {} for node in stated}
    for each in drifts(store, {node.value for node in stated}):
        mark = _mark(each.kind_words, each.reason, _names(store, each.origins), each.is_possible)
        found[IRI(each.assertion)][each.kind_words] = mark
    for node, own in stated.items():
        for drift in own:
            shown = found[node].get(drift.kind)
            if shown and drift.is_possible and not shown.is_possible:
                continue  # its words are of a lead, and what the data show is none
            reason, origins = (shown.reason, shown.origins) if shown else ("", "")
            found[node][drift.kind] = _mark(
                drift.kind, drift.reason or reason, drift.origin or origins, drift.is_possible
            )
    return {node: tuple(sorted(marks.values(), key=_order)) for node, marks in found.items() if marks}


def _mark(kind: str, reason: str, origins: str, is_possible: bool) -> DriftMark:
    words = _WORDS.get(kind, kind)
    return DriftMark(f"possibly {words}" if is_possible else words, reason, origins, is_possible)


def _order(mark: DriftMark) -> tuple[bool, str]:
    return mark.is_possible, mark.said


def _names(store: Store, origins: Sequence[str]) -> str:
    """Return what is compared with by name, an assertion by what it says."""
    shown = [IRI(origin) for origin in origins[:_MOST_ORIGINS]]
    said = {quad.subject: quad.object for quad in store.about_many(shown) if quad.predicate == hc("asserts")}
    nodes = [claim if isinstance(claim := said.get(node), IRI) else node for node in shown]
    called = labels(store, nodes)
    names = dict.fromkeys(called.get(node) or unstated_label(node) for node in nodes)
    more = len(origins) - _MOST_ORIGINS
    return "; ".join([*names, *([f"and {more} more"] if more > 0 else [])])
