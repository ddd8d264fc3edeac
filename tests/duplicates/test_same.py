"""Claims that are likely the same, or contrary: proposed with the reasons, the likeliest first, never merged."""

from __future__ import annotations

import json
import re
import shutil
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

import kg
from benchmarks.duplicates import generated
from kg.cli import cli
from kg.errors import NotFoundError, UsageError
from kg.search.same.candidates import MOST, Candidates
from kg.search.same.form import form_of
from kg.search.same.score import BY_FORM, Judgement, judge
from kg.store import MemoryStore
from tests.support import hash_seeds

ROOT = Path(__file__).parents[2]
SEED = ROOT / "data" / "massage-low-back-pain"
OTHERS = ["alpha", "beta", "gamma", "delta", "epsilon", "zeta", "eta", "theta", "iota", "kappa", "lambda", "omega"]
PLACES = "what is compared changes places"
RELIEVES = "Massage relieves low back pain"


def judged(one: str, other: str, language: str = "en") -> Judgement:
    found = judge(form_of(one, language), form_of(other, language))
    turned = judge(form_of(other, language), form_of(one, language))
    assert (turned.relation, turned.score) == (found.relation, found.score), "whichever comes first"
    return found


def claim_file(folder: Path, claims: dict[str, str], topics: str = "") -> Path:
    """Write a claim file in which one agent affirms each of `claims`: id -> its values."""
    lines = ["claim-file: 1", "document: paper", "sources:", f"  paper: {{title: Paper {folder.name}, type: web page}}"]
    lines += ["agents:", "  voice: {name: Voice, kind: person}", *([f"topics: {topics}"] if topics else [])]
    lines += ["claims:", *(f"  {claim}: {{{values}, kind: efficacy}}" for claim, values in claims.items())]
    lines += ["assertions:", *(f"  on-{claim}: {{claim: {claim}, agent: voice, stance: affirms}}" for claim in claims)]
    folder.mkdir()
    (folder / "claims.yaml").write_text("\n".join(lines) + "\n", encoding="utf-8")
    return folder


def proposed(*folders: Path) -> list[tuple[str, str, str]]:
    with kg.open() as graph:
        graph.load(*folders)
        names = graph.ids([node for each in graph.claim_duplicates() for node in (each.first, each.second)])
        return [(names[each.first], names[each.second], each.relation) for each in graph.claim_duplicates()]


def run(*arguments: str) -> Result:
    return CliRunner().invoke(cli, [*arguments])


@pytest.mark.parametrize(
    ("other", "reason"),
    [
        ("massage relieves low back pain?", "question and statement"),
        ("Does massage relieve low back pain?", "question and statement"),
        ("Is it true that massage relieves low back pain?", "question and statement"),
        ("The massages relieved low back pains.", "same words but for inflection and small words"),
        ("Low back pain is relieved by massage", "same words in another order"),
    ],
)
def test_question_inflection_and_order_make_no_other_claim(other: str, reason: str) -> None:
    found = judged(RELIEVES, other)
    assert (found.relation, found.score >= BY_FORM) == ("same", True)
    assert reason in found.reasons


@pytest.mark.parametrize(
    ("other", "reason"),
    [
        ("Massage eases low back pain", 'synonyms: "relieves" and "eases"'),
        ("Massage helps low back pain", 'often the same: "relieves" and "helps"'),
        ("Massage relieves lumbago", 'synonyms: "low back pain" and "lumbago"'),
        ("Massage may relieve low back pain", "one is hedged"),
    ],
)
def test_a_synonym_is_likely_the_same_and_below_what_is_the_same_by_form(other: str, reason: str) -> None:
    found = judged(RELIEVES, other)
    assert (found.relation, found.score < BY_FORM, reason in found.reasons) == ("same", True, True)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Antibiotics treat pneumonia", "Pneumonia can be treated with antibiotics"),
        ("Iron tablets correct anaemia", "Anaemia is corrected by iron tablets"),
        ("Antidepressants cause weight gain", "Weight gain is a common side effect of antidepressants"),
        ("Prevention of malaria with bed nets", "Bed nets prevent malaria"),
        ("Vitamin D supplements reduce the risk of falls", "Taking vitamin D helps prevent falls"),
        ("Cold weather makes arthritis worse", "Arthritis is worsened by cold weather"),
        ("Tea reduces how often people have migraines", "Reduction in migraine frequency with tea"),
        ("Calcium helps women over 65", "Calcium helps women older than 65 years"),
    ],
)
def test_passive_sentences_titles_light_verbs_and_general_words_make_no_other_claim(one: str, other: str) -> None:
    assert judged(one, other).relation == "same"


