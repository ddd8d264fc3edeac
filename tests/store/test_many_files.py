"""A store of many files: what is shown of a claim does not depend on how many files there are beside its own."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

import kg
from kg.arguments.evaluator import Evaluator
from tests.conftest import SEED

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from kg.graph import KnowledgeGraph

VIEWS: dict[str, Callable[[KnowledgeGraph], object]] = {
    "show": lambda graph: graph.show("relieves"),
    "page": lambda graph: str(graph.view("relieves")),
    "full page": lambda graph: str(graph.view("relieves", full=True)),
    "graph": lambda graph: str(graph.view("relieves", kind="graph")),
    "matrix": lambda graph: str(graph.view(kind="matrix")),
    "timeline": lambda graph: str(graph.view("relieves", kind="timeline")),
    "explanation": lambda graph: str(graph.explain("relieves")),
    "standing": lambda graph: graph.standing("relieves"),
    "search": lambda graph: [hit._replace(score=0) for hit in graph.search("sciatica")],
    "network": lambda graph: sorted(graph.to_networkx("relieves").edges(data="relation")),
    "questions": lambda graph: [
        [*graph.query(name, {"claim": "relieves"})]
        for name in ("counterclaims-to-claim", "limits-of-claim", "evidence-for-claim", "what-carries-this-claim")
    ],
    "topic as RDF": lambda graph: graph.export(topic="massage"),
    "agent": lambda graph: [*graph.query("counterclaims-to-agent", {"agent": "amta"})],
}
"""Everything that shows one claim or one agent."""


@pytest.fixture(scope="module", params=["ten files", "a triple in two files"])
def among_others(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[KnowledgeGraph]:
    """The seed dataset beside files of the same dataset that say nothing of its claims."""
    folder = tmp_path_factory.mktemp("others") / "massage-low-back-pain"
    folder.mkdir()
    for number in range(10 if request.param == "ten files" else 2):
        shared = 0 if request.param == "a triple in two files" else number
        (folder / f"other-{number}.nt").write_text(f"<https://e.org/{shared}> <https://e.org/p> <https://e.org/o> .\n")
    with kg.open(folder.with_name("store")) as graph:
        graph.load(SEED, folder)
        Evaluator(graph.store).write()
        yield graph


@pytest.mark.parametrize("name", VIEWS)
def test_what_is_shown_of_a_claim_does_not_depend_on_other_files(
    seed: KnowledgeGraph, among_others: KnowledgeGraph, name: str
) -> None:
    assert VIEWS[name](among_others) == VIEWS[name](seed)


def test_citations_do_not_depend_on_other_files(
    seed: KnowledgeGraph, among_others: KnowledgeGraph, tmp_path: Path
) -> None:
    for graph, file in ((seed, "alone.bib"), (among_others, "among.bib")):
        graph.export(tmp_path / file)
    assert (tmp_path / "among.bib").read_bytes() == (tmp_path / "alone.bib").read_bytes()
