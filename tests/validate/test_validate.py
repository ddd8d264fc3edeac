"""Validation: what shapes, quotes, lints and coverage find, with which severity, and where."""

from __future__ import annotations

import threading
from contextlib import suppress
from socketserver import BaseRequestHandler, TCPServer
from typing import TYPE_CHECKING

import pytest

from kg.errors import Place, Problem, QueryError, UnreadableError
from kg.load import put, read_all
from kg.readers import ParsedFile
from kg.store import MemoryStore
from kg.validate import ABSENT, DRIFT_RULES, Counts, Rule, quotes, render, shapes, validate
from kg.validate.report import Nodes, know
from tests.conftest import ROOT, SEED
from tests.support.tea import SET_ASIDE, SOUND, TEXT, loaded, with_place, words

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path


def of_quotes(store: MemoryStore, readings: list[ParsedFile]) -> list[Problem]:
    return [result.problem for result in quotes.check_quotes(quotes.read(store), know(store, readings))]


def fault(folder: Path, turtle: str) -> Problem:
    """The one problem of the quotes in `turtle`, beside a sound dataset."""
    (problem,) = of_quotes(*loaded(folder, SOUND + turtle))
    return problem


# --- whole datasets -------------------------------------------------------------------------------------------------


def test_a_sound_dataset_conforms_and_is_counted(tmp_path: Path) -> None:
    report = validate(*loaded(tmp_path, SOUND + words(":author-good.quote", "Tea is good for you.")))
    assert report.conforms
    assert {problem.rule for problem in report.problems} == {"sentence-not-covered"}
    assert report.counts == Counts(claims=1, assertions=1, arguments=0, sources=1, quotes=1, quotes_not_checkable=0)


def test_what_a_reader_warns_of_is_in_the_report(tmp_path: Path) -> None:
    store, (reading,) = loaded(tmp_path, "")
    warning = Problem("warning", "from-the-reader", "Worth a look.", Place("claims.yaml", 3, 1))
    warned = ParsedFile(reading.path, reading.format, reading.dataset, reading.namespace, (), (warning,))
    assert warning in validate(store, [warned]).problems


def test_the_seed_dataset_has_no_violations() -> None:
    store, readings = MemoryStore(), read_all([SEED])
    put(store, readings)
    report = validate(store, readings)
    assert [str(problem) for problem in report.problems if problem.severity == "violation"] == []
    assert report.counts.quotes > 0
    assert all(problem.place for problem in report.problems)


# --- shapes ---------------------------------------------------------------------------------------------------------


def test_a_broken_shape_is_a_problem_with_its_rule_the_node_and_the_value(tmp_path: Path) -> None:
    store, readings = loaded(tmp_path, ':c a hc:Claim ; hc:text "Tea calms" ; hc:about :nothing .')
    problems = {problem.rule: problem for problem in validate(store, readings).problems}
    about = problems["Claim-about"]
    assert about.severity == "violation"
    assert about.message.startswith("c: ")
    assert about.message.endswith("(here: nothing)")
    assert about.node == "https://w3id.org/health-claims/id/tea/c"
    assert about.place == Place(str(readings[0].path))
    assert problems["Claim-language"].severity == "warning"
    assert problems["Claim-language"].message.endswith('(here: "Tea calms")')
    assert problems["Claim-kind-missing"].severity == "warning"


def test_a_problem_stands_at_the_key_or_the_record_or_what_the_node_is_part_of(tmp_path: Path) -> None:
    store, (reading,) = loaded(tmp_path, ":c a hc:Claim ; hc:about :nothing . :a hc:quote :a.quote . :a.quote a oa:X .")
    record, key, owner = Place("claims.yaml", 4, 3), Place("claims.yaml", 6, 5), Place("claims.yaml", 9, 3)
    report = validate(store, [with_place(reading, {"c": record, "c about": key, "a": owner})])
    places = {problem.rule: problem.place for problem in report.problems}
    assert places["Claim-about"] == key
    assert places["Claim-text"] == record
    assert places["Quote-exact"] == owner


