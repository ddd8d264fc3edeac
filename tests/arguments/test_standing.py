"""How claims stand: the rules of docs/standing.md, on small disputes and on the seed dataset."""

from __future__ import annotations

import csv
import json
import re
from collections.abc import Iterable
from datetime import UTC, datetime
from io import StringIO
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner

import kg
from kg.arguments import evaluator, policy, report
from kg.arguments.evaluator import Evaluator
from kg.arguments.lines import OWN_DOUBT, build
from kg.arguments.standing import REFERENCE_SEMANTICS, SEMANTICS, Standing
from kg.cli.standing import standing as command
from kg.errors import DataError, NotFoundError, UnreadableError, UsageError
from kg.files import shipped
from kg.graph import KnowledgeGraph
from kg.namespaces import ASSESSMENTS
from kg.store.terms import IRI
from tests.support.disputes import DEFAULT, KINDS, Said, outcome, record, stand

ROOT = Path(__file__).parents[2]
SEED = ROOT / "data" / "massage-low-back-pain"


# ---------------------------------------------------------------------------------------------------- the four states
def test_a_claim_has_one_of_four_states_by_what_stands_on_its_two_sides() -> None:
    assert stand().state == "unsupported"
    assert stand(Said("a")).state == "supported"
    assert stand(Said("a", "Denies")).state == "opposed"
    assert stand(Said("a"), Said("b", "Denies")).state == "contested"


def test_doubt_alone_leaves_a_claim_unsupported_and_no_evidence_counts_on_neither_side() -> None:
    doubted = stand(Said("a", "Doubts"))
    assert (doubted.state, doubted.strength_against, doubted.strength_doubt) == ("unsupported", 0, 0.65)
    silent = stand(Said("a", "NoEvidence"))
    assert (silent.state, silent.strength_for, silent.strength_against, silent.remarks) == ("unsupported", 0, 0, ("a",))


def test_doubt_is_a_strength_of_its_own_with_a_tier_of_its_own() -> None:
    found = stand(Said("a"), Said("b", "Denies", kind="CaseSeries"), Said("d", "Doubts"), Said("e", "Doubts", kind=""))
    for lines, names in ((found.lines_for, ["a"]), (found.lines_against, ["b"]), (found.doubts, ["d", "e"])):
        assert [each.line.name for each in lines] == names
    assert (found.strength_against, found.tier_against) == (0.3, DEFAULT.tier("case series"))
    assert (found.strength_doubt, found.tier_doubt) == (0.65, DEFAULT.tier("randomised trial"))
    assert report.sentence(found, DEFAULT) == (
        "contested: randomised trial for, weaker study or guideline against, doubted by randomised trial"
    )
    assert report.figures(found, DEFAULT).endswith("(for 0.650, against 0.300, doubt 0.650)")
    opposed = stand(Said("b", "Denies", kind=""), Said("d", "Doubts"))
    assert report.sentence(opposed, DEFAULT) == "opposed, by opinion only, doubted by randomised trial"


def test_what_is_doubted_is_supported_with_the_doubt_beside_it() -> None:
    found = stand(Said("a"), Said("d", "Doubts", kind="SystematicReview"))
    assert (found.state, found.strength_against, found.tier_against, found.lines_against) == ("supported", 0, None, ())
    assert report.figures(found, DEFAULT) == (
        "supported, by randomised trial, doubted by systematic review (for 0.650, against 0.000, doubt 0.800)"
    )
    assert repr(found) == (
        "<Standing of c: supported, for 0.650 (randomised trial), against 0.000 (nothing), "
        "doubt 0.800 (systematic review)>"
    )
    assert report.figures(stand(Said("a")), DEFAULT).endswith("(for 0.650, against 0.000)"), "no doubt, no word of it"


def test_doubts_accrue_like_a_side_and_a_retracted_one_carries_nothing() -> None:
    pair = Said("d", "Doubts"), Said("e", "Doubts")
    assert stand(*pair, Said("o", "Doubts", kind="")).strength_doubt == DEFAULT.tier("randomised trial").ceiling  # type: ignore[union-attr]
    assert stand(*pair, sourceStatus={"s-d": ["Retracted"]}).strength_doubt == pytest.approx(0.65)
    gone = stand(Said("a"), Said("d", "Doubts"), sourceStatus={"s-d": ["Retracted"]})
    assert (gone.strength_doubt, gone.tier_doubt, len(gone.doubts)) == (0, None, 1)


