"""Decisions on pairs: written as lines of a file, read by every load, honoured, and undone by deleting the line."""

from __future__ import annotations

import datetime
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from click.testing import CliRunner

import kg
from kg import readers
from kg.cli import cli
from kg.editing.decide import decide
from kg.errors import DataError, NotFoundError, UsageError
from kg.model.decisions import decided

if TYPE_CHECKING:
    from kg.graph import KnowledgeGraph

FILE = """claim-file: 1
document: {name}-paper
sources: {{{name}-paper: {{title: Massage and pain, type: web page, date: 2010, authors: Rub A, doi: 10.1000/a}}}}
agents: {{{name}: {{name: {name}, kind: person}}}}
claims: {{{claim}: {{text: Massage relieves pain, kind: efficacy}}, {name}-other: {{text: Other words, kind: harm}}}}
assertions: {{{name}-says: {{claim: {claim}, agent: {name}, stance: {stance}}}}}
"""
HEAD = "decision-file: 1\n"
WHO = "who: Ann, when: 2026-01-31"


@pytest.fixture
def folders(tmp_path: Path) -> list[Path]:
    """Two folders with one sentence, which one affirms and the other denies, in a source with one DOI."""
    made = []
    for name, claim, stance in (("ann", "helps", "affirms"), ("bob", "good", "denies")):
        (tmp_path / name).mkdir()
        (tmp_path / name / "claims.yaml").write_text(FILE.format(name=name, claim=claim, stance=stance))
        made.append(tmp_path / name)
    return made


def loaded(*paths: Path) -> KnowledgeGraph:
    graph = kg.open(":memory:")
    graph.load(*paths)
    return graph


def claims_of(graph: KnowledgeGraph) -> set[str]:
    return {each.id for each in graph.list("claims")}


def test_what_has_the_same_words_is_parted_by_a_decision_and_one_again_without_it(folders: list[Path]) -> None:
    graph = loaded(*folders)
    assert {"bob:good"}.isdisjoint(claims_of(graph))
    made = decide(graph.store, "claims", "different", ("helps", "bob:good"), by="Ann", why="It is not.", to=folders[1])
    assert made.path == folders[1] / "decisions.yaml"
    assert made.path.read_text().splitlines()[made.line - 1] == (
        f"  - {{different: ['ann:helps', good], who: Ann, when: {datetime.date.today()}, why: It is not.}}"
    ).replace("'", "")
    graph.load(made.path)
    assert {"ann:helps", "bob:good"} <= claims_of(graph)
    assert "bob:good) was decided to be different from" in " ".join(graph.show("bob:good").split())
    assert f"by Ann, {datetime.date.today()}: It is not." in " ".join(graph.show("ann:helps").split())
    lines = made.path.read_text().splitlines(keepends=True)
    made.path.write_text("".join(line for line in lines if "different" not in line))
    graph.load(made.path)
    assert "bob:good" not in claims_of(graph)
    assert decided(graph.store) == {}


def test_claims_in_other_words_are_one_by_a_decision_until_a_folder_is_dropped(folders: list[Path]) -> None:
    graph = loaded(*folders)
    assert {"ann:ann-other", "ann:helps"} <= claims_of(graph)
    made = decide(graph.store, "claims", "same", ("helps", "ann-other"), by="Ann")
    assert made.path.parent == folders[0]
    graph.load(folders[0])
    assert claims_of(graph) == {"ann:ann-other"}
    pair = frozenset(graph.store.resolve(each).value.rpartition("/")[0] + f"/{each}" for each in ("helps", "ann-other"))
    assert decided(graph.store) == {pair: "sameClaimAs"}
    graph.drop("ann/claims.yaml")
    assert claims_of(graph) == {"bob:good", "bob:bob-other"}