def test_an_owners_own_shapes_are_checked_too(tmp_path: Path) -> None:
    shapes = tmp_path / "own.ttl"
    shapes.write_text("""
        @prefix sh: <http://www.w3.org/ns/shacl#> . @prefix hc: <https://w3id.org/health-claims/ontology#> .
        @prefix own: <https://example.org/shapes#> .
        own:Claim a sh:NodeShape ; sh:targetClass hc:Claim ;
          sh:property own:short, [ sh:path hc:kind ; sh:maxCount 0 ] .
        own:short sh:path hc:text ; sh:maxLength 5 ; sh:severity sh:Info ; sh:message "Zu lang."@de, "Too long."@en .
    """)
    report = validate(*loaded(tmp_path, SOUND), more_shapes=[shapes])
    found = {problem.rule: problem for problem in report.problems if problem.rule.startswith("https:")}
    assert found["https://example.org/shapes#short"].message == 'good: Too long (here: "Tea is good"@en)'
    assert found["https://example.org/shapes#short"].severity == "info"
    assert "breaks the constraint MaxCount" in found["https://example.org/shapes#Claim"].message
    assert Rule("https://example.org/shapes#short", "info", "Too long.") in report.rules


def test_the_ontologys_own_nodes_are_not_reported(tmp_path: Path) -> None:
    shapes = tmp_path / "own.ttl"
    shapes.write_text("""
        @prefix sh: <http://www.w3.org/ns/shacl#> . @prefix skos: <http://www.w3.org/2004/02/skos/core#> .
        @prefix own: <https://example.org/shapes#> .
        own:Label a sh:NodeShape ; sh:targetSubjectsOf skos:prefLabel ; sh:property own:none .
        own:none sh:path skos:prefLabel ; sh:maxCount 0 ; sh:message "No label." .
    """)
    report = validate(*loaded(tmp_path, SOUND), more_shapes=[shapes])
    nodes = [problem.node for problem in report.problems if problem.rule.endswith("#none")]
    assert nodes == ["https://w3id.org/health-claims/id/tea/tea"]


CARTESIAN = """
@prefix sh: <http://www.w3.org/ns/shacl#> . @prefix hc: <https://w3id.org/health-claims/ontology#> .
@prefix own: <https://example.org/shapes#> .
own:Runaway a sh:NodeShape ; sh:targetClass hc:Claim ; sh:sparql own:all .
own:all sh:message "Never." ; sh:select "%s" .
"""


@pytest.mark.parametrize(
    ("lower", "upper"),
    [
        ('"low"^^xsd:integer', '"high"^^xsd:integer'),
        ('"2020"^^xsd:date', '"2021"^^xsd:date'),
        ('"NaN"^^xsd:decimal', '"NaN"^^xsd:double'),
        ("2", "1"),
    ],
)
def test_values_that_cannot_be_compared_break_the_shape_that_compares_them(
    tmp_path: Path, lower: str, upper: str
) -> None:
    report = validate(*loaded(tmp_path, SOUND + f":f a hc:Finding ; hc:lower {lower} ; hc:upper {upper} ."))
    assert "Finding-interval" in {problem.rule for problem in report.problems}


def test_a_runaway_constraint_is_stopped_at_the_deadline(tmp_path: Path) -> None:
    shapes = tmp_path / "runaway.ttl"
    shapes.write_text(CARTESIAN % "SELECT $this WHERE { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i . FILTER(?c + ?f = ?i) }")
    store, readings = loaded(tmp_path, SOUND)
    with pytest.raises(QueryError, match="longer than 3 s and were stopped") as stopped:
        validate(store, readings, more_shapes=[shapes], deadline=3)
    assert stopped.value.exit_code == 4