@pytest.mark.parametrize(
    ("one", "other", "reason"),
    [
        (RELIEVES, "Massage does not relieve low back pain", 'one is negated ("not")'),
        (RELIEVES, "Massage doesn't relieve low back pain", 'one is negated ("not")'),
        (RELIEVES, "Massage fails to relieve low back pain", 'one is negated ("fails to")'),
        (RELIEVES, "Massage worsens low back pain", 'opposites: "relieves" and "worsens"'),
        ("Statins prevent dementia", "Statins cause dementia", 'opposites: "prevent" and "cause"'),
        ("Half of adults sleep badly", "A third of adults sleep badly", "other numbers: half and third"),
        ("Walking lowers weight by 5 %", "Walking lowers weight by 10 %", "other numbers: 5 and 10"),
        ("No patients improved with tea", "Most patients improved with tea", 'one is negated ("no")'),
        ("Few patients improved with tea", "Most patients improved with tea", "other quantities: few and most"),
        ("Few patients improved with tea", "Patients improved with tea", "in one alone: few"),
        ("All patients improved with tea", "20 patients improved with tea", "other quantities: all and 20"),
        ("Yoga is unlikely to help asthma", "Yoga is likely to help asthma", 'one is negated ("unlikely")'),
        ("Zinc is soluble in water", "Zinc is insoluble in water", 'opposites: "soluble" and "insoluble"'),
        ("Flu came in May 2019", "Flu came in May 2020", "other dates: 2019 and 2020"),
        ("White deaths are three times black deaths", "Black deaths are three times white deaths", PLACES),
        (
            "Tea helps treat long colds of patients",
            "Tea is ineffective at treating colds",
            'one is negated ("ineffective")',
        ),
        ("Heat is safer than cold", "Cold is safer than heat", PLACES),
        (
            "Flu spreads in crowded schools by coughs in winter",
            "Flu spreads in crowded schools only by touch in winter",
            '"only" excludes what the other says',
        ),
    ],
)
def test_what_denies_a_claim_is_contrary_to_it_with_the_reason(one: str, other: str, reason: str) -> None:
    found = judged(one, other)
    assert (found.relation, reason in found.reasons) == ("contrary", True), found


@pytest.mark.parametrize(
    ("one", "other"),
    [
        (RELIEVES, "Massage relieves neck pain"),
        (RELIEVES, "Massage relieves chronic low back pain"),
        (RELIEVES, "How does massage relieve low back pain?"),
        ("Massage does not relieve low back pain", "Massage worsens low back pain"),
        ("Depression causes insomnia", "Insomnia causes depression"),
        ("The flu jumped from bats to people", "The flu jumped from people to bats"),
        ("Statins lower LDL-C in adults", "Statins lower HDL-C in adults"),
        ("Tea lowers mortality", "Tea improves survival"),
        ("Tea improves sleep in men", "Tea improves sleep in women"),
        ("Tea improves sleep at week 1", "Tea improves sleep at week 3"),
        ("Surgery removes tumours < 3 cm", "Surgery removes tumours \u2265 3 cm"),
        ("Tea causes mild rashes in adults", "Tea causes moderate rashes in adults"),
        ("Tea improves sleep in study 1", "Tea improves sleep in study 2"),
        ("Children are vaccinated against measles", "Children should be vaccinated against measles"),
        ("Yoga with three drugs beats tea with two drugs", "Yoga with two drugs beats tea with three drugs"),
        ("Sleep is low in wards and high in rooms", "Sleep is high in wards and low in rooms"),
        ("Coffee raises blood pressure", "Regular walking lowers blood pressure"),
        ("Tea improves sleep in 20 adults", "Tea improves sleep in adults"),
    ],
)
def test_claims_of_other_people_times_or_things_are_neither_the_same_nor_contrary(one: str, other: str) -> None:
    assert judged(one, other).relation == ""