def test_a_decision_is_in_the_graph_with_who_when_and_why(folders: list[Path]) -> None:
    (folders[0] / "decisions.yaml").write_text(
        f"{HEAD}claims:\n- {{same: [helps, 'bob:good'], {WHO}, why: I read both}}\n"
    )
    ask = "SELECT ?one ?what ?other ?who ?when ?why { ?d a hc:Decision ; rdf:subject ?one ; rdf:predicate ?what ;"
    ask += " rdf:object ?other ; hc:decidedBy ?who ; hc:decidedOn ?when ; hc:reason ?why }"
    (row,) = loaded(*folders).query(ask)
    ends = [str(row[name]).rpartition("/")[2].rpartition("#")[2] or str(row[name]) for name in ("one", "what", "other")]
    assert [str(row["one"])[-8:], str(row["what"])[-11:], str(row["other"])[-9:]] == [
        "bob/good",
        "sameClaimAs",
        "ann/helps",
    ], ends
    assert [str(row[name]) for name in ("who", "when", "why")] == ["Ann", "2026-01-31", "I read both"]


def same_sources(graph: KnowledgeGraph) -> int:
    return len(list(graph.query("SELECT ?a { ?a hc:sameSourceAs ?b }")))


def test_sources_with_one_identifier_are_parted_and_others_joined(folders: list[Path]) -> None:
    graph = loaded(*folders)
    assert same_sources(graph) == 1
    made = decide(graph.store, "sources", "different", ("ann-paper", "bob-paper"), by="Ann", to=folders[0])
    graph.load(made.path)
    assert same_sources(graph) == 0
    assert [pair for pair in graph.duplicates() if pair.one != pair.other] == []
    made.path.write_text(f"{HEAD}sources:\n- {{superseded: [ann-paper, 'bob:bob-paper'], {WHO}}}\n")
    graph.load(made.path)
    rows = graph.query("SELECT ?new ?old { ?new hc:supersedes ?old }")
    assert [str(row["new"])[-9:] for row in rows] == ["bob-paper"]


def test_a_likely_duplicate_that_was_decided_is_not_proposed_again(folders: list[Path]) -> None:
    for folder in folders:
        text = (folder / "claims.yaml").read_text().replace(", doi: 10.1000/a", "")
        (folder / "claims.yaml").write_text(text)
    graph = loaded(*folders)
    assert len(graph.duplicates()) == 1
    graph.load(decide(graph.store, "sources", "different", ("ann-paper", "bob-paper"), by="Ann", to=folders[0]).path)
    assert graph.duplicates() == []


def test_a_line_is_added_and_all_else_in_the_file_stays_as_it_is(folders: list[Path]) -> None:
    before = f"# mine\n{HEAD}claims:   # two\n    - {{same: [helps, ann-other], {WHO}}} # sure\n\n# the end\n"
    (folders[0] / "decisions.yaml").write_bytes(before.replace("\n", "\r\n").encode())
    graph = loaded(*folders)
    decide(graph.store, "claims", "different", ("helps", "bob:good"), by="Ann", why="no: it's not", to=folders[0])
    decide(graph.store, "sources", "same", ("ann-paper", "bob-paper"), by="Ann", to=folders[0])
    after = (folders[0] / "decisions.yaml").read_bytes().decode()
    assert after.count("\r\n") == after.count("\n")
    kept = [line for line in after.split("\r\n") if line and "bob:" not in line and line != "sources:"]
    assert kept == [line for line in before.split("\n") if line]
    assert readers.read(folders[0] / "decisions.yaml").problems == ()


