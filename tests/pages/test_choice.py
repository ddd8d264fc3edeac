"""The choice of the claims of a page: all, a topic's, those beside a claim, or the most disputed of a large store."""

from __future__ import annotations

import importlib

import pytest

import kg
from kg.errors import NotFoundError, UsageError
from kg.model.reading import whole
from kg.pages.base import summaries
from kg.pages.base.choice import choose
from kg.pages.base.summaries import Survey
from kg.pages.matrix import page as matrix
from kg.pages.matrix.page import matrix_page
from kg.pages.options import ChoiceOptions, GraphOptions, MatrixOptions, TableOptions, TimelineOptions
from kg.pages.overview.dataset_columns import columns
from kg.pages.overview.page import overview_page
from kg.pages.table.page import table_page
from kg.pages.timeline import page as timeline
from kg.pages.timeline.page import timeline_page
from kg.store.terms import IRI
from tests.support.browsing import quiet_tab, show
from tests.support.samples import argument, assertion, claim, store_of

ID = "https://example.org/id/"
network = importlib.import_module("kg.pages.graph.network")


@pytest.fixture
def ranked(tmp_path):
    """A store of four claims: one opposed, one doubted, one supported twice, one that nobody speaks of."""
    turtle = "".join(map(claim, ("opposed", "doubted", "supported", "silent")))
    turtle += assertion("a", "opposed", "Denies") + assertion("b", "doubted", "Doubts")
    turtle += assertion("c", "supported") + assertion("d", "supported")
    turtle += ":opposed hc:about :knee . :supported hc:about :joint . :knee a hc:Topic ; skos:broader :joint ."
    return store_of(tmp_path, turtle + ':joint a hc:Topic ; skos:prefLabel "joints" .')


def _names(store, **options):
    found = choose(store, None, ChoiceOptions(**options))
    return [claim.value.rpartition("/")[2].rpartition("#")[2] for claim in found.claims]


def test_the_most_disputed_claims_come_first_and_the_rest_is_counted(ranked):
    said = []
    found = choose(ranked, None, ChoiceOptions(limit=2), said.append)
    assert _names(ranked, limit=2) == ["opposed", "doubted"]
    assert (found.of, found.omitted, found.tally) == (4, 2, {"supports": 2, "opposes": 1, "doubts": 1})
    assert said == ["the page has 2 of 4 claims, the most disputed; --limit takes more, --topic those about one topic"]
    assert _names(ranked, limit=3) == ["opposed", "doubted", "supported"]


def test_a_topic_has_its_claims_and_those_of_narrower_topics(ranked):
    assert _names(ranked, topic=ID + "joint") == ["opposed", "supported"]
    assert _names(ranked, topic=ID + "joint", limit=1) == ["opposed"]
    assert _names(ranked, topic=ID + "knee") == ["opposed"]


def test_what_cannot_be_chosen_is_said_in_a_sentence(ranked):
    opposed = IRI(ID + "opposed")
    with pytest.raises(UsageError, match="a limit is a whole number above 0"):
        choose(ranked, None, ChoiceOptions(limit=0))
    with pytest.raises(UsageError, match="of a claim or of a topic, not both"):
        choose(ranked, opposed, ChoiceOptions(topic=ID + "knee"))
    with pytest.raises(NotFoundError, match=r"no claim is about '.*silent'"):
        choose(ranked, None, ChoiceOptions(topic=ID + "silent"))


@pytest.mark.parametrize(
    ("render", "options"), [(table_page, TableOptions), (matrix_page, MatrixOptions), (timeline_page, TimelineOptions)]
)
def test_a_page_says_what_it_leaves_out(ranked, render, options):
    page = render(ranked, options=options(limit=2))
    assert "Here are 2 of 4 claims, the most disputed. Lines of all together: 2 for, 1 against, 1 doubting." in page
    assert "Here are" not in render(ranked)
    assert "Here is what is about joints." in render(ranked, options=options(topic=ID + "joint"))


def test_every_page_of_a_claim_reads_the_same_near_it_as_in_the_whole(seed, monkeypatch):
    store = seed.store
    claims = whole(store).members("Claim")[::12]
    renders = (table_page, matrix_page, timeline_page)
    near = [render(store, claim) for claim in claims for render in renders]
    monkeypatch.setattr("kg.pages.base.choice.around", lambda store, _: whole(store))
    monkeypatch.setattr("kg.pages.base.choice.around_claims", lambda store, *_, **__: whole(store))
    assert near == [render(store, claim) for claim in claims for render in renders]


