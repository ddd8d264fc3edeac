"""The facade: what `import kg` gives, claims as objects, and what a notebook shows."""

from __future__ import annotations

import inspect
import subprocess
import sys
import typing
from collections.abc import Iterator
from pathlib import Path
from types import SimpleNamespace

import pytest
import rdflib
from click.testing import CliRunner

import kg
import kg.graph
import kg.handles
from kg.cli import cli

ROOT = Path(__file__).parents[1]
SEED = ROOT / "data" / "massage-low-back-pain"
# Classes of other libraries in annotations; that of networkx takes no type at run time.
OTHERS = {"nx": SimpleNamespace(MultiDiGraph=list), "rdflib": rdflib, "RdflibDataset": rdflib.Dataset}
HEAVY = {"rdflib", "numpy", "pyoxigraph", "jinja2", "scipy", "networkx"}


@pytest.fixture(scope="module")
def graph() -> Iterator[kg.KnowledgeGraph]:
    with kg.open() as opened:
        opened.load(SEED)
        yield opened


@pytest.mark.parametrize(("code", "absent"), [("", HEAVY), ("kg.open(':memory:')", HEAVY - {"pyoxigraph"})])
def test_importing_kg_and_opening_a_graph_is_light(code: str, absent: set[str]) -> None:
    script = f"import sys, kg\n{code}\nprint(*sys.modules)"
    done = subprocess.run([sys.executable, "-c", script], cwd=ROOT, capture_output=True, text=True, check=True)
    assert absent.isdisjoint(done.stdout.split())


def annotations(holder: type) -> Iterator[tuple[str, object]]:
    """Yield each public method or property of a class with what it returns."""
    known = {**vars(typing), **vars(sys.modules[holder.__module__]), **{name: getattr(kg, name) for name in kg.__all__}}
    for name, member in vars(holder).items():
        function = getattr(member, "fget", None) or getattr(member, "func", None) or getattr(member, "__func__", member)
        if not name.startswith("_") and inspect.isfunction(function):
            text = function.__annotations__["return"]
            yield f"{holder.__name__}.{name}", eval(text, known | OTHERS)


def classes(annotation: object) -> Iterator[type]:
    if isinstance(annotation, type) and not typing.get_args(annotation):
        yield annotation
    for part in (typing.get_origin(annotation), *typing.get_args(annotation)):
        if part is not None and part is not annotation:
            yield from classes(part)


def test_every_class_that_a_method_returns_is_importable_from_kg() -> None:
    holders = [kg.KnowledgeGraph, kg.Claim, kg.Card, kg.Topic, kg.Collection, kg.Questions, kg.Rows, kg.Triples]
    returned = [(name, each) for holder in holders for name, found in annotations(holder) for each in classes(found)]
    ours = {(name, each) for name, each in returned if each.__module__.startswith("kg.")}
    assert len({each for _, each in ours}) > 15
    for name, each in ours:
        assert getattr(kg, each.__name__, None) is each, f"{name} returns {each.__name__}, which kg does not have"
        assert each.__name__ in kg.__all__


def test_names_of_kg_are_listed_and_others_are_refused_as_python_does() -> None:
    assert set(kg.__all__) <= set(dir(kg))
    assert all(getattr(kg, name) for name in kg.__all__)
    with pytest.raises(AttributeError, match="'kg' has no attribute 'Nothing'"):
        _ = kg.Nothing  # type: ignore[attr-defined]


def test_a_claim_is_found_by_short_id_curie_or_iri(graph: kg.KnowledgeGraph) -> None:
    claim = graph.claims["lasts"]
    assert claim == graph.claims[claim.curie] == graph.claims[claim.iri]
    assert (claim.id, claim.curie) == ("lasts", "massage-low-back-pain:lasts")
    assert claim.text == "The benefit of massage for low back pain lasts"
    assert (claim.kind, claim.topics) == ("efficacy", ("low back pain", "massage"))
    assert claim.scope["population"] == "people with low back pain"
    assert len({claim, graph.claims["lasts"]}) == 1


def test_claims_are_a_mapping_in_the_order_of_their_ids(graph: kg.KnowledgeGraph) -> None:
    assert len(graph.claims) == len(list(graph.claims)) == 104
    assert list(graph.claims) == sorted(graph.claims)
    assert "lasts" in graph.claims
    assert "article" not in graph.claims
    assert 5 not in graph.claims
    assert graph.claims.get("nothing-like-it") is None
    assert next(iter(graph.claims.values())).id == next(iter(graph.claims))
    with pytest.raises(kg.NotFoundError, match="no claim 'last'; nearest: lasts"):
        graph.claims["last"]
    with pytest.raises(kg.NotFoundError, match="'article' is no claim; it is a source; its claims: adjunct, "):
        graph.claims["article"]


def test_words_find_claims_and_their_neighbours(graph: kg.KnowledgeGraph) -> None:
    assert [claim.id for claim in graph.claims.find("improve sleep")][:1] == ["improves-sleep"]
    assert graph.claims.find("zebra") == []
    assert [source.iri for source in graph.sources.find("cherkin", limit=2)]
    assert [each.name for each in graph.questions.find("counterclaims agent")] == ["counterclaims-to-agent"]