@pytest.mark.parametrize(
    ("lines", "said", "line"),
    [
        (f"claims:\n- {{same: [helps, nothing], {WHO}}}", 'no claim has the id "nothing"', 3),
        (f"claims:\n- {{same: [helps, ann], {WHO}}}", 'must be a claim, but "ann" is an agent', 3),
        (f"claims:\n- {{same: [helps, 'ann:helps'], {WHO}}}", "names \"helps\" twice", 3),
        (f"claims:\n- {{same: [helps], {WHO}}}", "names 1, and a decision is on two", 3),
        (f"claims:\n- {{same: helps, {WHO}}}", "must be a list", 3),
        (f"claims:\n- {{{WHO}}}", "decides nothing: add same or different", 3),
        (f"claims:\n- {{superseded: [helps, ann-other], {WHO}}}", 'has no key "superseded"', 3),
        (f"claims:\n- {{same: [helps, ann-other], different: [helps, ann-other], {WHO}}}", "keep one", 3),
        ("claims:\n- {same: [helps, ann-other], who: Ann}", "has no when; add it: the day of the decision", 3),
        ("claims:\n- {same: [helps, ann-other], when: 2026-01-31}", "has no who; add it: the name of the person", 3),
        ("claims:\n- {same: [helps, ann-other], who: [A, B], when: 2026-01-31}", "must be text, not a list", 3),
        (f"claims: {{same: [helps, ann-other], {WHO}}}", "claims must be a list, not a mapping of keys", 2),
        ("claims:\n- {same: [helps, ann-other], who: Ann, when: 2026-02-30}", 'there is no day "2026-02-30"', 3),
        ("claims:\n- {same: [helps, ann-other], who: Ann, when: 2926-02-03}", "which is still to come", 3),
        ("claims:\n- {same: [helps, ann-other], who: Ann, when: 3 May 2026}", 'did you mean "2026-05-03"?', 3),
        (f"claims:\n- {{same: [helps, A b], {WHO}}}", "with the dataset and a colon before it", 3),
        (
            f"claims:\n- {{same: [helps, ann-other], {WHO}}}\n- {{different: [ann-other, helps], {WHO}}}",
            "are decided to be the same in line 3 already; keep one of the two lines",
            4,
        ),
        (f"claims:\n- {{same: [helps, 'http://[x'], {WHO}}}", '"http://[x" in decision 1 on claims is no IRI', 3),
        ("claim:\n- {}", 'has no key "claim"; did you mean "claims"?', 2),
        ("claims: {same: [helps, ann-other]}", "must be", 2),
    ],
)  # fmt: skip
def test_what_is_wrong_with_a_decision_is_one_sentence_with_its_line(
    folders: list[Path], lines: str, said: str, line: int
) -> None:
    file = folders[0] / "decisions.yaml"
    file.write_text(f"{HEAD}{lines}\n")
    (problem,) = readers.read(file).problems
    assert said in problem.message, problem
    assert problem.place is not None
    assert problem.place.line == line
    with pytest.raises(DataError):
        loaded(*folders)


@pytest.mark.parametrize("text", ["", "- {same: [helps, ann-other]}\n", "claims: []\ndecision-file: 1\n"])
def test_a_file_of_decisions_that_does_not_begin_as_one_is_told_and_not_passed_over(
    folders: list[Path], text: str
) -> None:
    (folders[0] / "decisions.yaml").write_text(text)
    said = [str(each) for each in kg.open(":memory:").load(folders[0]).warnings]
    assert any("left out: it does not begin with the line decision-file: 1; add it" in each for each in said)


def test_a_file_of_decisions_that_was_emptied_is_told_as_long_as_the_store_has_them(folders: list[Path]) -> None:
    file = folders[0] / "decisions.yaml"
    file.write_text(f"{HEAD}claims:\n- {{different: [helps, 'bob:good'], {WHO}}}\n")
    graph = loaded(*folders)
    file.write_text("")
    (said,) = [str(each) for each in graph.load(folders[0]).warnings if each.rule == "left-out"]
    assert "the store has what it said before; write that line, or take it out with kg drop" in said
    file.write_text(HEAD)
    assert not [each for each in graph.load(folders[0]).warnings if each.rule == "left-out"]
    assert "bob:good" not in claims_of(graph)


def test_a_pair_that_a_file_decides_already_is_told_by_its_line_and_the_file_stays(folders: list[Path]) -> None:
    graph = loaded(*folders)
    made = decide(graph.store, "claims", "same", ("helps", "ann-other"), by="Ann")
    before = made.path.read_bytes()
    said = f"^{made.path}: .* are decided to be the same in line {made.line} already; to decide otherwise, delete that"
    with pytest.raises(UsageError, match=said):
        decide(graph.store, "claims", "different", ("ann-other", "helps"), by="Ann")
    assert made.path.read_bytes() == before


def test_a_claim_that_is_the_same_as_itself_by_its_curie_is_refused(folders: list[Path]) -> None:
    file = folders[0] / "claims.yaml"
    file.write_text(file.read_text().replace("kind: harm", "kind: harm, same-as: 'ann:ann-other'"))
    (problem,) = readers.read(file).problems
    assert problem.message == "same-as of claim ann-other names ann-other itself"


