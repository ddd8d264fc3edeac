"""Names of nodes: the same in every view, and one where the data have several languages."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

import kg
from kg.model.labels import NOT_NAMED
from tests.support.samples import NAMESPACE, claim, store_of

if TYPE_CHECKING:
    from pathlib import Path

_QUOTED = "".join(
    f":a hc:quote :a.quote{'' if number == 1 else f'-{number}'} ."
    f" :a.quote{'' if number == 1 else f'-{number}'} a oa:SpecificResource ; oa:hasSelector :w{number} ."
    f' :w{number} oa:exact "passage no. {number}" .\n'
    for number in range(1, 13)
)


def opened(folder: Path, turtle: str) -> kg.KnowledgeGraph:
    graph = kg.open(":memory:")
    graph.store = store_of(folder, claim("c", "Naps help.") + turtle)
    return graph


@pytest.mark.parametrize(
    ("agent", "called"),
    [("", NOT_NAMED), ("; hc:agent :nap-club . :nap-club a hc:Agent", "nap-club")],
    ids=["no agent", "an agent without a name"],
)
def test_who_is_not_named_is_called_the_same_in_every_view(tmp_path: Path, agent: str, called: str) -> None:
    graph = opened(tmp_path, f":a a hc:Assertion ; hc:asserts :c ; hc:stance hc:Denies {agent} .\n")
    claimed = NAMESPACE + "c"
    assert f"\n    {called} [" in graph.show(claimed)
    assert f"- {called} (denies): Naps help." in graph.explain(claimed).text
    assert [each.label for each in graph.list("assertions")] == [f"{called} denies Naps help."]
    assert [str(voice) for hit in graph.search("naps") for voice in hit.voices] == [f"{called}: denies"]
    for kind in ("page", "graph", "timeline"):
        page = str(graph.view(None if kind == "graph" else claimed, kind=kind))
        assert called.casefold() in page.casefold(), kind
    assert all(each.label == called for each in graph.list("agents"))


def test_the_quotes_of_one_assertion_keep_their_order(tmp_path: Path) -> None:
    graph = opened(tmp_path, ":a a hc:Assertion ; hc:asserts :c ; hc:stance hc:Affirms .\n" + _QUOTED)
    given = [f"passage no. {number}" for number in range(1, 13)]
    assert [quote.exact for quote in graph.claims[NAMESPACE + "c"].for_[0].quotes] == given
    for shown in (graph.show(NAMESPACE + "c"), str(graph.view(NAMESPACE + "c")), str(graph.view(kind="graph"))):
        places = [shown.index(words) for words in given[1:]]
        assert places == sorted(places)


NAPS = f"@prefix : <{NAMESPACE}> . @prefix hc: <https://w3id.org/health-claims/ontology#> . {claim('c', 'Naps help.')}"


def test_of_several_stances_a_list_shows_the_same_whatever_was_loaded_first(tmp_path: Path) -> None:
    said = ":a a hc:Assertion ; hc:asserts :c ; hc:stance hc:{} .\n"
    labels = []
    for order in (("Denies", "Affirms"), ("Affirms", "Denies")):
        graph = kg.open()
        for stance in order:
            file = tmp_path / f"{stance}.ttl"
            file.write_text(NAPS + said.format(stance), encoding="utf-8")
            graph.load(file)
        labels.append([each.label for each in graph.list("assertions")])
        assert labels[-1] == [each.label for each in graph.list("assertions", limit=5)]
    assert labels[0] == labels[1] == ["somebody not named affirms Naps help."]