def test_the_lines_of_a_claim_say_who_says_what_where_and_in_which_words(graph: kg.KnowledgeGraph) -> None:
    claim = graph.claims["lasts"]
    (first, second) = claim.against
    assert (second.agent.name, second.word, second.stance) == (
        "Orthopedic and neurosurgeons",
        "opposes",
        "affirms",
    )
    assert [quote.exact for quote in second.quotes] == [
        "the benefits are short term in relation to increase in function and pain relief"
    ]
    assert second.source.iri == graph.sources["article"].iri
    assert first.text.startswith("In the long term massage is no better")
    assert [len(lines) for lines in (claim.for_, claim.limits, claim.no_evidence, claim.on_evidence)] == [6, 4, 0, 2]
    assert [line.date for line in graph.claims["costs"].no_evidence]
    assert repr(second).startswith("<opposes, our reading, from Orthopedic and neurosurgeons: 'The benefits of massage")


def test_doubts_are_apart_from_denials(graph: kg.KnowledgeGraph) -> None:
    claim = graph.claims["relieves"]
    assert [line.word for line in claim.doubts] == ["doubts"] * 2
    assert claim.against == []
    assert any(line.answers for line in claim.doubts + claim.on_evidence)


def test_a_claim_has_its_standing_explanation_page_and_text(graph: kg.KnowledgeGraph, tmp_path: Path) -> None:
    claim = graph.claims["costs"]
    assert claim.standing == graph.standing("costs")[0]
    assert claim.explain() == graph.explain("costs")
    assert claim.show() == graph.show("costs")
    claim.page().save(tmp_path / "costs.html")
    assert (tmp_path / "costs.html").read_text() == str(graph.view("costs"))
    assert len(str(claim.page(full=True))) >= len(str(claim.page()))


def test_a_handle_sees_a_change_of_its_store(tmp_path: Path) -> None:
    file = tmp_path / "tea" / "a.ttl"
    file.parent.mkdir()
    turtle = "<https://w3id.org/health-claims/id/tea/{0}> a hc:Claim ; hc:text '{0} calms' ."
    prefix = "@prefix hc: <https://w3id.org/health-claims/ontology#> .\n"
    file.write_text(prefix + turtle.format("tea"))
    with kg.open() as graph:
        graph.load(file)
        claim, claims = graph.claims["tea"], graph.claims
        assert (claim.text, len(claims), claim.standing.state) == ("tea calms", 1, "unsupported")
        file.write_text(prefix + turtle.format("tea").replace("calms", "helps") + turtle.format("milk"))
        graph.load(file)
        assert (claim.text, list(claims)) == ("tea helps", ["milk", "tea"])


def test_sources_agents_studies_topics_and_questions_are_collections(graph: kg.KnowledgeGraph) -> None:
    assert graph.sources["cherkin-2011"].title.startswith("A Comparison of the Effects")
    assert graph.agents["amta"].name == "American Massage Therapy Association"
    assert graph.studies[next(iter(graph.studies))].label
    assert graph.topics["massage"].label == "massage"
    assert graph.claims["lasts"] in graph.topics["massage"].claims
    assert graph.questions["claims-by-agent"].params == {"agent": graph.questions["claims-by-agent"].params["agent"]}
    assert "nothing-like-it" not in graph.questions
    assert graph.questions.get("nothing-like-it") is None
    with pytest.raises(kg.NotFoundError):
        graph.questions["claims-by-agents"]


def test_the_text_of_an_explanation_is_that_of_the_command(graph: kg.KnowledgeGraph, monkeypatch) -> None:
    monkeypatch.setenv("COLUMNS", "100")
    shown = CliRunner().invoke(cli, ["explain", "lasts", "--data", str(SEED)])
    assert str(graph.explain("lasts")) == shown.stdout
    changed = CliRunner().invoke(cli, ["what-if", "costs", "--retract", "cherkin-2003", "--data", str(SEED)])
    assert str(graph.what_if("costs", retract=["cherkin-2003"])) == changed.stdout


