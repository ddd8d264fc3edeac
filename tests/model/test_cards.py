"""A dispute: on which side each thing that is said stands, and what answers it."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from kg.errors import NotFoundError
from kg.model.cards import dispute
from kg.pages.claim.page import claim_page
from kg.store import MemoryStore
from tests.support.samples import argument, assertion, claim, everything, node, store_of

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path

    from kg.model.cards import Card, Dispute
    from kg.store.terms import Row, Term


@pytest.fixture
def read(tmp_path: Path):
    """Return the dispute around :c in some Turtle."""
    return lambda *turtle: dispute(store_of(tmp_path, "".join([claim("c"), *turtle])), node("c"))


def ids(lines: Iterable[Card]) -> list[str]:
    return [line.iri.value.rpartition("/")[2] for line in lines]


def groups(shown: Dispute) -> dict[str, list[str]]:
    return {name: ids(lines) for name, lines in shown.groups.items() if lines}


def test_affirming_is_for_denying_is_against_and_doubting_is_apart(read):
    shown = read(assertion("a", "c"), assertion("b", "c", "Denies"), assertion("d", "c", "Doubts"))
    assert groups(shown) == {"pro": ["a"], "con": ["b"], "doubts": ["d"]}
    assert [line.word for line in (*shown.pro, *shown.con, *shown.doubts)] == ["affirms", "denies", "doubts"]


def test_finding_no_evidence_is_neither_for_nor_against(read):
    assert groups(read(assertion("a", "c", "NoEvidence"))) == {"silent": ["a"]}


def test_arguments_stand_on_the_side_of_their_direction(read):
    shown = read(
        claim("p"),
        assertion("a", "p"),
        argument("g", "a", "Supports", "c"),
        argument("h", "a", "Opposes", "c"),
        argument("i", "a", "Qualifies", "c"),
    )
    assert groups(shown) == {"pro": ["g"], "con": ["h"], "limits": ["i"]}


def test_an_assertion_that_is_a_premise_of_a_shown_argument_is_not_shown_twice(read):
    shown = read(assertion("a", "c", "Doubts"), argument("g", "a", "Opposes", "c"))
    assert groups(shown) == {"doubts": ["g"]}
    assert shown.doubts[0].word == "doubts"


def test_an_undercut_lands_on_the_argument_that_it_undercuts(read):
    shown = read(
        claim("p"),
        assertion("a", "p"),
        argument("g", "a", "Supports", "c"),
        argument("u", "p", "Opposes", "g"),
    )
    assert groups(shown) == {"pro": ["g"], "evidence": ["u"]}
    (target,) = shown.evidence[0].targets
    assert (target.kind, target.line, shown.evidence[0].relation) == ("argument", node("g"), "undercuts")


def test_an_undercut_of_a_bare_assertion_lands_on_it(read):
    shown = read(claim("p"), assertion("a", "c"), argument("u", "p", "Opposes", "a"))
    assert shown.evidence[0].targets[0].line == node("a")


def test_what_opposes_a_premise_lands_on_the_line_that_rests_on_it(read):
    shown = read(
        claim("p"), assertion("a", "p"), argument("g", "a", "Supports", "c"), argument("u", "p", "Opposes", "a")
    )
    assert shown.evidence[0].targets[0].line == node("g")


def test_what_backs_the_evidence_stands_after_what_challenges_it(read):
    shown = read(
        claim("p"), assertion("a", "c"), argument("s", "p", "Supports", "a"), argument("u", "p", "Opposes", "a")
    )
    assert [(line.word, line.relation) for line in shown.evidence] == [
        ("challenges", "undercuts"),
        ("backs", "supports"),
    ]


def test_a_limit_on_the_evidence_is_a_limit_that_lands_on_its_evidence(read):
    shown = read(claim("p"), assertion("a", "c"), argument("q", "p", "Qualifies", "a"))
    assert groups(shown) == {"pro": ["a"], "limits": ["q"]}
    assert shown.limits[0].targets[0].line == node("a")


def test_what_is_said_to_a_counterclaim_stands_under_it(read):
    shown = read(
        claim("p"),
        argument("h", "p", "Opposes", "c"),
        argument("r", "p", "Opposes", "h"),
        argument("s", "p", "Opposes", "r"),
        argument("q", "p", "Qualifies", "c"),
        argument("t", "p", "Opposes", "q"),
    )
    assert groups(shown) == {"con": ["h"], "limits": ["q"]}
    assert (ids(shown.con[0].answers), ids(shown.limits[0].answers)) == (["r"], ["t"])
    assert shown.con[0].answers[0].word == "answers"
    assert shown.con[0].answers[0].answers[0].word == "challenges"


def test_the_same_premise_against_two_pieces_of_evidence_is_one_line(read):
    shown = read(
        claim("p"),
        assertion("a", "c"),
        assertion("b", "c"),
        argument("u", "p", "Opposes", "a"),
        argument("v", "p", "Opposes", "b"),
    )
    (line,) = shown.evidence
    assert (line.iri, line.also) == (node("u"), (node("v"),))
    assert [target.line for target in line.targets] == [node("a"), node("b")]


def test_arguments_in_a_circle_are_shown_once(read):
    shown = read(
        claim("p"),
        argument("g", "p", "Opposes", "c"),
        argument("h", "p", "Opposes", "g"),
        argument("i", "p", "Opposes", "h"),
        ":h hc:target :i .\n",
    )
    assert sorted(ids(shown.lines())) == ["g", "h", "i"]


def test_a_long_exchange_ends_on_one_level_with_nothing_lost(read):
    links = [argument(f"g{at}", "p", "Opposes", f"g{at - 1}" if at else "c") for at in range(400)]
    shown = read(claim("p"), *links)
    assert len(list(shown.lines())) == 400
    line, depth = shown.con[0], 0
    while line.answers:
        line, depth = line.answers[0], depth + 1
    assert depth < 10


def test_traced_evidence_of_the_higher_level_comes_first(read):
    shown = read(
        assertion("a", "c", extra="; hc:evidenceKind hc:SystematicReview"),
        assertion("b", "c", extra="; hc:evidenceKind hc:CaseSeries ; hc:tracedTo :paper"),
        assertion("d", "c", extra="; hc:evidenceKind hc:RandomisedTrial ; hc:tracedTo :paper"),
        ":paper a hc:Source .\n",
    )
    assert groups(shown) == {"pro": ["d", "b", "a"]}


def test_an_assertion_without_a_trace_is_untraced_and_a_lead_is_no_trace(read):
    shown = read(
        assertion("a", "c"), ":l a hc:Lead ; hc:leadFor :a ; hc:source :s ; hc:reason 'why'@en . :s a hc:Source .\n"
    )
    (voice,) = shown.pro[0].premises
    assert voice.is_untraced
    assert voice.leads[0].reason == "why"


def test_a_trace_leads_to_the_paper_its_study_and_the_figures(read):
    shown = read(
        assertion("a", "c", extra="; hc:tracedTo :paper"),
        ":paper a hc:Source ; hc:reports :study . :study a hc:Study ; hc:design hc:RandomisedTrial ; hc:finding :f .\n"
        ":f hc:value -2.9 ; hc:unit 'points' ; hc:lower -4.0 ; hc:upper -1.8 ; hc:confidenceLevel 95 .\n",
    )
    (trace,) = shown.pro[0].premises[0].traces
    (study,) = trace.studies
    assert trace.source is not None
    assert (trace.source.iri, study.iri, study.design) == (node("paper"), node("study"), "randomised trial")
    assert study.figures[0].estimate == "\u22122.9 points (95 % CI \u22124.0 to \u22121.8)"
    assert [source.iri for source in shown.sources] == [node("paper")]


def test_what_the_claim_is_held_against_is_listed(read):
    shown = read(
        claim("far", "Far off"),
        assertion("a", "c"),
        assertion("d", "c", "Denies"),
        argument("g", "a", "Opposes", "far"),
        argument("h", "d", "Supports", "far"),
    )
    assert [(use.word, use.target.text) for use in shown.uses] == [("opposes", "Far off")]


def test_bare_data_is_called_by_its_ids(read):
    shown = read(
        ":a a hc:Assertion ; hc:asserts :c ; hc:stance hc:Affirms ; hc:agent :somebody ; hc:source :somewhere .\n"
    )
    (voice,) = shown.pro[0].premises
    assert voice.source is not None
    assert (voice.who, voice.source.title.value) == ("somebody", "somewhere")


def test_an_unknown_claim_is_not_found(tmp_path):
    with pytest.raises(NotFoundError, match=r"example\.org/id/nothing"):
        dispute(store_of(tmp_path, claim("c")), node("nothing"))


class Counting(MemoryStore):
    """A store that counts its queries."""

    queries = 0

    def select(self, query: str, **bindings: Term) -> list[Row]:
        self.queries += 1
        return super().select(query, **bindings)


@pytest.mark.parametrize("lines", [2, 150])
def test_the_number_of_queries_does_not_grow_with_the_dispute(tmp_path, lines):
    plain = store_of(tmp_path, claim("c") + "".join(assertion(f"a{at}", "c") for at in range(lines)))
    store = Counting()
    with store.writing() as writer:
        for entry in plain.graphs():
            writer.put(entry, [quad for quad in plain.quads() if quad.graph_name.value == entry.graph])
    assert len(dispute(store, node("c")).pro) == lines
    assert store.queries == 0, "a neighbourhood is read by look-ups"
    assert claim_page(store, node("c"))
    assert store.queries <= 10


def test_the_worked_example_is_read_as_its_model_says(shared, tmp_path):
    trig = (shared / "examples" / "dispute.trig").read_text(encoding="utf-8")
    file = tmp_path / "dispute.trig"
    file.write_text(trig, encoding="utf-8")
    import kg

    with kg.open(":memory:") as graph:
        graph.load(file)
        shown = dispute(graph.store, graph.store.resolve("https://w3id.org/health-claims/id/c-relieves"))
    assert groups(shown) == {
        "pro": ["as-amta1", "g-trial"],
        "doubts": ["g-reviews"],
        "limits": ["g-short-q", "g-popul"],
        "evidence": ["g-critics", "g-mech-u", "g-credible"],
    }
    by_id = {line.iri.value.rpartition("/")[2]: line for line in shown.lines()}
    assert {target.kind for target in by_id["g-mech-u"].targets} == {"argument", "assertion"}
    assert ids(by_id["g-short-q"].answers) == ["g-6m-o"]
    assert ids(by_id["g-critics"].answers) == ["g-6m-r"]


def test_every_record_of_a_full_dispute_is_read(tmp_path):
    shown = dispute(store_of(tmp_path, everything(lambda field: f"«{field}»")), node("c"))
    assert groups(shown) == {
        "pro": ["said"],
        "con": ["g-against"],
        "limits": ["g-limit"],
        "silent": ["silent"],
        "evidence": ["g-undercut", "g-backs"],
    }
    assert {source.status for source in shown.sources} == {"retracted", "superseded by a later version", None}
    kinds = {voice.kind for line in shown.lines() for voice in line.premises}
    assert kinds == {"assertion", "claim", "finding", "study", "source"}
