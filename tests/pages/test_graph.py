"""The graph before it is a page: its nodes and edges, tallies, texts and places."""

from __future__ import annotations

import hashlib
import json
from itertools import combinations
from pathlib import Path

import networkx as nx
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import kg.pages.graph.page
from kg.errors import NotFoundError, UsageError
from kg.model.cards import dispute as page_of
from kg.namespaces import PREFIXES
from kg.pages.graph import graph_page, layout, network
from kg.pages.graph.collapse import folded
from kg.pages.graph.layout import Box
from kg.pages.graph.network import neighbourhood
from kg.pages.graph.page_data import PageData
from kg.pages.graph.query_graph import constructed
from kg.pages.options import GraphOptions
from kg.store.terms import IRI
from tests.support.hash_seeds import outputs
from tests.support.samples import DISPUTE, argument, assertion, claim, node, store_of

ROOT = Path(__file__).parents[2]
VENDORED = ROOT / "kg" / "pages" / "graph" / "vis-network"
SEED = ROOT / "data" / "massage-low-back-pain"
SURGEONS = "the benefits are short term in relation to increase in function and pain relief"


def edges(graph: nx.MultiDiGraph) -> set[tuple[str, str, str]]:
    names = dict(graph.nodes(data="id"))
    return {(names[start], data["kind"], names[end]) for start, end, data in graph.edges(data=True)}


def iri(name: str) -> str:
    return node(name).value


def kinds(graph: nx.MultiDiGraph) -> dict[str, str]:
    return {data["id"]: data["kind"] for _, data in graph.nodes(data=True)}


@pytest.fixture
def dispute(tmp_path) -> nx.MultiDiGraph:
    return network(store_of(tmp_path, DISPUTE))


def test_an_affirmation_is_an_edge_from_who_says_it_to_the_claim(dispute):
    assert ("says-agent", "affirms", "c") in edges(dispute)
    assert "says" not in kinds(dispute)


def test_a_doubt_is_a_node_with_its_speaker_behind_it(dispute):
    assert kinds(dispute)["doubt"] == "statement"
    assert {("doubt-agent", "says", "doubt"), ("doubt", "doubts", "c")} <= edges(dispute)


def test_an_undercut_lands_on_the_argument_and_not_on_the_claim(dispute):
    assert kinds(dispute)["from-trial"] == "argument"
    assert {
        ("trial", "supports", "from-trial"),
        ("from-trial", "supports", "c"),
        ("setting", "undercuts", "from-trial"),
    } <= edges(dispute)
    assert ("setting", "undercuts", "c") not in edges(dispute)


def test_an_argument_that_nothing_answers_is_an_edge(dispute):
    assert "it-is-the-setting" not in kinds(dispute)


def test_an_argument_that_only_repeats_its_premise_s_doubt_is_not_drawn_twice(tmp_path):
    turtle = claim("c") + assertion("doubt", "c", "Doubts") + argument("again", "doubt", "Opposes", "c")
    graph = network(store_of(tmp_path, turtle))
    assert [kind for start, kind, end in edges(graph) if (start, end) == ("doubt", "c")] == ["doubts"]


def test_an_affirmation_that_something_answers_is_a_node(tmp_path):
    turtle = claim("c") + claim("d") + assertion("says", "c") + argument("undercut", "d", "Opposes", "says")
    graph = network(store_of(tmp_path, turtle))
    assert kinds(graph)["says"] == "statement"
    assert ("d", "undercuts", "says") in edges(graph)


def test_a_finding_as_premise_stands_at_its_study_with_its_figure(tmp_path):
    turtle = claim("c") + argument("g", "finding", "Supports", "c")
    turtle += ':study a hc:Study ; rdfs:label "a trial" ; hc:finding :finding .\n'
    turtle += ':finding a hc:Finding ; rdfs:label "less pain" ; hc:value -2.9 ; hc:unit "points" .\n'
    graph = network(store_of(tmp_path, turtle))
    assert ("study", "supports", "c") in edges(graph)
    notes = [data["note"] for _, _, data in graph.edges(data=True)]
    assert notes == ["less pain: \N{MINUS SIGN}2.9 points"]