@pytest.mark.parametrize(
    "query",
    [
        "SELECT $this WHERE { SERVICE <URL> { ?a ?b ?c } }",
        r"SELECT $this WHERE { SER\\u0056ICE <URL> { ?a ?b ?c } }",
        r"SELECT $this WHERE { SERVICE#\n<URL> { ?a ?b ?c } }",
        "SELECT $this FROM <URL> WHERE { ?a ?b ?c }",
        "SELECT $this FROM NAMED <URL> WHERE { GRAPH <URL> { ?a ?b ?c } }",
    ],
)
def test_a_constraint_cannot_reach_the_network(tmp_path: Path, canary: tuple[str, list[str]], query: str) -> None:
    url, hits = canary
    shapes = tmp_path / "service.ttl"
    shapes.write_text(CARTESIAN % query.replace("URL", url))
    with suppress(UnreadableError):
        validate(*loaded(tmp_path, SOUND), more_shapes=[shapes])
    assert hits == []


@pytest.fixture
def canary() -> Iterator[tuple[str, list[str]]]:
    """A server that notes whoever connects."""
    hits: list[str] = []

    class Handler(BaseRequestHandler):
        def handle(self) -> None:
            hits.append(self.request.recv(100).decode())

    with TCPServer(("127.0.0.1", 0), Handler) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        yield f"http://127.0.0.1:{server.server_address[1]}/sparql", hits
        server.shutdown()


def test_broken_shapes_are_one_sentence_with_the_file(tmp_path: Path) -> None:
    broken, senseless = tmp_path / "broken.ttl", tmp_path / "senseless.ttl"
    broken.write_text("@prefix sh: <http://www.w3.org/ns/shacl#> .\n\nsh:x sh:y\n")
    senseless.write_text(CARTESIAN % "SELECT nothing")
    store, readings = loaded(tmp_path, SOUND)
    with pytest.raises(UnreadableError, match=r"broken\.ttl:\d: not Turtle"):
        validate(store, readings, more_shapes=[broken])
    with pytest.raises(UnreadableError, match=r"absent\.ttl: cannot be read"):
        validate(store, readings, more_shapes=[tmp_path / "absent.ttl"])
    with pytest.raises(UnreadableError, match="the shapes cannot be used") as unusable:
        validate(store, readings, more_shapes=[senseless])
    assert "\n" not in str(unusable.value)


# --- quotes ---------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "turtle",
    [
        words(":author-good.quote", "Tea is good for you."),
        words(":author-good.quote", "nerves. Some say"),
        words(":author-good.quote", "Tea calms the nerves.", more='; oa:prefix "good for you. "'),
        words(":author-good.quote", "Tea calms the nerves.", more='; oa:suffix " Advertisement"'),
        words(":author-good.quote", "Tea calms the nerves.", position="21 42"),
        words(":author-good.quote", "Tea is good", position="0 11"),
    ],
    ids=["once", "over a line break", "by its prefix", "by its suffix", "by its position", "with its position"],
)
def test_a_quote_that_stands_in_its_source_is_no_problem(tmp_path: Path, turtle: str) -> None:
    assert of_quotes(*loaded(tmp_path, SOUND + turtle)) == []


def test_a_quote_that_is_not_found_comes_with_the_closest_passage(tmp_path: Path) -> None:
    problem = fault(tmp_path, words(":author-good.quote", "Some say that coffee does so."))
    assert (problem.severity, problem.rule) == ("violation", "quote-not-found")
    assert problem.message.startswith("author-good: quote not found in page; closest (")
    assert "line 2): " in problem.message
    assert "Some say that coffee does not." in problem.message


def test_a_quote_that_stands_twice_needs_its_surroundings(tmp_path: Path) -> None:
    problem = fault(tmp_path, words(":author-good.quote", "Tea calms the nerves."))
    assert (problem.severity, problem.rule) == ("violation", "quote-ambiguous")
    assert "stands 2 times in page (lines 1 and 4)" in problem.message


def test_a_quote_from_another_source_of_the_dataset_names_that_source(tmp_path: Path) -> None:
    other = ':leaflet a hc:Source ; schema:text "Tea keeps awake."@en .' + words(
        ":author-good.quote", "Tea keeps awake."
    )
    problem = fault(tmp_path, other)
    assert (problem.severity, problem.rule) == ("violation", "quote-in-other-source")
    assert problem.message == "author-good: quote not found in page, it stands in leaflet"