@pytest.mark.parametrize(
    ("language", "one", "other", "relation"),
    [
        ("de", "Massage lindert Rückenschmerzen", "Lindert Massage Rückenschmerzen?", "same"),
        ("de", "Massage lindert Rückenschmerzen", "Massage hilft gegen Rückenschmerzen", "same"),
        ("de", "Massage lindert Rückenschmerzen", "Massage lindert Rückenschmerzen nicht", "contrary"),
        ("de", "Rauchen erhöht das Risiko für Krebs", "Durch Rauchen steigt das Krebsrisiko", "same"),
        ("fr", "Le vaccin ne guérit pas la grippe", "La grippe n'est pas guérie par le vaccin", "same"),
        ("fr", "Le yoga soulage la migraine", "Le yoga aggrave la migraine", "contrary"),
        ("es", "El yoga alivia la migraña", "El yoga no alivia la migraña", "contrary"),
        ("pt", "O yoga alivia a enxaqueca", "O yoga alivia as enxaquecas", ""),
        ("pt", "O yoga alivia a enxaqueca", "O yoga alivia a enxaqueca?", "same"),
        (
            "pt",
            "O yoga alivia a enxaqueca em adultos saudáveis",
            "O yoga não alivia a enxaqueca em adultos saudáveis",
            "",
        ),
    ],
)
def test_other_languages_have_their_words_and_one_without_a_list_its_stems(
    language: str, one: str, other: str, relation: str
) -> None:
    assert judged(one, other, language).relation == relation


def test_where_a_language_has_no_lists_the_reasons_say_so() -> None:
    found = judged("O yoga alivia a enxaqueca", "O yoga alivia a enxaqueca?", "pt")
    assert 'compared by stems and numbers alone: there are no lists of words for "pt"' in found.reasons


def test_a_text_without_a_language_is_read_in_that_of_its_small_words() -> None:
    assert form_of("Massage hilft nicht bei dem Schmerz und der Angst").language == "de"
    assert form_of(RELIEVES).language == "en"


def test_a_very_long_text_is_compared_and_a_text_of_signs_alone_is_like_no_other() -> None:
    words = [f"word{number}" for number in range(20_000)]
    assert judged(" ".join(words), " ".join(words[7:] + words[:7])).relation == "same"
    assert judged("?!", "...").relation == judged("?!", RELIEVES).relation == ""
    with kg.open() as graph:
        assert graph.claim_duplicates() == []


def test_no_claim_has_more_candidates_than_are_judged_and_their_number_does_not_grow_with_the_store() -> None:
    seen = []
    for many in (300, 1200):
        near = Candidates([form_of(text, "en") for text in generated(many)])
        seen.append(max(len(near.of(number)) for number in range(many)))
    assert seen == [MOST, MOST]


def test_the_seed_beside_a_table_that_asks_it_proposes_that_pair_first(tmp_path: Path) -> None:
    folder = claim_file(tmp_path / "checks", {"asked": "text: massage relieves low back pain?"})
    assert proposed(SEED, folder)[0] == ("checks:asked", "massage-low-back-pain:relieves", "same")


def test_a_pair_that_is_told_as_one_or_stated_to_be_two_does_not_come(tmp_path: Path) -> None:
    claims = {"a": f"text: {RELIEVES}", "b": "text: Massage eases low back pain"}
    told = claims | {"b": "text: Massage eases low back pain, same-as: a"}
    two = claims | {"b": "text: Massage eases low back pain, different-from: a"}
    assert proposed(claim_file(tmp_path / "proposed", claims)) == [("a", "b", "same")]
    assert proposed(claim_file(tmp_path / "told", told)) == []
    assert proposed(claim_file(tmp_path / "two", two)) == []


def test_contrary_claims_share_more_than_what_all_claims_of_the_store_are_about(tmp_path: Path) -> None:
    pair = {
        "a": "text: Massage relieves low back pain in nurses",
        "b": "text: Massage does not cure low back pain of dancers",
    }
    assert judge(*(form_of(text.removeprefix("text: ")) for text in pair.values())).relation == "contrary"
    beside = {f"c{number}": f"text: Massage low back pain {word}" for number, word in enumerate(OTHERS)}
    assert ("a", "b", "contrary") in proposed(claim_file(tmp_path / "few", pair))
    assert ("a", "b", "contrary") not in proposed(claim_file(tmp_path / "many", pair | beside))