def test_an_argument_with_a_doubting_premise_is_a_doubt_of_its_target() -> None:
    argument = {"premise": {"g": ["d"]}, "target": {"g": ["a"]}, "direction": {"g": ["Opposes"]}}
    said = build(record(Said("a"), Said("d", "Doubts"), **argument), DEFAULT)
    assert [(hit.name, hit.side) for hit in said.hits["a"]] == [("g", "doubt")]
    assert stand(Said("a"), Said("d", "Doubts"), **argument).strength_for < 0.65, "it weakens as an attack does"


def test_a_tier_is_the_evidence_kind_if_it_can_be_traced_and_else_opinion() -> None:
    tiers = {kind: stand(Said("a", kind=kind)).tier_for for kind in KINDS}
    assert [tiers[kind].name for kind in KINDS] == [  # type: ignore[union-attr]
        "systematic-review", "randomised-trial", "observational-study", "weaker-study", "mechanism", "opinion",
        "opinion",
    ]  # fmt: skip
    untraced = stand(Said("a"), tracedTo={})
    assert untraced.tier_for == DEFAULT.untraced
    assert stand(Said("a"), design={"study-a": ["CaseSeries"]}).tier_for.name == "weaker-study"  # type: ignore[union-attr]


@pytest.mark.parametrize("kind", ["Anonymous", "Collective"])
def test_anonymous_and_collective_opinion_is_the_lowest_tier(kind: str) -> None:
    found = stand(Said("a", kind=""), agentKind={"agent-a": [kind]})
    assert found.tier_for == DEFAULT.anonymous == DEFAULT.tiers[0]


# --------------------------------------------------------------------------------------------------- no vote counting
def test_a_crowd_of_opinions_weighs_less_than_one_study_of_the_next_tier() -> None:
    crowd = [Said(f"o{number}", "Denies", kind="") for number in range(50)]
    doubts = [each._replace(stance="Doubts") for each in crowd]
    found = stand(Said("trial"), *doubts)
    assert found.strength_doubt == DEFAULT.untraced.ceiling < found.strength_for == 0.65
    assert found.tier_doubt == DEFAULT.untraced


def test_opinion_does_not_contest_evidence_and_is_shown_beside_it() -> None:
    found = stand(Said("trial"), Said("blogger", "Denies", kind=""))
    assert (found.state, found.strength_against, found.tier_against) == ("supported", 0, None)
    assert found.beside == {"blogger"}
    assert [each.line.name for each in found.lines_against] == ["blogger"]
    assert found.undefeated("against") == ()


def test_a_study_told_twice_is_one_line_and_so_is_a_review_with_the_studies_it_includes() -> None:
    once = stand(Said("a", study="t1"))
    assert outcome(stand(Said("a", study="t1"), Said("b", study="t1"))) == outcome(once)
    included = {"r": ["t1", "t2"]}
    review = stand(Said("r", kind="SystematicReview", study="r"), includesStudy=included)
    more = [Said("r", kind="SystematicReview", study="r"), Said("a", study="t1"), Said("b", study="t2")]
    assert outcome(stand(*more, includesStudy=included)) == outcome(review)


def test_overlapping_reviews_are_one_line_and_disjoint_ones_are_two() -> None:
    pair = Said("q", kind="SystematicReview", study="q"), Said("r", kind="SystematicReview", study="r")
    assert stand(*pair, includesStudy={"q": ["t1"], "r": ["t1", "t2"]}).strength_for == pytest.approx(0.8)
    assert stand(*pair, includesStudy={"q": ["t1"], "r": ["t2"]}).strength_for == pytest.approx(0.95)
    assert stand(*pair).strength_for == pytest.approx(0.8), "reviews of unknown studies may overlap"


def test_one_speaker_is_one_voice_however_often_it_speaks() -> None:
    voices = [Said(f"a{number}", kind="", agent="amta") for number in range(5)]
    assert outcome(stand(*voices)) == outcome(stand(voices[0]))


def test_an_assertion_that_is_a_premise_of_an_argument_on_its_claim_is_not_counted_again() -> None:
    argument = {"premise": {"g": ["a"]}, "target": {"g": ["c"]}, "direction": {"g": ["Supports"]}}
    found = stand(Said("a"), **argument)
    assert [each.line.node for each in found.lines] == ["g"]


