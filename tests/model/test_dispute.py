"""One rule of a dispute: every view counts what it shows, and shows what is counted, each line with its stance."""

from __future__ import annotations

import re
from collections import Counter
from typing import TYPE_CHECKING

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from kg.arguments import policy
from kg.arguments.standing import standings
from kg.model import dispute as rule
from kg.model.cards import dispute
from kg.model.reading import read_tables
from kg.model.vocabulary import DERIVED, RELATIONS, Group, verbs
from kg.namespaces import HC, PREFIXES
from kg.pages.base.html import anchor
from kg.pages.base.summaries import Survey
from kg.pages.claim.page import render as claim_html
from kg.pages.graph.network import network
from kg.pages.graph.page_data import PageData
from kg.pages.overview.dataset_columns import columns
from kg.pages.terminal import render as terminal_text
from tests.support.samples import NAMESPACE, argument, assertion, claim, node, store_of

if TYPE_CHECKING:
    from pathlib import Path

    from kg.store import Store

STANCES = ("Affirms", "Denies", "Doubts", "Inconclusive", "NoEvidence")
DIRECTIONS = ("Supports", "Opposes", "Qualifies")
CLAIMS = ("c0", "c1", "c2")
SECTIONS = {
    "FOR": (Group.FOR,),
    "AGAINST": (Group.AGAINST,),
    "DOUBTING": (Group.DOUBT,),
    "LIMITING": (Group.LIMIT,),
    "FINDS NO EVIDENCE": (Group.NO_EVIDENCE,),
    "INCONCLUSIVE": (Group.INCONCLUSIVE,),
    "ON THE EVIDENCE": (Group.CHALLENGE, Group.BACKING),
}
ON_EVIDENCE = (Group.CHALLENGE, Group.BACKING)


@st.composite
def turtle(draw: st.DrawFn) -> str:
    """Draw a dispute with denials as premises, arguments about arguments, and records that say too little."""
    parts = [claim(name) for name in CLAIMS]
    parts.append(
        ':f a hc:Finding ; rdfs:label "a finding" . :t a hc:Study ; hc:finding :f . :s a hc:Source ; hc:reports :t .\n'
    )
    sayings = [f"a{number}" for number in range(draw(st.integers(1, 6)))]
    for name in sayings:
        origin = draw(st.sampled_from(["", "; hc:tracedTo :t", "; hc:source :s", "; hc:tracedTo :s"]))
        parts.append(assertion(name, draw(st.sampled_from(CLAIMS)), draw(st.sampled_from(STANCES)), origin))
    arguments = [f"g{number}" for number in range(draw(st.integers(0, 6)))]
    for name in arguments:
        premises = draw(st.lists(st.sampled_from([*sayings, *CLAIMS, "f"]), min_size=1, max_size=3, unique=True))
        target = draw(st.sampled_from([*CLAIMS, *sayings, "t", "s", *(other for other in arguments if other != name)]))
        parts.append(
            argument(name, ", ".join(f":{each}" for each in premises), draw(st.sampled_from(DIRECTIONS)), target)
        )
    if draw(st.booleans()):
        parts.append(
            ":silent a hc:Assertion ; hc:asserts :c0 . :still a hc:Argument ; hc:premise :a0 ; hc:target :c0 .\n"
        )
    return "".join(parts)