@pytest.mark.parametrize("name", ["relieves", "amta", "trial-401", "article", "amta-relieves", "massage"])
@pytest.mark.parametrize("hops", [1, 2])
def test_the_graph_around_a_node_is_that_part_of_the_whole_graph(seed, name, hops):
    """All but `disputed`, which over several steps only the whole graph tells."""
    store = seed.store
    builder = network._Builder(network.read(store))
    graph = builder.build()
    seats = [seat for seat in builder.seats(store.resolve(name).value) if seat in graph]
    expected, found = network.neighbourhood(graph, seats, hops), network.network(store, name, hops)

    def plain(part):
        return {
            node: {key: value for key, value in data.items() if key != "disputed"} for node, data in part.nodes.items()
        }

    assert plain(found) == plain(expected)
    assert dict(found.edges) == dict(expected.edges)


def test_an_overview_of_some_claims_has_no_line_to_the_others(tmp_path):
    turtle = claim("one") + claim("two") + assertion("a", "one", "Denies") + assertion("b", "two")
    store = store_of(tmp_path, turtle + argument("g", "a", "Supports", "two") + argument("h", "b", "Opposes", "one"))
    found = columns(store, choose(store, None, GraphOptions(limit=1), with_quotes=True))
    assert len(found.claims["text"]) == 1
    assert found.lines["to"] == [0]
    assert "The most disputed of 2 claims: 1 claim" in overview_page(found, of=2)
    assert found.names[found.lines["thing"][0]] == "two"


def test_long_lists_of_names_are_cut_and_say_so(monkeypatch, tmp_path):
    monkeypatch.setattr(summaries, "MOST_NAMED", 2)
    store = store_of(tmp_path, claim("c") + "".join(assertion(f"a{at}", "c") for at in range(5)))
    assert summaries.some(Survey(store).speakers(Survey(store).entries[0].lines))[2:] == ["and 3 more"]


def test_a_matrix_beyond_its_size_has_its_fullest_rows_and_columns(monkeypatch, tmp_path):
    monkeypatch.setattr(matrix, "MOST", 3)
    monkeypatch.setattr(matrix, "MOST_LABELS", 1)
    turtle = "".join(claim(f"c{at}") + assertion(f"a{at}", f"c{at}") for at in range(3)) + assertion("b", "c1")
    page = matrix_page(store_of(tmp_path, turtle), options=MatrixOptions("claim", "speaker"))
    assert "Shown are the 1 fullest of 3 claims and the 1 fullest of 4 speakers." in page
    assert page.count('<th scope="row"') == 1


def test_a_long_timeline_lists_some_statements_of_each_year_and_counts_all(monkeypatch, tmp_path):
    monkeypatch.setattr(timeline, "_MOST_STATEMENTS", 3)
    monkeypatch.setattr(timeline, "_MOST_A_YEAR", 2)
    dated = ' ; hc:date "2001"^^xsd:gYear'
    turtle = claim("c") + "".join(assertion(f"a{at}", "c", extra=dated) for at in range(5)) + assertion("b", "c")
    page = timeline_page(store_of(tmp_path, turtle))
    assert page.count('<strong class="who">') == 3
    assert "and 3 more, counted above" in page


def test_a_long_table_shows_its_lines_a_part_at_a_time(browser, tmp_path):
    store = store_of(tmp_path, "".join(claim(f"c{at}") for at in range(320)))
    with quiet_tab(browser) as tab:
        show(tab, tmp_path, table_page(store))
        rows = tab.locator("#claims tbody tr")
        assert rows.count() == 200
        tab.get_by_role("button", name="Claim").click()
        assert rows.count() == 200
        tab.get_by_role("button", name="Show 120 more of 120").click()
        assert rows.count() == 320
        tab.get_by_label("Filter").fill("c31")
        assert tab.locator("#matching").inner_text() == "11 of 320"
        assert not tab.locator("#more").is_visible()


def test_the_command_says_that_claims_are_left_out(tmp_path, capsys):
    with kg.open() as graph:
        graph.load(store_file(tmp_path))
        page = graph.view(kind="table", limit=1)
    assert page.remarks == (
        "the page has 1 of 2 claims, the most disputed; --limit takes more, --topic those about one topic",
    )


def store_file(folder):
    """Return a Turtle file of two claims."""
    file = folder / "two.ttl"
    file.write_text(
        "@prefix hc: <https://w3id.org/health-claims/ontology#> .\n"
        + "".join(f'<https://e.org/{name}> a hc:Claim ; hc:text "{name}" .\n' for name in ("one", "two"))
    )
    return file


def test_an_option_of_several_views_names_them_all(seed):
    with pytest.raises(
        UsageError, match=r"topic goes with the views 'graph', 'matrix', 'timeline' and 'table', not with"
    ):
        seed.view("relieves", topic="massage")