def test_a_quote_out_of_its_context_says_what_stands_around_it(tmp_path: Path) -> None:
    problem = fault(tmp_path, words(":author-good.quote", "coffee", more='; oa:prefix "Nobody says that "'))
    assert (problem.severity, problem.rule) == ("violation", "quote-context")
    assert '"… that"' in problem.message or 'that" and "does not.' in problem.message


def test_a_position_that_disagrees_with_the_text_is_a_violation(tmp_path: Path) -> None:
    problem = fault(tmp_path, words(":author-good.quote", "Tea is good for you.", position="1 21"))
    assert (problem.severity, problem.rule) == ("violation", "quote-position")
    assert problem.message == ("author-good: the position says characters 1 to 21 of page, the words stand at 0 to 20")


def test_a_quote_from_a_source_without_a_text_is_counted_as_not_checkable(tmp_path: Path) -> None:
    other = ':book a hc:Source ; dcterms:title "A book"@en .' + words(":author-good.quote", "Anything", source=":book")
    store, readings = loaded(tmp_path, SOUND + other)
    report = validate(store, readings)
    assert not [problem for problem in report.problems if problem.rule.startswith("quote-not")]
    assert (report.counts.quotes, report.counts.quotes_not_checkable) == (0, 1)
    assert "1 more not checkable" in render(report)


# --- lints ----------------------------------------------------------------------------------------------------------

LINT = """# A claim has a short text,
# so that it fits a line.
# severity: {severity}
SELECT ?node ?message WHERE {{
  ?node hc:text ?text FILTER(STRLEN(?text) > 5)
  BIND(CONCAT("has ", STR(STRLEN(?text)), " characters") AS ?message)
}}
"""


def lint(folder: Path, text: str, nodes: Nodes | None = None) -> list[Problem]:
    file = folder / "text-long.rq"
    file.write_text(text)
    store, readings = loaded(folder, SOUND)
    return [
        result.problem for result in shapes.check_lint(store, nodes or know(store, readings), shapes.read_lint(file))
    ]


@pytest.mark.parametrize("severity", ["violation", "warning", "info"])
def test_a_lint_is_a_query_whose_solutions_are_problems(tmp_path: Path, severity: str) -> None:
    (problem,) = lint(tmp_path, LINT.format(severity=severity))
    assert problem[:3] == (severity, "text-long", "good: has 11 characters")
    rule = shapes.read_lint(tmp_path / "text-long.rq").rule
    assert rule == Rule("text-long", severity, "A claim has a short text, so that it fits a line.")


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        ("SELECT * {}", "a lint begins with a comment"),
        ("# Words.\n# severity: grave\nSELECT * {}", "one of violation, warning, info"),
        ("# Words.\n# severity: info\nSELECT", "not SPARQL"),
        ("# Words.\n# severity: info\nSELECT ?node WHERE { ?node a hc:Claim }", "must bind both"),
    ],
    ids=["no words", "no such severity", "no SPARQL", "no message"],
)
def test_a_lint_that_cannot_be_used_says_so(tmp_path: Path, text: str, sentence: str) -> None:
    with pytest.raises(UnreadableError, match=sentence):
        lint(tmp_path, text)


def test_every_lint_that_ships_can_be_read_and_answers(tmp_path: Path) -> None:
    store, readings = loaded(tmp_path, SOUND)
    nodes = know(store, readings)
    files = shapes.shipped_lints()
    assert files
    for file in files:
        shapes.check_lint(store, nodes, shapes.read_lint(file))


def test_every_rule_is_in_the_documentation() -> None:
    page = (ROOT / "docs" / "validate.md").read_text(encoding="utf-8")
    rules = [*quotes.RULES, *(shapes.read_lint(file).rule for file in shapes.shipped_lints()), *DRIFT_RULES, ABSENT]
    missing = [
        f"| `{rule.id}` | {rule.severity} |" for rule in rules if f"| `{rule.id}` | {rule.severity} |" not in page
    ]
    assert missing == []
    stale = [line for line in page.splitlines() if line.startswith("| `") and line.count("|") == 4]
    assert len(stale) == len(rules)