def counted(store: Store, name: str) -> dict[Group, int]:
    """Return the tallies of a claim that `load` wrote."""
    rows = store.select(f"SELECT ?tally ?n {{ <{NAMESPACE}{name}> ?tally ?n FILTER(STRENDS(STR(?tally), 'Count')) }}")
    found = {row["tally"].value.removeprefix(HC): int(row["n"].value) for row in rows}
    return {group: found[names.tally] for group, names in DERIVED.items() if names.tally in found}


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(text=turtle())
def test_every_counted_line_is_shown_and_every_shown_line_is_counted_in_every_view(tmp_path: Path, text: str) -> None:
    store = store_of(tmp_path, text)
    tables = read_tables(store)
    graph = network(store)
    survey, picture, overview = Survey(store), PageData(graph, PREFIXES), columns(store)
    entries = {entry.claim.iri.value: entry for entry in survey.entries}
    weighed = {each.claim: each for each in standings(tables, policy.read())}
    for name in CLAIMS:
        iri = NAMESPACE + name
        tally = rule.tally(tables, iri)
        by_relation = Counter[str]()
        for group, number in tally.items():
            by_relation["undercuts" if group in ON_EVIDENCE else RELATIONS[group]] += number
        assert counted(store, name) == tally
        _the_page_and_the_terminal_agree(store, name, tally)
        assert entries[iri].tally == by_relation
        assert picture.tallies[iri] == by_relation
        at = overview.claims["key"].index(name)
        assert {share: overview.claims[share][at] for share in by_relation} == by_relation
        lines = rule.lines(tables, iri)
        drawn = {(key, kind) for _, _, key, kind in graph.edges(keys=True, data="kind")}
        for line in lines:
            ends = (*line.nodes, *line.premises)
            assert any(key in ends and _is_as_counted(kind, line.group) for key, kind in drawn), line
        for group in (Group.FOR, Group.AGAINST, Group.DOUBT):
            shown = {line.node for line in lines if line.group is group}
            assert {each.line.node for each in weighed[iri].lines if each.line.side is group} >= shown


STANCE_OF = {
    "affirms": Group.FOR,
    "denies": Group.AGAINST,
    "doubts": Group.DOUBT,
    "no evidence": Group.NO_EVIDENCE,
    "inconclusive": Group.INCONCLUSIVE,
}


def _is_as_counted(kind: str, group: Group) -> bool:
    """Return True if an edge of the graph says what its line counts as, by its relation or by its stance."""
    return kind == RELATIONS[group] or STANCE_OF.get(kind) is group


def _the_page_and_the_terminal_agree(store: Store, name: str, tally: dict[Group, int]) -> None:
    shown = dispute(store, node(name))
    page, text = claim_html(shown), terminal_text(shown, 200)
    heads = dict(re.findall(r"^\S ([A-Z ]+): (\d+)$", text, re.MULTILINE))
    for title, groups in SECTIONS.items():
        number = sum(tally.get(group, 0) for group in groups)
        assert int(heads.get(title, 0)) == number, title
    top = [card for cards in shown.groups.values() for card in cards]
    assert len(top) == sum(tally.values())
    for card in shown.lines():
        assert re.search(rf"href=[\"']?#{re.escape(anchor(card.iri.value))}\b", page), card.iri
        for premise in card.premises:
            stance = store.select("SELECT ?stance { VALUES ?node { UNDEF } ?node hc:stance ?stance }", node=premise.iri)
            said = stance[0]["stance"].value.removeprefix(HC) if stance else ""
            assert premise.verb == ("" if said in ("", "Affirms") else verbs()[said])
            assert premise.verb in page


GROUPS = ("for", "against", "doubt", "inconclusive", "no evidence")


@pytest.mark.parametrize(("stance", "group"), [*zip(STANCES, GROUPS, strict=True)])
def test_a_bare_assertion_counts_by_its_stance(tmp_path: Path, stance: str, group: str) -> None:
    tables = read_tables(store_of(tmp_path, claim("c") + assertion("a", "c", stance)))
    assert rule.tally(tables, NAMESPACE + "c") == {Group(group): 1}


@pytest.mark.parametrize(
    ("stances", "direction", "group"),
    [
        (["Affirms"], "Supports", "for"),
        (["Denies"], "Supports", "for"),
        (["Affirms"], "Opposes", "against"),
        (["Doubts"], "Opposes", "doubt"),
        (["Doubts", "NoEvidence"], "Opposes", "doubt"),
        (["Doubts", "Affirms"], "Opposes", "against"),
        (["NoEvidence"], "Opposes", "no evidence"),
        (["NoEvidence"], "Supports", "no evidence"),
        (["Inconclusive"], "Opposes", "inconclusive"),
        (["Inconclusive", "NoEvidence"], "Supports", "inconclusive"),
        (["Doubts", "Inconclusive"], "Opposes", "doubt"),
        (["Doubts"], "Qualifies", "limit"),
    ],
)
def test_an_argument_counts_by_its_direction_and_doubts_if_all_its_premises_do(
    tmp_path: Path, stances: list[str], direction: str, group: str
) -> None:
    sayings = "".join(assertion(f"a{at}", "p", stance) for at, stance in enumerate(stances))
    premises = ", ".join(f":a{at}" for at in range(len(stances)))
    turtle = claim("c") + claim("p") + sayings + argument("g", premises, direction, "c")
    assert rule.tally(read_tables(store_of(tmp_path, turtle)), NAMESPACE + "c") == {Group(group): 1}