def test_what_is_named_and_not_described_has_a_node_all_the_same(tmp_path):
    graph = network(store_of(tmp_path, claim("c") + assertion("says", "c", extra="; hc:source :lost-paper")))
    assert kinds(graph)["lost-paper"] == "source"


def test_the_seed_s_surgeons_have_their_words_on_their_edges(seed):
    graph = network(seed.store)
    surgeons = seed.store.resolve("surgeons").value
    said = [quote["text"] for _, _, data in graph.out_edges(surgeons, data=True) for quote in data["quotes"]]
    assert SURGEONS in said


def test_the_graph_is_plain_data(seed):
    graph = network(seed.store)
    again = json.loads(json.dumps(nx.node_link_data(graph)))
    assert nx.node_link_graph(again).number_of_edges() == graph.number_of_edges()


def test_the_order_of_the_triples_does_not_matter(seed):
    triples = seed.store.construct("CONSTRUCT { ?s ?p ?o } WHERE { ?s ?p ?o }")
    one, other = network(triples=triples), network(triples=reversed(triples))
    assert list(one.nodes(data=True)) == list(other.nodes(data=True))
    assert list(one.edges(data=True, keys=True)) == list(other.edges(data=True, keys=True))


def test_a_neighbourhood_is_what_bears_on_the_node_and_what_it_bears_on(tmp_path):
    store = store_of(tmp_path, DISPUTE + claim("far") + argument("g", "far", "Opposes", "setting"))
    near = set(kinds(network(store, iri("c"))))
    assert {"c", "trial", "setting", "doubt", "from-trial", "says-agent", "doubt-agent"} <= near
    assert "far" not in near
    assert "far" in kinds(network(store, iri("c"), 2))


def test_no_step_leads_on_from_a_source_or_an_agent(tmp_path):
    extra = "; hc:source :paper"
    turtle = claim("c") + claim("d") + assertion("one", "c", extra=extra) + assertion("two", "d", extra=extra)
    graph = network(store_of(tmp_path, turtle), iri("c"), 5)
    assert set(kinds(graph)) == {"c", "one-agent", "paper"}
    assert "d" in kinds(network(store_of(tmp_path, turtle), iri("paper")))


@pytest.mark.parametrize("name", ["from-trial", "says", "it-is-the-setting", "doubt"])
def test_a_neighbourhood_of_an_assertion_or_argument_is_that_of_its_ends(tmp_path, name):
    assert {"c", "trial"} & set(kinds(network(store_of(tmp_path, DISPUTE), iri(name))))


def test_an_unknown_id_is_not_found(tmp_path):
    store = store_of(tmp_path, DISPUTE)
    with pytest.raises(NotFoundError, match="no 'says-nothing'"):
        network(store, around="says-nothing")
    with pytest.raises(NotFoundError, match="no claim, source"):
        network(triples=[], around="https://example.org/nothing")


def test_a_picture_that_would_be_too_large_says_so(tmp_path, monkeypatch):
    monkeypatch.setattr(kg.pages.graph.page, "MOST", 3)
    with pytest.raises(UsageError, match="take fewer hops"):
        graph_page(store_of(tmp_path, DISPUTE), node("c"))
    with pytest.raises(UsageError, match="construct less"):
        graph_page(store_of(tmp_path, DISPUTE), options=GraphOptions(query="CONSTRUCT WHERE { ?s hc:asserts ?o }"))
    assert 'id="o_map"' in graph_page(store_of(tmp_path, DISPUTE))


def test_a_query_draws_our_kinds_as_ours_and_others_plainly(tmp_path):
    store = store_of(tmp_path, DISPUTE + ':c hc:about :pain . :pain rdfs:label "pain" .')
    graph = constructed(
        store, "CONSTRUCT { ?c hc:about ?t . ?p hc:supports ?c } WHERE { ?c hc:about ?t . ?p hc:supports ?c }"
    )
    assert {"c": "claim", "pain": "thing"}.items() <= kinds(graph).items()
    assert ("c", "linked", "pain") in edges(graph)
    assert graph.nodes[iri("c")]["text"] == "Massage relieves pain"
    assert [data["note"] for _, _, data in graph.edges(data=True) if data["kind"] == "linked"] == ["about"]