# ----------------------------------------------------------------------------------------------- what defeats a line
def test_a_weaker_attack_lowers_a_line_and_never_defeats_it() -> None:
    crowd = [Said(f"o{number}", kind="", hits="trial") for number in range(40)]
    for semantics in SEMANTICS:
        found = stand(Said("trial"), *crowd, semantics=semantics)
        assert found.state == "supported"
        assert not found.weighing_matters
        assert found.strength_for >= 0.65 * DEFAULT.min_retained
    assert stand(Said("trial"), *crowd).strength_for < 0.65


def test_an_attack_of_the_same_tier_defeats_under_the_grounded_extension_and_the_claim_is_fragile() -> None:
    found = stand(Said("a"), Said("b", hits="a"))
    assert found.states == {"quadratic-energy": "supported", "df-quad": "unsupported", "grounded": "unsupported"}
    assert found.weighing_matters


def test_what_defeats_the_attacker_defends_the_line() -> None:
    found = stand(Said("a"), Said("b", hits="a"), Said("d", hits="hit-b"), semantics="grounded")
    assert found.state == "supported"


def test_a_qualification_limits_and_takes_nothing_away() -> None:
    limit = {"premise": {"g": ["q"]}, "target": {"g": ["c"]}, "direction": {"g": ["Qualifies"]}}
    alone = stand(Said("a"))
    found = stand(Said("a"), Said("q", kind=""), **limit, asserts={"a": ["c"], "q": ["other"]})
    assert outcome(found) == outcome(alone)
    assert [line.node for line in found.limits] == ["g"]


# ------------------------------------------------------------------------------- interests, retractions, certainty
def test_an_interest_flags_a_line_and_does_not_subtract() -> None:
    interest = {
        "interestOf": {"i": ["agent-a"]}, "interestIn": {"i": ["massage"]}, "about": {"c": ["massage"]},
    }  # fmt: skip
    found = stand(Said("a"), **interest)
    assert found.flags == ("i",)
    assert outcome(found) == outcome(stand(Said("a")))


def test_a_retracted_source_carries_nothing_and_a_superseded_one_gives_way() -> None:
    assert stand(Said("a"), sourceStatus={"s-a": ["Retracted"]}).state == "unsupported"
    assert stand(Said("a"), supersedes={"new": ["s-a"]}).state == "unsupported"
    assert stand(Said("a"), Said("b"), sourceStatus={"s-a": ["Retracted"]}).strength_for == pytest.approx(0.65)


def test_a_study_falls_with_its_paper_though_the_press_still_reports_it() -> None:
    reports = {"paper": ["study-a"], "news": ["study-a"]}
    found = stand(
        Said("a"), reports=reports, sourceStatus={"paper": ["Retracted"]}, genre={"news": ["NewspaperArticle"]}
    )
    assert found.state == "unsupported"


def test_a_low_certainty_that_the_source_states_lowers_what_it_weighs() -> None:
    found = stand(Said("a", kind="SystematicReview"), certainty={"a": ["VeryLow"]})
    assert found.strength_for == pytest.approx(0.8 * 0.35)
    assert found.certainty == "very low"
    assert found.tier_for.name == "systematic-review"  # type: ignore[union-attr]


# ---------------------------------------------------------------------------------------------------------- the seed
@pytest.fixture(scope="module")
def article() -> Iterable[KnowledgeGraph]:
    with kg.open() as graph:
        graph.load(SEED / "claims.yaml")
        yield graph


def of(graph: KnowledgeGraph, claim: str) -> Standing:
    (found,) = Evaluator(graph.store).standings([claim])
    return found


def test_the_cost_claim_is_unsupported_from_the_article_and_supported_by_the_review_of_2003(
    article: KnowledgeGraph, seed: KnowledgeGraph
) -> None:
    alone, whole = of(article, "costs"), of(seed, "costs")
    assert (alone.state, alone.strength_for, alone.strength_against) == ("unsupported", 0, 0)
    assert (whole.state, whole.strength_against) == ("supported", 0)
    assert whole.tier_for == DEFAULT.tier("systematic review")
    for found in (alone, whole):
        assert [remark.rpartition("/")[2] for remark in found.remarks] == ["article-costs"]