def test_claims_of_one_set_are_proposed_once_by_the_claim_that_is_told_for_them(tmp_path: Path) -> None:
    claims = {"a": f"text: {RELIEVES}", "b": f"text: {RELIEVES}.", "c": "text: Does massage relieve low back pain?"}
    assert proposed(claim_file(tmp_path / "set", claims)) == [("a", "c", "same")]


def test_an_equal_scope_is_a_reason_and_another_scope_makes_another_claim(tmp_path: Path) -> None:
    topics = (
        "{adults: {label: Adults, kind: population}, children: {label: Children, kind: population},"
        " old: {label: Old adults, kind: population}}"
    )
    claims = {
        "a": f"text: {RELIEVES}, population: adults",
        "b": "text: Massage eases low back pain, population: adults",
        "c": "text: Massage soothes low back pain, population: children",
        "d": "text: Massage alleviates low back pain, population: old",
    }
    with kg.open() as graph:
        graph.load(claim_file(tmp_path / "scopes", claims, topics))
        found = graph.claim_duplicates()
    pairs = {f"{each.first[-1]}{each.second[-1]}": each.reasons for each in found}
    assert pairs.keys() == {"ab", "ad", "bd"}, "other words for people may mean the same people"
    assert pairs["ab"] == ('synonyms: "relieves" and "eases"', "the same population")
    assert pairs["ad"] == ('synonyms: "relieves" and "alleviates"',)


def test_a_claim_is_compared_by_the_index_and_as_well_in_a_store_that_has_none(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with kg.open() as graph:
        graph.load(SEED, claim_file(tmp_path / "checks", {"asked": "text: massage relieves low back pain?"}))
        with_index = graph.claim_duplicates("relieves")
        monkeypatch.setattr(MemoryStore, "text_index", lambda _: None)
        assert graph.claim_duplicates("relieves") == with_index
    assert [each.relation for each in with_index] == ["same"]


def test_a_limit_below_one_a_name_of_no_claim_and_an_unknown_one_are_refused(seed: kg.KnowledgeGraph) -> None:
    with pytest.raises(UsageError, match="a limit is a whole number above 0"):
        seed.claim_duplicates(limit=0)
    with pytest.raises(NotFoundError, match="'amta' is no claim; it is an agent"):
        seed.claim_duplicates("amta")
    with pytest.raises(NotFoundError, match=r"no 'relives' in .*; nearest: relieves"):
        seed.claim_duplicates("relives")


def test_the_command_writes_pairs_as_json_and_says_how_to_see_more(seed_store: Path, tmp_path: Path) -> None:
    store = tmp_path / "store"
    shutil.copytree(seed_store, store)
    claims = {"asked": "text: massage relieves low back pain?", "eases": "text: Massage eases low back pain"}
    table = claim_file(tmp_path / "checks", claims)
    assert run("load", str(table), "--store", str(store)).exit_code == 0
    found = run("claims", "duplicates", "relieves", "--store", str(store), "--format", "json", "--limit", "1")
    (pair,) = json.loads(found.stdout)
    assert list(pair) == ["first", "second", "relation", "score", "reasons"]
    assert [*pair.values()][:3] == ["checks:asked", "massage-low-back-pain:relieves", "same"]
    assert found.stderr == "kg: … more: --limit 2\n"
    shown = run("claims", "duplicates", "relieves", "--store", str(store), "--format", "table").stdout
    assert "2 pairs; nothing was merged" in shown
    assert re.search(r"synonyms:\s+\"eases\"", shown)


def test_the_command_says_where_there_is_nothing_and_refuses_a_limit_of_none(seed_store: Path) -> None:
    found = run("claims", "duplicates", "improves-sleep", "--store", str(seed_store), "--format", "json")
    assert (found.stdout, found.stderr) == ("[]\n", "kg: no claims found that are likely the same, or contrary\n")
    assert run("claims", "duplicates", "--limit", "0", "--store", str(seed_store)).exit_code == 2


def test_the_same_store_gives_the_same_bytes() -> None:
    command = ("-m", "kg", "claims", "duplicates", "--data", str(SEED), "--format", "json")
    assert len(hash_seeds.outputs(*command)) == 1