def test_a_query_that_constructs_arguments_draws_them_as_arguments(tmp_path):
    whole = "CONSTRUCT { ?s ?p ?o } WHERE { ?s ?p ?o FILTER(STRSTARTS(STR(?p), STR(hc:))) }"
    store = store_of(tmp_path, DISPUTE)
    assert {("setting", "undercuts", "from-trial"), ("from-trial", "supports", "c")} <= edges(constructed(store, whole))


def test_a_query_that_gives_no_triples_is_refused(tmp_path):
    store = store_of(tmp_path, DISPUTE)
    with pytest.raises(UsageError, match="CONSTRUCT or DESCRIBE"):
        graph_page(store, options=GraphOptions(query="ASK { ?s ?p ?o }"))
    with pytest.raises(UsageError, match="not several at once"):
        graph_page(store, node("c"), GraphOptions(query="CONSTRUCT WHERE { ?s ?p ?o }"))


def test_a_query_that_constructs_nothing_has_a_page(tmp_path):
    nothing = GraphOptions(query="CONSTRUCT { ?s ?p ?o } WHERE { ?s ?p ?o FILTER(false) }")
    html = graph_page(store_of(tmp_path, DISPUTE), options=nothing)
    assert "Nothing to draw" in html


def test_a_small_neighbourhood_is_not_folded(tmp_path):
    graph = network(store_of(tmp_path, DISPUTE))
    assert folded(graph, iri("c")) == set()


def test_a_folded_close_up_keeps_every_relation_and_the_ends_of_its_inferences(seed):
    graph = network(seed.store)
    relieves = seed.store.resolve("relieves").value
    part = neighbourhood(graph, [relieves], 1)
    left = folded(part, relieves)
    kept = part.subgraph(set(part) - left)
    assert left
    assert {data["kind"] for *_, data in part.in_edges(relieves, data=True)} - {"no evidence"} <= {
        data["kind"] for *_, data in kept.in_edges(relieves, data=True)
    }
    for each, data in kept.nodes(data=True):
        if data["kind"] == "argument":
            assert kept.in_degree(each), each
            assert kept.out_degree(each), each


def test_the_page_of_the_seed_is_light(seed):
    assert len(graph_page(seed.store).encode()) <= 900_000


def test_an_empty_dataset_has_a_page(tmp_path):
    assert "<h1>" in graph_page(store_of(tmp_path, ':x rdfs:label "nothing of ours" .'))


def assert_apart(places: layout.Places, boxes: dict[str, Box]) -> None:
    for one, other in combinations(places, 2):
        wide = (boxes[one].width + boxes[other].width) / 2
        high = (boxes[one].height + boxes[other].height) / 2
        (x, y), (other_x, other_y) = places[one], places[other]
        assert abs(x - other_x) >= wide or abs(y - other_y) >= high, (one, other)


def test_no_two_boxes_of_the_seed_overlap_in_any_of_its_pictures(seed):
    picture = PageData(network(seed.store), PREFIXES)
    places = picture.places()
    assert set(places) == set(picture.graph)
    assert_apart(places, picture.boxes)
    for each in picture.nodes:
        assert_apart(picture.closeups(each)[0], picture.boxes)


@pytest.mark.parametrize("hops", [1, 2, 3])
def test_no_two_boxes_of_a_neighbourhood_overlap(seed, hops):
    picture = PageData(network(seed.store, "short-term", hops), PREFIXES)
    places = picture.places()
    assert set(places) == set(picture.graph)
    assert_apart(places, picture.boxes)


@settings(max_examples=150, deadline=None)
@given(
    st.lists(st.sampled_from(["claim", "claim", "argument", "statement", "study", "agent", "source"]), max_size=24),
    st.lists(
        st.tuples(
            st.integers(0, 23),
            st.integers(0, 23),
            st.sampled_from(["supports", "opposes", "qualifies", "undercuts", "doubts", "stated in"]),
        ),
        max_size=60,
    ),
    st.lists(st.integers(30, 220), min_size=24, max_size=24),
)
def test_no_two_boxes_of_any_graph_overlap(node_kinds, links, heights):
    graph: nx.MultiDiGraph[str] = nx.MultiDiGraph()
    for at, kind in enumerate(node_kinds):
        graph.add_node(f"n{at:02}", kind=kind, topics=[], disputed=at % 2 == 0)
    for start, end, kind in links:
        if start != end and max(start, end) < len(node_kinds):
            graph.add_edge(f"n{start:02}", f"n{end:02}", kind=kind)
    boxes = {
        each: Box(26, 26) if graph.nodes[each]["kind"] == "argument" else Box(244, height)
        for each, height in zip(graph, heights, strict=False)
    }
    for places in (layout.overview(graph, boxes), *(layout.closeup(graph, boxes, [each]) for each in graph)):
        assert set(places) == set(graph)
        assert_apart(places, boxes)


