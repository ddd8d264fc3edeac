"""Claims that are one: the same words in several folders, and what somebody says is the same, told once everywhere."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

import kg
from kg.graph import KnowledgeGraph
from kg.readers.claim_files import read

_ID = "https://w3id.org/health-claims/id/"


def folder(parent: Path, name: str, claims: dict[str, str], stance: str = "affirms") -> Path:
    """Write a claim file with one source, in which one agent takes `stance` on each of `claims`."""
    lines = ["claim-file: 1", "document: paper", "sources:", f"  paper: {{title: Paper {name}, type: web page}}"]
    lines += ["agents:", f"  voice: {{name: Voice {name}, kind: person}}"]
    lines += [
        "topics:",
        "  adults: {label: Adults, kind: population}",
        "  children: {label: Children, kind: population}",
    ]
    lines += ["claims:", *(f"  {claim}: {{{values}, kind: efficacy}}" for claim, values in claims.items())]
    lines += ["assertions:", *(f"  on-{claim}: {{claim: {claim}, agent: voice, stance: {stance}}}" for claim in claims)]
    made = parent / name
    made.mkdir()
    (made / "claims.yaml").write_text("\n".join(lines) + "\n", encoding="utf-8")
    return made


def loaded(*folders: Path) -> KnowledgeGraph:
    graph = kg.open(":memory:")
    graph.load(*folders)
    return graph


def claims_of(graph: KnowledgeGraph) -> list[str]:
    return list(graph.claims)


@pytest.fixture
def both(tmp_path: Path) -> KnowledgeGraph:
    """One sentence in two folders, affirmed in one and denied in the other."""
    yes = folder(tmp_path, "a", {"helps": "text: Massage relieves low back pain."})
    no = folder(tmp_path, "b", {"good": "text: massage  relieves low back pain"}, "denies")
    return loaded(yes, no)


def test_one_sentence_affirmed_here_and_denied_there_is_one_contested_claim(
    both: KnowledgeGraph,
) -> None:
    (claim,) = both.claims.values()
    assert claim.standing.state == "contested"
    assert [len(claim.for_), len(claim.against)] == [1, 1]
    (found,) = both.evaluator().standings()
    assert [found] == both.evaluator().standings([claim.iri])
    assert both.stats()["hc:Claim"] == 1


def test_one_standing_is_written_for_it(both: KnowledgeGraph) -> None:
    assert both.evaluator().write() == 1
    assert [str(row["state"]) for row in both.query("standing-of-claim", {"claim": "good"})] == ["contested"]


def test_an_export_of_them_loads_back_as_one_claim(both: KnowledgeGraph, tmp_path: Path) -> None:
    both.export(tmp_path / "all.ttl")
    again = loaded(tmp_path / "all.ttl")
    assert again.list() == both.list()
    assert again.claims["b:good"].standing.state == "contested"


def test_every_id_of_a_claim_finds_it(both: KnowledgeGraph) -> None:
    assert both.claims["a:helps"] == both.claims["b:good"] == both.claims["good"]
    one, other = (list(both.query("evidence-for-claim", {"claim": name})) for name in ("b:good", "helps"))
    assert one == other
    (hit,) = both.search("massage", kinds=["claim"])
    assert (hit.node, [voice.stance for voice in hit.voices]) == (f"{_ID}a/helps", ["affirms", "denies"])


@pytest.mark.parametrize(
    "name", ["who-says-what", "untraced-assertions", "claims-by-agent", "timeline", "claims-by-kind"]
)
def test_a_question_tells_it_once(both: KnowledgeGraph, name: str) -> None:
    rows = [tuple(map(str, row.values())) for row in both.query(name)]
    assert not any(value.endswith("b/good") or "massage  relieves" in value for row in rows for value in row)
    assert len(set(rows)) == len(rows)


def test_a_claim_stands_for_itself_again_when_the_other_file_is_dropped(both: KnowledgeGraph) -> None:
    both.drop("a/claims.yaml")
    (claim,) = both.claims.values()
    assert (claim.id, claim.standing.state) == ("good", "opposed")


def test_a_question_is_no_statement_and_another_scope_another_claim(tmp_path: Path) -> None:
    graph = loaded(
        folder(tmp_path, "a", {"helps": "text: Massage helps, population: adults", "asked": "text: Massage helps?"}),
        folder(tmp_path, "b", {"young": "text: Massage helps, population: children"}),
    )
    assert claims_of(graph) == ["a:asked", "a:helps", "b:young"]


def test_a_claim_without_a_scope_joins_the_one_scope_that_there_is(tmp_path: Path) -> None:
    graph = loaded(
        folder(tmp_path, "a", {"helps": "text: Massage helps"}),
        folder(tmp_path, "b", {"grown": "text: Massage helps, population: adults"}),
        folder(tmp_path, "c", {"grown-too": "text: MASSAGE HELPS!, population: adults"}),
    )
    (claim,) = graph.claims.values()
    assert claim.scope == {"population": "Adults"}


def test_a_file_says_which_claims_are_the_same_in_other_words_and_other_folders(tmp_path: Path) -> None:
    german = folder(tmp_path, "a", {"hilft": "text: Massage lindert Schmerzen, same-as: 'b:helps'"})
    english = folder(tmp_path, "b", {"helps": "text: Massage relieves pain"}, "denies")
    graph = loaded(german, english)
    (claim,) = graph.claims.values()
    assert (claim.standing.state, claim.text) == ("contested", "Massage lindert Schmerzen")
    assert "also said as: Massage relieves pain" in claim.show()
    assert "also said as" in str(claim.page())


def test_a_file_says_which_are_not_although_the_words_are(tmp_path: Path) -> None:
    graph = loaded(
        folder(tmp_path, "a", {"helps": "text: Massage helps, different-from: 'b:helps'"}),
        folder(tmp_path, "b", {"helps": "text: Massage helps"}),
    )
    assert claims_of(graph) == ["a:helps", "b:helps"]


def links(graph: KnowledgeGraph, name: str) -> set[tuple[str, str]]:
    """Return the pairs of claims between which a property is, stated or derived, told as they are told."""
    ask = f"SELECT DISTINCT ?a ?b {{ ?a hc:{name} ?b FILTER NOT EXISTS {{ ?a hc:canonicalClaim ?x }} "
    rows = graph.query(ask + "FILTER NOT EXISTS { ?b hc:canonicalClaim ?y } }")
    return {(str(row["a"]).removeprefix(_ID), str(row["b"]).removeprefix(_ID)) for row in rows}


def test_broader_and_contrary_claims_hold_for_all_that_are_told_as_one(tmp_path: Path) -> None:
    graph = loaded(
        folder(tmp_path, "a", {"helps": "text: Massage helps", "all": "text: Touch helps, narrower: 'b:helps'"}),
        folder(tmp_path, "b", {"helps": "text: Massage helps, contrary-to: 'c:harms'"}),
        folder(
            tmp_path, "c", {"harms": "text: Massage harms", "old": "text: Massage helps the old, broader: 'b:helps'"}
        ),
    )
    assert links(graph, "broaderClaim") == {("a/helps", "a/all"), ("c/old", "a/helps")}
    assert links(graph, "contraryTo") == {("a/helps", "c/harms")}
    shown = graph.claims["b:helps"].show()
    for words in (
        "broader claim: Touch helps",
        "narrower claim: Massage helps the old",
        "contrary claim: Massage harms",
    ):
        assert words in shown
    page = str(graph.claims["c:harms"].page())
    assert "<dt>contrary claim</dt>" in page
    assert "Massage helps" in page
    assert "contrary to it" in str(graph.evaluator().explain("c:harms").text)
    graph.drop("b/claims.yaml")
    assert links(graph, "contraryTo") == set()


def test_nobodys_standing_follows_from_a_contrary_claim(tmp_path: Path) -> None:
    graph = loaded(
        folder(tmp_path, "a", {"helps": "text: Massage helps, contrary-to: harms", "harms": "text: Massage harms"})
    )
    assert {claim.standing.state for claim in graph.claims.values()} == {"supported"}


def test_an_argument_and_an_assertion_are_about_a_claim_of_another_folder(tmp_path: Path) -> None:
    made = folder(tmp_path, "a", {"helps": "text: Massage helps"})
    with (made / "claims.yaml").open("a", encoding="utf-8") as file:
        file.write("  too: {claim: 'b:harms', agent: voice, stance: denies}\n")
        file.write("arguments:\n  x: {from: [on-helps, 'b:warm'], opposes: 'b:harms'}\n")
    graph = loaded(made, folder(tmp_path, "b", {"harms": "text: Massage harms", "warm": "text: Massage is warm"}))
    assert {str(card.agent.name) for card in graph.claims["b:harms"].against if card.agent} >= {"Voice a"}
    assert len(graph.claims["b:harms"].against) == 2


def problems(*folders: Path) -> list[str]:
    """Return what a validation says, but for what it says of every such file."""
    usual = ("scope-missing", "unread-and-unquoted")
    return [str(each) for each in kg.open(":memory:").validate(*folders).problems if each.rule not in usual]


def test_a_claim_of_a_folder_that_is_not_loaded_is_a_warning_with_its_line(tmp_path: Path) -> None:
    said = "same-as: 'b:helps', contrary-to: 'b:harms', narrower: 'b:less'"
    made = folder(tmp_path, "a", {"helps": f"text: Massage helps, {said}"})
    found = problems(made)
    assert [f"{made}/claims.yaml:11" in each for each in found] == [True] * 3
    assert ["not loaded" in each for each in found] == [True] * 3
    assert kg.open(":memory:").validate(made).conforms
    assert "contrary claim" not in loaded(made).claims["helps"].show()


@pytest.mark.parametrize(
    ("claims", "said"),
    [
        (
            {"x": "text: A, same-as: y, contrary-to: z", "y": "text: B, same-as: z", "z": "text: C"},
            "is said to be contrary to z, and the two are one",
        ),
        ({"x": "text: A, different-from: y, same-as: y", "y": "text: B"}, "is said to be different from y, and"),
        ({"x": "text: A, broader: y", "y": "text: B, broader: x"}, "is broader than itself"),
        ({"x": "text: A, narrower: x"}, "narrower of claim x names x itself"),
    ],
)
def test_what_contradicts_itself_is_told_in_one_sentence(tmp_path: Path, claims: dict[str, str], said: str) -> None:
    found = problems(folder(tmp_path, "a", claims))
    assert any(said in each for each in found), found


@pytest.mark.parametrize(
    ("value", "said"),
    [
        ("nothing", 'no claim has the id "nothing"'),
        ("a:nothing", 'no claim has the id "a:nothing"'),
        ("voice", "must be a claim, but"),
        ("'Not an id'", "an id is lower-case words joined by hyphens"),
        ("helps", "names helps itself"),
    ],
)
def test_what_is_no_other_claim_is_refused_with_its_place(tmp_path: Path, value: str, said: str) -> None:
    made = folder(tmp_path, "a", {"helps": f"text: Massage helps, same-as: {value}"})
    problems: list[Any] = [each for each in read(made / "claims.yaml").problems if each.severity == "violation"]
    assert said in problems[0].message, problems
    assert problems[0].place.line == 11