# --- coverage -------------------------------------------------------------------------------------------------------


def test_sentences_are_quoted_set_aside_or_gaps(tmp_path: Path) -> None:
    store, readings = loaded(tmp_path, SOUND + SET_ASIDE + words(":author-good.quote", "good for you"))
    (page,), gaps = quotes.check_coverage(quotes.read(store), know(store, readings))
    assert (page.label, page.sentences, page.quoted, page.set_aside, page.uncovered) == ("page", 5, 1, 1, 3)
    assert page.percent == 40
    assert [gap.problem.rule for gap in gaps] == ["sentence-not-covered"] * 3
    assert gaps[1].problem.message == 'page: neither quoted nor set aside: "Some say that coffee does not."'
    assert {gap.problem.severity for gap in gaps} == {"warning"}


def test_a_quote_that_could_be_in_two_places_covers_neither(tmp_path: Path) -> None:
    store, readings = loaded(tmp_path, SOUND + words(":author-good.quote", "Tea calms the nerves."))
    (page,), _ = quotes.check_coverage(quotes.read(store), know(store, readings))
    assert page.quoted == 0


CLAIM_FILE = """claim-file: 1
document: page
agents:
  author: {name: The author, kind: person}
sources:
  page: {type: web page, title: On tea, text: page.txt}
claims:
  good: {text: Tea is good, kind: definition}
assertions:
  author-good:
    claim: good
    agent: author
    stance: affirms
    quote: Tea is good for you.
"""


def test_a_gap_stands_at_its_line_in_the_file_of_the_text(tmp_path: Path) -> None:
    folder = tmp_path / "tea"
    folder.mkdir()
    (folder / "page.txt").write_text(TEXT)
    (folder / "claims.yaml").write_text(CLAIM_FILE)
    store, readings = MemoryStore(), read_all([folder])
    put(store, readings)
    gaps = [str(problem) for problem in validate(store, readings).problems if problem.rule == "sentence-not-covered"]
    assert gaps == [
        f'{folder}/page.txt:1:22: page: neither quoted nor set aside: "Tea calms the nerves."',
        f'{folder}/page.txt:2:1: page: neither quoted nor set aside: "Some say that coffee does not."',
        f'{folder}/page.txt:4:1: page: neither quoted nor set aside: "Tea calms the nerves."',
        f'{folder}/page.txt:4:23: page: neither quoted nor set aside: "Advertisement"',
    ]


def test_a_value_that_is_none_of_its_datatype_is_reported_with_its_node(tmp_path):
    bad = '"2026-08-16T12:05:34Z"^^x:date "2015-08-05"^^x:dateTime "soon"^^x:date "2015-13"^^x:gYearMonth "5,5"^^x:decimal'  # noqa: E501
    good = '"2015-08-05"^^x:date "2015"^^x:gYear "1.50"^^x:decimal "01"^^x:integer "2015-08-05T00:00:00Z"^^x:dateTime'
    good += ' "12345678901234567890"^^x:integer "0.12345678901234567890123"^^x:decimal "-.5"^^x:decimal'
    values = f"{bad} {good}".split()
    lines = [f"<http://e/{n}> <http://purl.org/dc/terms/date> {text} ." for n, text in enumerate(values)]
    (tmp_path / "a.ttl").write_text("\n".join(["@prefix x: <http://www.w3.org/2001/XMLSchema#> .", *lines]))
    store = MemoryStore()
    put(store, read_all([tmp_path / "a.ttl"]))
    found = [problem for problem in validate(store).problems if problem.rule == "ill-typed"]
    assert [problem.node for problem in found] == [f"http://e/{n}" for n in range(5)]
    assert found[0].message == (
        'http://e/0: says "2026-08-16T12:05:34Z" and calls it xsd:date, in date; correct the value or its datatype'
    )