def test_a_chain_of_any_length_is_drawn_in_a_row():
    graph: nx.MultiDiGraph[str] = nx.MultiDiGraph()
    for at in range(1500):  # more than Python's stack has room for
        graph.add_node(f"n{at:04}", kind="claim", topics=[], disputed=False)
    for at in range(1499):
        graph.add_edge(f"n{at + 1:04}", f"n{at:04}", kind="opposes")
    boxes = {each: Box(244, 60) for each in graph}
    places = layout.closeup(graph, boxes, ["n0000"])
    assert {place.y for place in places.values()} == {0}
    assert [*places] == sorted(places)
    assert_apart(places, boxes)


def test_support_stands_left_of_a_claim_and_what_answers_it_right(tmp_path):
    turtle = claim("c") + claim("pro") + claim("con") + argument("for", "pro", "Supports", "c")
    picture = PageData(network(store_of(tmp_path, turtle + argument("against", "con", "Opposes", "c"))), PREFIXES)
    places = picture.places()
    assert places[iri("pro")].x < places[iri("c")].x < places[iri("con")].x


def test_the_tally_of_each_claim_of_the_seed_has_the_numbers_of_its_page(seed):
    picture = PageData(network(seed.store), PREFIXES)
    relations = {
        "pro": "supports",
        "con": "opposes",
        "doubts": "doubts",
        "evidence": "undercuts",
        "limits": "qualifies",
    }
    for each, tally in picture.tallies.items():
        groups = page_of(seed.store, IRI(each)).groups
        assert tally == {relations.get(name, "no evidence"): len(lines) for name, lines in groups.items() if lines}, (
            each
        )
    relieves = picture.tallies[seed.store.resolve("relieves").value]
    assert relieves == {"supports": 13, "doubts": 2, "undercuts": 3, "qualifies": 6}


def test_a_defence_against_an_undercut_is_no_challenge_to_the_claim(tmp_path):
    undercut = PageData(network(store_of(tmp_path, DISPUTE)), PREFIXES)
    assert undercut.tallies[iri("c")] == {"supports": 2, "doubts": 1, "undercuts": 1}
    turtle = DISPUTE + claim("usual") + argument("defence", "usual", "Opposes", "it-is-the-setting")
    defended = PageData(network(store_of(tmp_path, turtle)), PREFIXES)
    assert defended.tallies[iri("c")] == undercut.tallies[iri("c")]
    assert (iri("setting"), iri("c"), "undercuts") in defended.bearing
    assert iri("usual") not in {start for start, _, _ in defended.bearing}


def test_a_neighbourhood_has_the_tallies_of_the_whole(seed):
    near, whole = (PageData(network(seed.store, around), PREFIXES).tallies for around in ("short-term", None))
    assert near == {each: whole[each] for each in near}


def test_vendored_files_are_what_the_manifest_says():
    for entry in json.loads((VENDORED / "manifest.json").read_text(encoding="utf-8"))["files"]:
        assert hashlib.sha256((VENDORED / entry["file"]).read_bytes()).hexdigest() == entry["sha256"]
        assert (VENDORED / entry["licence_file"]).is_file()
        assert {"name", "version", "licence", "package"} <= set(entry)


def test_the_page_is_the_same_to_the_byte_whatever_the_hash_seed(tmp_path):
    script = (
        "import hashlib, kg; from kg.pages.graph import graph_page; graph = kg.open(':memory:');"
        f"graph.load({str(SEED)!r}); pages = [graph_page(graph.store) for _ in range(2)];"
        "assert pages[0] == pages[1]; print(hashlib.sha256(pages[0].encode()).hexdigest())"
    )
    assert len(outputs("-c", script)) == 1