def test_a_version_that_is_written_as_text_says_so(folders: list[Path]) -> None:
    (folders[0] / "decisions.yaml").write_text('decision-file: "1"\n')
    (problem, *_) = readers.read(folders[0] / "decisions.yaml").problems
    assert problem.message == "decision-file is written as text; write it without quotation marks"


def test_a_decision_on_a_folder_that_is_not_loaded_waits_for_it(folders: list[Path]) -> None:
    file = folders[0] / "decisions.yaml"
    file.write_text(f"{HEAD}claims:\n- {{different: [helps, 'bob:good'], {WHO}}}\n")
    report = kg.open(":memory:").validate(folders[0])
    (warning,) = [each for each in report.problems if each.rule == "dataset-not-loaded"]
    assert "bob:good" in warning.message
    assert str(warning).startswith(f"{file}:3:")
    graph = loaded(folders[0])
    graph.load(folders[1])
    assert "bob:good" in claims_of(graph)


def test_a_file_of_decisions_is_checked_alone_and_with_what_it_names(folders: list[Path]) -> None:
    file = folders[0] / "decisions.yaml"
    file.write_text(f"{HEAD}claims:\n- {{same: [helps, 'bob:gone'], {WHO}}}\n")
    assert [each.rule for each in kg.open(":memory:").validate(file).problems] == ["dataset-not-loaded"]
    found = [str(each) for each in kg.open(":memory:").validate(*folders).problems if each.severity == "violation"]
    assert len(found) == 1
    assert found[0].startswith(f"{file}:3:")
    assert "Decide on two claims or two sources that are loaded too (here: bob:gone)" in found[0]


def test_a_decision_that_cannot_be_written_says_what_to_do(folders: list[Path], tmp_path: Path) -> None:
    graph = loaded(*folders)
    with pytest.raises(UsageError, match=r"ann:helps in .*ann and bob:good in .*bob: say with --to FOLDER"):
        decide(graph.store, "claims", "same", ("ann:helps", "bob:good"))
    with pytest.raises(UsageError, match="no such folder"):
        decide(graph.store, "claims", "same", ("helps", "bob:good"), to=tmp_path / "none")
    with pytest.raises(NotFoundError, match="is no claim"):
        decide(graph.store, "claims", "same", ("helps", "ann-paper"))
    with pytest.raises(UsageError, match="one id"):
        decide(graph.store, "claims", "same", ("helps", "ann:helps"))
    graph.load(decide(graph.store, "claims", "same", ("helps", "bob:good"), by="Ann", to=folders[0]).path)
    with pytest.raises(UsageError, match=r"are stated to be the same already, in .*ann/decisions\.yaml; to decide"):
        decide(graph.store, "claims", "different", ("helps", "bob:good"), to=folders[1])
    assert not (folders[1] / "decisions.yaml").exists()


@pytest.mark.parametrize(
    ("words", "line"),
    [
        ("claims same ann:helps ann:ann-other", "same: [helps, ann-other]"),
        ("claims different ann:helps bob:good --to ann", "different: [helps, 'bob:good']"),
        ("sources superseded ann-paper bob-paper --to ann", "superseded: [ann-paper, 'bob:bob-paper']"),
    ],
)
def test_the_commands_write_the_line_and_say_what_is_next(
    folders: list[Path], words: str, line: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(folders[0].parent)
    options = ["--data", "ann", "--data", "bob", "--by", "A. Reader", "--why", "I compared them"]
    answer = CliRunner().invoke(cli, [*words.split(), *options], catch_exceptions=False)
    assert answer.exit_code == 0
    assert "next: kg load ann/decisions.yaml" in answer.stderr
    assert line.replace("'", "") in Path("ann/decisions.yaml").read_text().replace("'", "")
    assert "A. Reader" in Path("ann/decisions.yaml").read_text()


def test_what_is_next_names_the_store_that_was_named(folders: list[Path], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(folders[0].parent)
    options = ["--store", "my store", "--by", "A. Reader", "--to", "ann"]
    CliRunner().invoke(cli, ["load", "ann", "bob", "--store", "my store"], catch_exceptions=False)
    answer = CliRunner().invoke(cli, ["claims", "same", "helps", "bob-other", *options], catch_exceptions=False)
    assert answer.stderr.splitlines()[-1] == "next: kg load ann/decisions.yaml --store 'my store'"