def test_what_python_and_a_notebook_show_says_what_it_is(graph: kg.KnowledgeGraph) -> None:
    assert repr(graph) == "<KnowledgeGraph ':memory:': 5,098 triples in 2 graphs>"
    assert "<td>claims</td><td>104</td>" in graph._repr_html_()
    assert repr(graph.claims["lasts"]) == "<Claim lasts: The benefit of massage for low back pain lasts>"
    assert "<p>against: 2</p>" in graph.claims["lasts"]._repr_html_()
    assert repr(graph.claims).splitlines()[0].split() == ["id", "label"]
    assert repr(graph.claims).endswith("the first 10 of 104 claims")
    assert "<td>adjunct</td>" in graph.claims._repr_html_()
    assert repr(graph.agents["amta"]) == "<Agent amta: American Massage Therapy Association>"
    assert repr(graph.sources["nyt-2011"]) == "<Source nyt-2011: Stubborn Back Pain? Try Massage>"
    with pytest.raises(kg.NotFoundError, match="'amta' is no claim; it is an agent; its claims: "):
        graph.claims["amta"]
    assert repr(graph.topics["massage"]) == "<Topic massage: massage>"
    assert repr(graph.questions).endswith(f"the first 10 of {len(graph.questions)} questions")
    assert repr(graph.questions["claims-by-agent"]).startswith("<Question claims-by-agent (agent): What does an")
    assert "<td>claims-by-agent</td>" in graph.questions._repr_html_()
    standing = graph.standing("costs")[0]
    assert repr(standing) == (
        "<Standing of id:massage-low-back-pain/costs: supported, "
        "for 0.480 (systematic review), against 0.000 (nothing)>"
    )
    assert standing._repr_html_().startswith("<p>Standing of id:massage")
    assert repr(graph.explain("costs")) == str(graph.explain("costs")).rstrip()
    assert graph.explain("costs")._repr_html_().startswith("<pre>Massage reduces health-care costs\n")


def test_a_closed_graph_and_one_without_a_server_still_have_a_repr(tmp_path: Path) -> None:
    assert repr(kg.open("http://127.0.0.1:9/sparql")).startswith("<KnowledgeGraph 'http://127.0.0.1:9/sparql'")
    with kg.open(tmp_path / "store") as graph:
        pass
    assert repr(graph).startswith("<KnowledgeGraph ")


def test_a_graph_becomes_a_networkx_graph(graph: kg.KnowledgeGraph) -> None:
    network = graph.to_networkx()
    lasts = graph.claims["lasts"].iri
    assert network.nodes[lasts]["kind"] == "claim"
    assert {kind for _, kind in network.nodes(data="kind")} >= {"claim", "statement", "argument", "source", "agent"}
    near = graph.to_networkx("lasts")
    assert lasts in near
    assert len(near) < len(network)


@pytest.mark.parametrize(
    ("call", "said"),
    [
        (lambda graph: graph.claims[0], r"a claim is found by its id, as in graph\.claims\['ID'\], and not by 0"),
        (lambda graph: graph.sources[1:2], r"a source is found by its id"),
        (lambda graph: graph.query("ASK { ?s ?p ?o }", timeout="x"), "a timeout is a number of seconds, and not 'x'"),
        (lambda graph: graph.validate(timeout="soon"), "a timeout is a number of seconds, and not 'soon'"),
        (lambda graph: graph.query("ASK { ?s ?p ?o }", max_rows="x"), "the most rows are a whole number, and not 'x'"),
        (lambda graph: graph.query(5), "a query is a text, and not 5"),
        (lambda graph: graph.search("sleep", limit="x"), "a limit is a whole number above 0"),
        (lambda graph: graph.show(3), "a node is named by its id, and not by 3"),
        (lambda graph: graph.query("who-says-what")["who"], r"a row is found by its number, as in rows\[0\]"),
    ],
)
def test_a_call_with_a_wrong_kind_of_value_is_answered_in_a_sentence(graph, call, said: str) -> None:
    with pytest.raises(kg.UsageError, match=said):
        call(graph)


def test_a_slice_of_rows_is_rows(graph) -> None:
    rows = graph.query("who-says-what")
    assert isinstance(rows[2:4], kg.Rows)
    assert rows[2:4].to_dicts() == rows.to_dicts()[2:4] == rows[2:4]
    assert rows[2:4].columns == rows.columns
    assert rows[::-1][0] == rows[-1]
    assert repr(rows[:2]).endswith("2 rows")
    assert rows[:1] != rows[1:2]


def test_a_report_shows_itself_in_a_line(graph) -> None:
    shown = repr(graph.validate())
    assert shown.startswith("<Report: 0 violations, ")
    assert len(shown) < 400


def test_what_the_methods_of_records_give_can_be_imported_from_kg(graph) -> None:
    names = ("Figure", "Target", "Trace", "Lead", "Drift", "Result", "Interest", "Proposition")
    assert all(isinstance(getattr(kg, name), type) for name in names)
    assert set(names) <= set(kg.__all__)
    assert isinstance(graph.validate().results[0], kg.Result)


@pytest.mark.parametrize("kind", ["claims", "sources", "agents", "topics", "assertions", "arguments", "studies"])
def test_the_pages_of_a_list_are_the_list(seed: kg.KnowledgeGraph, kind: str) -> None:
    whole, pages = seed.list(kind), []
    while page := seed.list(kind, limit=40, after=pages[-1].node if pages else None):
        assert len(page) <= 40
        pages += page
    assert pages == whole


def test_a_page_of_no_lines_and_one_after_nothing_are_refused(seed: kg.KnowledgeGraph) -> None:
    with pytest.raises(kg.UsageError, match="a limit is a whole number above 0"):
        seed.list("claims", limit=0)
    with pytest.raises(kg.NotFoundError, match="no 'nosuch'"):
        seed.list("claims", after="nosuch")