def test_the_efficacy_claim_is_not_opposed_by_unsourced_remarks_and_is_limited(
    article: KnowledgeGraph, seed: KnowledgeGraph
) -> None:
    trial = DEFAULT.tier("randomised trial")
    assert trial
    for graph in (article, seed):
        found = of(graph, "relieves")
        assert found.tier_for
        assert found.tier_for >= trial
        assert found.strength_for > found.strength_doubt
        limits = {line.node.rpartition("/")[2] for line in found.limits}
        assert {"surgeons-limit-relief", "cherkin-limits"} <= limits, "duration and population"
        assert (found.state, found.strength_against, found.tier_against) == ("supported", 0, None), "only doubted"
    assert of(article, "relieves").tier_doubt == DEFAULT.anonymous
    assert of(seed, "relieves").strength_doubt < 0.28, "the review that finds an effect does not doubt its own result"


def test_the_surgeons_oppose_that_the_benefit_lasts(article: KnowledgeGraph, seed: KnowledgeGraph) -> None:
    assert of(article, "lasts").state == "opposed"
    assert of(article, "lasts").tier_against == DEFAULT.anonymous
    against = {each.line.node.rpartition("/")[2] for each in of(seed, "lasts").undefeated("against")}
    assert "surgeons-against-lasting" in against


def test_the_superseded_review_carries_nothing_on_the_seed(seed: KnowledgeGraph) -> None:
    lines = [each.line for each in of(seed, "relieves").lines]
    excluded = {line.node.rpartition("/")[2]: line.excluded_because for line in lines if line.excluded_because}
    assert excluded == {"furlan-2008-relieves": "superseded", "furlan-2015-confidence": OWN_DOUBT}


def test_the_states_never_say_true_or_false(seed: KnowledgeGraph) -> None:
    evaluator = Evaluator(seed.store)
    said = " ".join(evaluator.sentence(each).lower() for each in evaluator.standings())
    said += " ".join(report.sentence(each, DEFAULT) for each in evaluator.standings())
    assert "supported, by opinion only" in said
    assert not {"true", "false", "proven", "refuted"} & set(said.replace(",", " ").split())


def test_a_topic_chooses_the_claims_about_it_and_about_narrower_topics(seed: KnowledgeGraph) -> None:
    evaluator = Evaluator(seed.store)
    chosen = {claim.rpartition("/")[2] for claim in evaluator.chosen(topic="low-back-pain")}
    assert {"relieves", "chronic-definition"} <= chosen
    assert "treatments-harm" not in chosen


# ------------------------------------------------------------------------------------- arguments with plain premises
def plain(path: Path) -> Path:
    """Write claims that only bare arguments support or oppose, as other people's argument data has them."""
    lines = ["@prefix hc: <https://w3id.org/health-claims/ontology#> .", "@prefix : <https://example.org/dikb/> ."]
    for number, directions in enumerate(
        (["Supports"], ["Supports", "Supports"], ["Opposes"], ["Supports", "Opposes"], [])
    ):
        lines.append(f':c{number} a hc:Claim ; hc:text "claim {number}"@en .')
        for position, direction in enumerate(directions):
            name = f"{number}-{position}"
            lines.append(
                f":g{name} a hc:Argument ; hc:premise :p{name} ; hc:target :c{number} ; hc:direction hc:{direction} ."
            )
    path.write_text("\n".join(lines))
    return path


def test_arguments_from_plain_nodes_are_lines_of_the_lowest_tier(tmp_path: Path) -> None:
    with kg.open() as graph:
        graph.load(plain(tmp_path / "dikb.ttl"))
        found = Evaluator(graph.store).standings()
    assert [each.state for each in found] == ["supported", "supported", "opposed", "contested", "unsupported"]
    assert not any(each.weighing_matters for each in found)
    assert {each.tier_for for each in found} == {None, DEFAULT.anonymous}


