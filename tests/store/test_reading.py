"""Number of quads and rows that a command about one node reads: the same in a small store and in a large one."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

import kg
from kg.pages.base.choice import choose
from kg.pages.options import ChoiceOptions
from kg.store.local.oxigraph import EmbeddedStore
from tests.support.generated import beside_seed

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from kg.graph import KnowledgeGraph

CLAIM = "massage-low-back-pain:relieves"
TOPIC = "massage-low-back-pain:massage"
COMMANDS: dict[str, Callable[[KnowledgeGraph], object]] = {
    "show": lambda graph: graph.show(CLAIM),
    "explain": lambda graph: str(graph.explain(CLAIM)),
    "standing": lambda graph: graph.standing(CLAIM),
    "what-if": lambda graph: graph.what_if(CLAIM, without=["massage-low-back-pain:amta"]),
    "search": lambda graph: graph.search("sciatica"),
    "a page of claims": lambda graph: graph.list("claims", limit=20, after=CLAIM),
    "a page of arguments": lambda graph: graph.list("arguments", limit=20),
    "the claims of a topic": lambda graph: choose(
        graph.store, None, ChoiceOptions(topic="massage-low-back-pain:massage")
    ),
    "an id with a mistake": lambda graph: graph.claims_called("relievs"),
}


@pytest.fixture(scope="module")
def small_and_large(tmp_path_factory: pytest.TempPathFactory) -> tuple[KnowledgeGraph, KnowledgeGraph]:
    """The seed dataset beside 60 generated claims, and beside 600; in as many files."""
    few, many = (beside_seed(tmp_path_factory.mktemp("data"), claims) for claims in (60, 600))
    return few, many


@pytest.mark.parametrize("name", COMMANDS)
def test_what_is_read_for_one_node_does_not_grow_with_the_store(
    small_and_large: tuple[KnowledgeGraph, KnowledgeGraph], monkeypatch: pytest.MonkeyPatch, name: str
) -> None:
    read = 0

    def counting(function: Callable[..., Any]) -> Callable[..., Iterator[object]]:
        def counted(*given: object, **named: object) -> Iterator[object]:
            nonlocal read
            for each in function(*given, **named):
                read += 1
                yield each

        return counted

    monkeypatch.setattr(EmbeddedStore, "_matching", counting(EmbeddedStore._matching))
    monkeypatch.setattr(EmbeddedStore, "quads", counting(EmbeddedStore.quads))
    for asked in ("select", "construct"):
        read_all = counting(getattr(EmbeddedStore, asked))
        monkeypatch.setattr(EmbeddedStore, asked, lambda *given, _all=read_all, **named: [*_all(*given, **named)])
    counts = []
    for graph in small_and_large:
        cold = kg.open()
        cold.store = graph.store
        read = 0
        COMMANDS[name](cold)
        counts.append(read)
    assert counts[0] > 0
    assert counts[1] <= counts[0] * 1.1, "ten times the claims, and no more read"