def test_what_is_told_in_an_argument_to_the_same_side_is_counted_once(tmp_path: Path) -> None:
    told = claim("c") + assertion("a", "c", "Denies") + argument("g", "a", "Opposes", "c")
    assert rule.tally(read_tables(store_of(tmp_path, told)), NAMESPACE + "c") == {Group.AGAINST: 1}
    turned = claim("c") + assertion("a", "c", "Denies") + argument("g", "a", "Supports", "c")
    assert rule.tally(read_tables(store_of(tmp_path, turned)), NAMESPACE + "c") == {Group.FOR: 1, Group.AGAINST: 1}


def test_what_states_no_stance_no_direction_or_no_premise_is_no_line(tmp_path: Path) -> None:
    silent = (
        ":a a hc:Assertion ; hc:asserts :c . :g a hc:Argument ; hc:premise :b ; hc:target :c ."
        " :h a hc:Argument ; hc:direction hc:Supports ; hc:target :c . :b a hc:Claim ; hc:text 'b' .\n"
    )
    assert rule.lines(read_tables(store_of(tmp_path, claim("c") + silent)), NAMESPACE + "c") == ()


def test_a_chain_of_a_thousand_answers_is_read_without_an_end_of_the_stack(tmp_path: Path) -> None:
    chain = "".join(
        argument(f"g{at}", "p", "Opposes", f"g{at - 1}" if at else "c") + claim(f"p{at}") for at in range(1000)
    )
    shown = dispute(store_of(tmp_path, claim("c") + claim("p") + chain), node("c"))
    assert sum(1 for _ in shown.lines()) == 1000


def test_relieves_has_thirteen_for_none_against_and_two_doubts(seed) -> None:
    relieves = seed.store.resolve("relieves").value
    tally = rule.tally(read_tables(seed.store), relieves)
    assert [tally.get(group, 0) for group in (Group.FOR, Group.AGAINST, Group.DOUBT)] == [13, 0, 2]
    rows = {row["claim"]: row for row in seed.query("contested-claims")}
    assert (rows[relieves]["for"], rows[relieves]["against"], rows[relieves]["doubts"]) == (13, 0, 2)


def test_an_objection_to_a_study_is_written_once_and_challenges_all_that_rests_on_it(tmp_path: Path) -> None:
    turtle = (
        ':t a hc:Study ; rdfs:label "Nap trial"@en ; hc:finding :f . :f a hc:Finding ; rdfs:label "less pain"@en .\n'
    )
    turtle += ':paper a hc:Source ; dcterms:title "Naps"@en ; hc:reports :t .\n' + "".join(map(claim, "abcde"))
    turtle += assertion("by-study", "a", extra="; hc:tracedTo :t") + assertion(
        "by-paper", "b", extra="; hc:source :paper"
    )
    turtle += argument("by-figure", ":f", "Supports", "c") + assertion("another", "d", extra="; hc:tracedTo :u")
    turtle += assertion("unblinded", "e") + argument("objection", ":unblinded", "Opposes", "t")
    store = store_of(tmp_path, turtle)
    asked = f"SELECT ?c {{ ?c hc:challengingLine <{NAMESPACE}objection> }}"
    hit = {row["c"].value for row in store.select(asked)}
    assert hit == {NAMESPACE + name for name in "abc"}
    for name in "abc":
        (card,) = dispute(store, node(name)).evidence
        assert (card.word, card.targets[0].text) == ("challenges", "Nap trial")
        assert "challenges the study Nap trial" in terminal_text(dispute(store, node(name)), 200)