# --------------------------------------------------------------------------------------------------------- the policy
def edited(tmp_path: Path, old: str, new: str) -> Path:
    text = (shipped("ontology") / "policy" / "default.yaml").read_text()
    assert old in text
    path = tmp_path / "policy.yaml"
    path.write_text(text.replace(old, new, 1))
    return path


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ("score: 0.80", "score: -0.1", "score of tier systematic-review is negative: -0.1"),
        ("ceiling: 0.95", "ceiling: 1.5", "ceiling of tier systematic-review is above 1: 1.5"),
        ("score: 0.80", "score: much", "score of tier systematic-review is not a number: much"),
        ("ceiling: 0.75", "ceiling: 0.80", "ceiling of tier randomised-trial, 0.80, reaches the score"),
        ("ceiling: 0.75", "ceiling: 0.60", "ceiling of tier randomised-trial, 0.60, is below its own score"),
        ("evidence: [randomised trial]", "evidence: []", "no tier has randomised trial"),
        ("evidence: [randomised trial]", "evidence: [randomised trial, magic]", "there is no evidence kind magic"),
        ("evidence: [mechanistic study]", "evidence: [mechanistic study, survey]", "survey is in two tiers"),
        ("untraced: opinion", "untraced: gossip", "untraced names a missing tier gossip"),
        ("anonymous: unnamed", "hearsay: unnamed", "the policy has an unknown key hearsay"),
        ("    label: opinion\n", "", "tier opinion lacks its label"),
        ("min_retained: 0.5", "min_retained: 2", "min_retained is above 1: 2"),
        ("policy: 1", "policy: 2", "version of the format, which is 1"),
        ("tier: weaker-study", "tier: weak", "rule one-arm names a missing tier weak"),
        (
            "cohort study: randomised-trial",
            "cohort study: trial",
            "ladder harm-without-trials names a missing tier trial",
        ),
        ("fewer-than: 100", "fewer-than: few", "the fewer-than of rule imprecise is not a number: few"),
        ("very-low-from: 0.10", "very-low-from: 10", "the very-low-from of rule pooled-retraction is above 1: 10"),
        ("    kind: harm\n    evidence", "    evidence", "ladder harm lacks its kind"),
        ("share: 0.35", "share: 3", "share of certainty very low is above 1: 3"),
        ("evidence: [mechanistic study]", "evidence: survey", "the evidence of tier mechanism is not a list: survey"),
        ("  very low: {share", "  tiny: {share", "certainty lacks its very low"),
        ("score: 0.80", "score: true", "score of tier systematic-review is not a number: True"),
        (
            "    reason: >-\n      Not in",
            "    reason: ''\n    about: >-\n      Not in",
            "the reason of tier opinion is empty",
        ),
    ],
)
def test_a_bad_policy_is_refused_with_a_sentence_and_its_line(tmp_path: Path, old: str, new: str, said: str) -> None:
    path = edited(tmp_path, old, new)
    with pytest.raises(DataError) as caught:
        policy.read(path)
    first = str(caught.value).splitlines()[0]
    assert said in str(caught.value)
    assert first.startswith(f"{path}:")
    assert first.removeprefix(f"{path}:").partition(":")[0].isdigit()


def test_a_policy_that_is_no_mapping_is_refused_and_every_keyword_of_its_schema_has_a_sentence(tmp_path: Path) -> None:
    (tmp_path / "policy.yaml").write_text("- score: 1\n")
    with pytest.raises(DataError, match=r"policy.yaml:1: the policy is not a mapping of keys"):
        policy.read(tmp_path / "policy.yaml")
    schema = (shipped("ontology") / "policy" / "policy.schema.json").read_text()
    about_nothing = {"description", "title", "properties", "items"}
    keywords: set[str] = set()

    def look(part: dict[str, Any]) -> None:
        keywords.update(key for key in part if not key.startswith("$"))
        inner = [*part.get("properties", {}).values(), *part.get("$defs", {}).values()]
        inner += [part[key] for key in ("items", "additionalProperties") if isinstance(part.get(key), dict)]
        for each in inner:
            look(each)

    look(json.loads(schema))
    assert keywords - about_nothing == set(policy.SENTENCES)


def test_the_policy_that_ships_is_without_fault() -> None:
    assert policy.read(shipped("ontology") / "policy" / "default.yaml") == policy.read()


def test_a_missing_policy_is_said_and_a_replaced_one_is_used(tmp_path: Path, seed: KnowledgeGraph) -> None:
    with pytest.raises(UnreadableError, match="cannot be read"):
        policy.read(tmp_path / "none.yaml")
    changed = Evaluator(seed.store, edited(tmp_path, "score: 0.80", "score: 0.90"))
    assert changed.standings(["costs"])[0].strength_for == pytest.approx(0.9 * 0.6)


def test_every_number_of_the_default_policy_has_a_reason() -> None:
    assert all(len(tier.reason) > 30 for tier in DEFAULT.tiers)
    assert [tier.rank for tier in DEFAULT.tiers] == list(range(len(DEFAULT.tiers)))


# ------------------------------------------------------------------------------------------------------- written back
def test_assessments_are_written_with_provenance_and_replaced_as_a_whole(tmp_path: Path) -> None:
    with kg.open(tmp_path / "store") as graph:
        graph.load(SEED / "claims.yaml")
        assert Evaluator(graph.store).write() == 51
        first = set(graph.store.quads(IRI(ASSESSMENTS)))
        graph.load(SEED)
        assert Evaluator(graph.store).write() == 104
        quads = list(graph.store.quads(IRI(ASSESSMENTS)))
        assert not {str(quad.subject) for quad in quads if str(quad.subject).startswith("_:")}
        assert len(first) < len(quads)
        rows = list(graph.query("standing-of-claim", {"claim": "costs"}))
        assert [(row["state"], row["tierFor"], row["robust"]) for row in rows] == [
            ("supported", "systematic review", True)
        ]
        carrying = {
            str(row["line"]).rpartition("/")[2] for row in graph.query("what-carries-this-claim", {"claim": "costs"})
        }
        assert carrying == {"lowest-costs-support", "review-2003-costs"}
        assert len(graph.query("claims-by-state")) == 104
        (row,) = graph.query("standing-of-claim", {"claim": "relieves"})
        assert (row["state"], row["against"], row["tierAgainst"]) == ("supported", 0, None)
        assert float(row["doubt"]) == pytest.approx(0.029, abs=0.001)
        assert row["tierDoubt"] == "collective, anonymous or unsourced voice"


def test_no_state_hangs_on_a_doubt(seed: KnowledgeGraph) -> None:
    hanging = {str(row["claim"]).rpartition("/")[2] for row in seed.query("fragile-claims")}
    found = of(seed, "aids-recovery")
    assert (len(found.undefeated("doubt")), len(found.undefeated("for"))) == (1, 2)
    assert "aids-recovery" not in hanging


def test_the_same_standings_at_the_same_time_make_the_same_statements(seed: KnowledgeGraph) -> None:
    at = datetime(2026, 1, 1, tzinfo=UTC)
    runs = []
    for _ in range(2):
        made = Evaluator(seed.store)
        runs.append(sorted(map(str, evaluator.assessment_quads(made.standings(), DEFAULT, at, made.said))))
    assert runs[0] == runs[1]
    assert len(runs[0]) == len(set(runs[0]))


# --------------------------------------------------------------------------------------------------- the command line
def run(*arguments: object) -> str:
    done = CliRunner().invoke(command, [str(argument) for argument in arguments])
    if done.exception and not isinstance(done.exception, SystemExit):
        raise done.exception
    return done.output


def test_json_is_a_list_of_objects_with_state_strengths_tiers_and_what_these_rest_on(seed_store: Path) -> None:
    found = json.loads(run("costs", "relieves", "--store", seed_store, "--format", "json"))
    assert [each["claim"].rpartition("/")[2] for each in found] == ["costs", "relieves"]
    assert found[0]["words"] == "supported, by systematic review"
    assert {"id", "claim", "state", "for", "against", "tier_for", "tier_against", "sentence"} <= found[0].keys()
    assert (found[0]["doubt"], found[0]["tier_doubt"], found[0]["doubts"]) == (0, None, [])
    assert (found[1]["for"], found[1]["against"], round(found[1]["doubt"], 2)) == (0.28, 0, 0.03)
    assert (found[1]["tier_against"], len(found[1]["doubts"])) == (None, 2)
    assert found[1]["doubts"][1].endswith("(doubts): Massage relieves low back pain")
    assert found[1]["words"].startswith("supported, by systematic review, doubted by collective")
    (first, *_) = [each for each in found[1]["certainty"] if not each["of_broader_claim"] and each["year"] == "2015"]
    assert (first["levels"], first["withheld"]) == (["low", "very low"], False)
    assert first["by"] == "Cochrane review of massage for low back pain, update of 2015"
    assert found[1]["rests_on"] == {"for": [first["by"]], "against": []}
    assert (len(found[1]["limits"]), found[0]["remarks"]) == (
        6,
        ["The article (finds no evidence): Massage reduces health-care costs"],
    )
    assert not found[0]["weighing_matters"]
    assert found[1]["states"] == dict.fromkeys(REFERENCE_SEMANTICS, "supported")
    assert set(found[0]["states"]) == set(REFERENCE_SEMANTICS)


def test_csv_and_the_table_have_the_strength_of_doubt_where_there_is_one(seed_store: Path) -> None:
    rows = list(csv.DictReader(StringIO(run("costs", "relieves", "--store", seed_store, "--format", "csv"))))
    assert [(round(float(row["doubt"]), 2), bool(row["tier_doubt"])) for row in rows] == [(0, False), (0.03, True)]
    assert "low to very low (2015)" in rows[1]["certainty"]
    assert rows[1]["rests_on"] == "for: Cochrane review of massage for low back pain, update of 2015"
    assert [row["doubts"].count("(doubts)") for row in rows] == [0, 2]
    for claim, figures in (("costs", ["0.480", "0.000"]), ("relieves", ["0.280", "0.000", "0.029"])):
        assert re.findall(r"\d\.\d{3}", run(claim, "--store", seed_store, "--format", "table")) == figures


def test_a_difference_between_two_stores_names_what_stands_otherwise(tmp_path: Path, seed_store: Path) -> None:
    with kg.open(tmp_path / "older") as graph:
        graph.load(SEED / "claims.yaml")
    said = run("costs", "popular", "--store", seed_store, "--against", tmp_path / "older")
    assert "Massage reduces health-care costs" in said
    assert "before: unsupported: a remark that there is no evidence" in said
    assert "after:  supported, by systematic review" in said
    assert run("costs", "--store", seed_store, "--against", seed_store) == "every claim stands as before\n"


def test_as_of_a_date_only_what_was_published_by_then_counts_in_the_versions_then_current(seed_store: Path) -> None:
    def lines(date: str) -> dict[str, str]:
        with kg.open(seed_store) as graph:
            (found,) = graph.standing("relieves", as_of=date)
        return {each.line.node.rpartition("/")[2]: each.line.excluded_because for each in found.lines}

    assert lines("2011-12-31")["furlan-2008-relieves"] == "", "current then"
    assert "furlan-2015-relieves" not in lines("2011-12-31")
    assert lines("2016")["furlan-2008-relieves"] == "superseded"
    assert "reviews-against" in lines("2011-12"), "the article has no date: as old as the newest that it cites"
    assert "reviews-against" not in lines("2010")
    (row,) = json.loads(run("relieves", "--store", seed_store, "--as-of", "2011-12-31", "--format", "json"))
    assert "very low" not in row["sentence"]
    with pytest.raises(UsageError, match="'last year' is no date"):
        run("relieves", "--store", seed_store, "--as-of", "last year")
    for wrong in ("2011-13", "2011-00", "2011-02-30", ""):
        with pytest.raises(UsageError, match=f"'{wrong}' is no date"):
            run("relieves", "--store", seed_store, "--as-of", wrong)
    with pytest.raises(UsageError, match="leave out --as-of"):
        run("--write", "--store", seed_store, "--as-of", "2011")


def test_unknown_ids_semantics_and_stores_are_said_in_a_sentence(tmp_path: Path, seed_store: Path) -> None:
    with pytest.raises(NotFoundError, match="'amta' is no claim"):
        run("amta", "--store", seed_store)
    with pytest.raises(UsageError, match="no semantics 'votes'"):
        stand(semantics="votes")
    with pytest.raises(UnreadableError, match="no store in"):
        run("--write", "--store", tmp_path / "none")


def test_lines_are_found_however_far_and_cycles_are_legal() -> None:
    circle = [Said("a"), Said("b", hits="a"), Said("d", hits="hit-b"), Said("e", hits="hit-d")]
    found = build(record(*circle, target={"hit-b": ["a"], "hit-d": ["hit-b"], "hit-e": ["hit-d"]}), DEFAULT)
    assert len(found.around("c")) == 4
    tables = {"target": {"hit-b": ["hit-e"], "hit-d": ["hit-b"], "hit-e": ["hit-d"]}}
    assert stand(*circle, **tables).state == "supported"
