"""Fact checks: what reviews of schema.org say, and by whom, in whatever file they stand."""

from __future__ import annotations

import json
from collections import Counter
from pathlib import Path
from typing import Any

import pytest

import kg
from kg.errors import UnreadableError
from kg.graph import KnowledgeGraph
from kg.model.ids import claim_id
from kg.readers.claim_reviews.json_ld import _decoded

EXAMPLES = Path(__file__).parents[1] / "examples" / "claim-reviews"
HC = "https://w3id.org/health-claims/ontology#"

SAID = """
SELECT ?text ?stance ?name ?source WHERE {
  ?assertion a hc:Assertion ; hc:asserts/hc:text ?text ; hc:stance ?stance .
  ?assertion hc:agent/hc:name ?name ; hc:source ?source .
} ORDER BY ?text ?stance ?name ?source
"""


def said(graph: KnowledgeGraph) -> list[tuple[str, str, str, str]]:
    rows = [tuple(map(str, row.values())) for row in graph.query(SAID)]
    return [(text, stance.removeprefix(HC), name, source) for text, stance, name, source in rows]


def loaded(*files: Path) -> tuple[list[tuple[str, str, str, str]], list[str]]:
    """Return who says what, and what was warned of; there are no violations."""
    with kg.open() as graph:
        warnings = [problem.message for problem in graph.load(*files).warnings]
        assert [str(problem) for problem in graph.validate().problems if problem.severity == "violation"] == []
        return said(graph), warnings


def review(**more: Any) -> dict[str, Any]:
    return {
        "@context": "https://schema.org", "@type": "ClaimReview", "url": "https://checks.example/1",
        "claimReviewed": "Tea calms", "author": {"@type": "Organization", "name": "Checks"},
    } | more  # fmt: skip


def stances(folder: Path, rating: Any) -> list[str]:
    file = folder / "review.json"
    file.write_text(json.dumps(review(reviewRating=rating)), encoding="utf-8")
    with kg.open() as graph:
        graph.load(file)
        return [stance for _, stance, _, _ in said(graph)]


def test_reviewer_and_claimant_each_take_their_stance() -> None:
    rows, warnings = loaded(EXAMPLES / "reviews.jsonld")
    assert rows == [
        ("Ginger prevents nausea", "NoEvidence", "Example Checks", "https://checks.example/ginger"),
        ("Massage cures cancer", "Affirms", "A. Healer", "https://healer.example/post"),
        ("Massage cures cancer", "Denies", "Example Checks", "https://checks.example/massage-cures-cancer"),
        ("Tea helps people to sleep", "Affirms", "Example Checks", "https://checks.example/tea"),
    ]
    words = ['"2" of https://checks.example/copper', '"Three stars out of a clear sky" of https://checks.example/mud']
    way = "is not understood, so that no stance is stated for the reviewer"
    number = 'only a number gives the rating "1" of https://checks.example/tea a stance: affirms'
    assert warnings == [number, *(f"the rating {rating} {way}" for rating in words)]


def test_a_review_without_a_stance_is_a_source_of_its_claim() -> None:
    with kg.open() as graph:
        graph.load(EXAMPLES / "reviews.jsonld")
        assert graph.query('ASK { ?claim a hc:Claim ; hc:text "Mud baths relieve arthritis" }')
        assert graph.query("ASK { <https://checks.example/mud> a hc:Source }")


def test_the_words_of_a_rating_and_of_its_reason_are_kept_as_quotes() -> None:
    with kg.open() as graph:
        graph.load(EXAMPLES / "reviews.jsonld")
        quotes = "SELECT ?q { ?a hc:stance hc:Denies ; hc:quote/oa:hasSelector/oa:exact ?q } ORDER BY ?q"
        assert [row["q"] for row in graph.query(quotes)] == ["False", "No trial has looked at it."]


def test_a_feed_of_data_and_a_work_that_is_reviewed_itself() -> None:
    rows, warnings = loaded(EXAMPLES / "feed.json")
    assert rows == [
        ("Massage cures cancer", "Affirms", "A. Healer", "http://verif.example/massage"),
        ("Massage cures cancer", "Affirms", "Autre Vérif", "http://verif.example/massage-2"),
        ("Massage cures cancer", "Affirms", "The Paper", "http://paper.example/1"),
        ("Massage cures cancer", "Doubts", "Autre Vérif", "http://verif.example/massage"),
    ]
    assert warnings == []


def test_a_page_has_scripts_and_microdata_and_a_broken_script_is_left_out() -> None:
    rows, warnings = loaded(EXAMPLES / "page.html")
    assert rows == [
        ("Kupfer lindert Arthrose", "Affirms", "Kupfer AG", "https://pruefer.example/kupfer"),
        ("Kupfer lindert Arthrose", "Doubts", "Die Prüfer", "https://pruefer.example/kupfer"),
        ("Massage heilt Krebs", "Denies", "Die Prüfer", "https://pruefer.example/krebs"),
    ]
    assert warnings == [
        "the JSON of this script is broken (expecting value); it was left out",
        'only a number gives the rating "Naja" of https://pruefer.example/kupfer a stance: doubts',
    ]


def test_a_page_knows_the_line_of_a_script() -> None:
    with kg.open() as graph:
        warning = next(each for each in graph.load(EXAMPLES / "page.html").warnings if each.rule == "script-broken")
        assert str(warning.place) == f"{EXAMPLES / 'page.html'}:6:77"


def test_an_entry_of_a_feed_holds_a_review_or_only_a_link() -> None:
    rows, warnings = loaded(EXAMPLES / "feed.rss")
    assert rows == [("Magnets relieve pain", "Doubts", "Example Checks", "https://checks.example/magnets")]
    assert warnings == ["1 of 2 entries hold no review, only a link; save the pages, and load these"]


def test_the_same_words_in_two_files_are_one_claim_with_all_its_stances() -> None:
    with kg.open() as graph:
        graph.load(EXAMPLES / "reviews.jsonld", EXAMPLES / "feed.json")
        rows = graph.query(
            'SELECT ?c ?stance { ?c a hc:Claim FILTER EXISTS { ?c hc:text ?t FILTER(REGEX(?t, "cures cancer")) } '
            "?a hc:asserts ?c ; hc:stance ?stance }"
        )
        found = Counter((row["c"], str(row["stance"]).removeprefix(HC)) for row in rows)
    assert {node for node, _ in found} == {
        f"https://w3id.org/health-claims/id/claim-reviews/{claim_id('massage cures cancer')}"
    }
    assert {stance for _, stance in found} == {"Affirms", "Denies", "Doubts"}


@pytest.mark.parametrize(
    "text", ["Tea calms.", " TEA  calms", "\u201cThé\u201d calme \u2018tout\u2019", "a\u00a0b\n c . .", "Ärzte Öl"]
)
def test_the_rules_name_a_claim_as_the_other_readers_do(tmp_path: Path, text: str) -> None:
    file = tmp_path / "review.json"
    file.write_text(json.dumps(review(claimReviewed=text)), encoding="utf-8")
    with kg.open() as graph:
        graph.load(file)
        (row,) = graph.query("SELECT ?claim { ?claim a hc:Claim }")
        assert str(row["claim"]).rpartition("/")[2] == claim_id(text)


@pytest.mark.parametrize(
    ("rating", "stance"),
    [
        ({"ratingValue": 1, "bestRating": 5, "worstRating": 1}, ["Denies"]),
        ({"ratingValue": 1, "bestRating": 1, "worstRating": 5}, ["Affirms"]),
        ({"ratingValue": "3", "bestRating": "5", "worstRating": "1"}, ["Doubts"]),
        ({"ratingValue": "4,5", "bestRating": "5", "worstRating": "1"}, ["Affirms"]),
        ({"ratingValue": 5, "bestRating": 5, "worstRating": 1, "alternateName": "False"}, ["Denies"]),
        ({"alternateName": "Pants on Fire!"}, ["Denies"]),
        ({"alternateName": " “Mostly True” "}, ["Affirms"]),
        ({"alternateName": "Misleading"}, ["Doubts"]),
        ({"alternateName": "No evidence"}, ["NoEvidence"]),
        ({"alternateName": "Irreführend"}, ["Doubts"]),
        ({"name": "Bulo"}, ["Denies"]),
        ("False", ["Denies"]),
        ([{"alternateName": "False"}, {"alternateName": "Wrong"}], ["Denies"]),
        ([{"alternateName": "False"}, {"alternateName": "True"}], []),
        ({"ratingValue": 1}, []),
        ({"ratingValue": -1, "bestRating": -1, "worstRating": -1}, []),
        ({"ratingValue": 9, "bestRating": 5, "worstRating": 1}, []),
        ({"alternateName": "not true that it is false"}, []),
        ({"alternateName": "True, but"}, []),
        (None, []),
    ],
)
def test_a_rating_gives_a_stance_only_where_it_is_understood(tmp_path: Path, rating: Any, stance: list[str]) -> None:
    assert stances(tmp_path, rating) == stance


def test_a_claim_without_a_review_is_affirmed_where_it_appears(tmp_path: Path) -> None:
    (tmp_path / "claim.ttl").write_text("""
        @prefix s: <http://schema.org/> .
        <http://e/c> a s:Claim ; s:text "Tea calms." ; s:author [ s:name "Jim" ] ; s:appearance <http://e/blog> .
        <http://e/d> a s:Claim ; s:text "Tea harms." .
    """)
    rows, _ = loaded(tmp_path / "claim.ttl")
    assert rows == [("Tea calms", "Affirms", "Jim", "http://e/blog")]


def test_reviews_in_turtle_read_as_those_in_json(tmp_path: Path) -> None:
    (tmp_path / "review.ttl").write_text("""
        @prefix s: <https://schema.org/> .
        [] a s:ClaimReview ; s:claimReviewed "Tea calms" ; s:url <https://checks.example/1> ;
          s:author [ a s:Organization ; s:name "Checks" ] ; s:reviewRating [ s:alternateName "False" ] .
    """)
    (tmp_path / "review.json").write_text(json.dumps(review(reviewRating={"alternateName": "False"})))
    assert loaded(tmp_path / "review.ttl")[0] == loaded(tmp_path / "review.json")[0] != []


def test_other_names_for_the_terms_are_heeded_and_nothing_is_fetched(tmp_path: Path) -> None:
    document = {
        "@context": ["https://schema.org/docs/x.json", {"s": "http://schema.org/", "says": "s:claimReviewed"}],
        "@type": "s:ClaimReview", "s:url": "https://checks.example/1", "https://schema.org/author": "Jim",
        "says": {"@value": "Tee beruhigt", "@language": "de"},
        "schema:reviewRating": {"s:alternateName": "Falsch"}, "other:key": 1,
    }  # fmt: skip
    (tmp_path / "review.jsonld").write_text(json.dumps(document), encoding="utf-8")
    rows, warnings = loaded(tmp_path / "review.jsonld")
    assert rows == [("Tee beruhigt", "Denies", "Jim", "https://checks.example/1")]
    assert warnings == ["schema.org has no key 'other:key', which is left out"]


@pytest.mark.parametrize(
    "context",
    [
        "https://words.example/context.jsonld",
        ["https://schema.org", "https://words.example/more"],
        {"@import": "https://words.example/context.jsonld"},
        "https://schema.org.words.example/",
    ],
)
@pytest.mark.parametrize("name", ["r.jsonld", "r.json", "r.html"])
def test_a_context_at_another_address_is_refused_and_not_taken_for_that_of_schema_org(
    tmp_path: Path, context: Any, name: str
) -> None:
    text = json.dumps(review(reviewRating={"alternateName": "False"}) | {"@context": context})
    page = f"<script type='application/ld+json'>{text}</script>" if name == "r.html" else text
    (tmp_path / name).write_text(page)
    with (
        kg.open() as graph,
        pytest.raises(UnreadableError, match=r"its @context is at https://\S*words\.example\S*, and kg"),
    ):
        graph.load(tmp_path / name)


@pytest.mark.parametrize(
    "context", ["http://www.schema.org", "schema.org", "https://schema.org/docs/jsonldcontext.jsonld"]
)
def test_the_context_of_schema_org_is_known(tmp_path: Path, context: str) -> None:
    (tmp_path / "r.json").write_text(
        json.dumps(review(reviewRating={"alternateName": "False"}) | {"@context": context})
    )
    assert [stance for _, stance, *_ in loaded(tmp_path / "r.json")[0]] == ["Denies"]


def test_the_words_of_another_vocabulary_are_not_those_of_schema_org(tmp_path: Path) -> None:
    text = json.dumps(review() | {"@context": {"@vocab": "https://words.example/"}})
    (tmp_path / "r.json").write_text(text)
    with kg.open() as graph, pytest.raises(UnreadableError, match=r"no ClaimReview of schema\.org"):
        graph.load(tmp_path / "r.json")


def test_one_claim_in_other_letters_is_one(tmp_path: Path) -> None:
    words = ["Café calms", "Cafe\u0301 calms", "CAFÉ CALMS.", "Café calms"]
    reviews = [review(claimReviewed=each, url=f"https://checks.example/{n}") for n, each in enumerate(words)]
    (tmp_path / "r.json").write_text(json.dumps(reviews))
    with kg.open() as graph:
        graph.load(tmp_path / "r.json")
        assert list(graph.claims) == [claim_id("Café calms")]


def test_the_same_file_gives_the_same_quads_and_keeps_all_that_it_says() -> None:
    from kg.readers import read

    first, second = (tuple(read(EXAMPLES / "reviews.jsonld").quads) for _ in range(2))
    assert first == second
    kept = {quad.object.value for quad in first}
    assert {"2021-05-04", "Does massage cure cancer?", "My cure", "5"} <= kept


ENTITIES = '<!DOCTYPE rss [<!ENTITY a "ha"><!ENTITY b "&a;&a;">]><rss><channel><item>&b;</item></channel></rss>'


@pytest.mark.parametrize(
    ("name", "content", "sentence"),
    [
        ("a.html", b"", "a.html: the file is empty"),
        ("a.html", b"<p>Nothing here.</p>", "a.html: no ClaimReview of schema.org in this file"),
        ("a.html", b'<meta charset="utf-8"><p>caf\xe9', "a.html:1: not utf-8 text (byte 28); save the page as UTF-8"),
        ("a.html", b'<meta charset="hex"><p>', "a.html: 'hex' is no encoding of text; save the page as UTF-8"),
        (
            "a.html",
            b'<script type="application/ld+json">{"@type": "Cla',
            "a.html: no ClaimReview of schema.org in this",
        ),
        ("a.html", b"<div>" * 3000, "a.html: this page is nested more than 2000 deep, which no page is"),
        ("a.json", b'{"@type": "ClaimReview", "claimRev', "a.json:1:26: broken JSON: unterminated string starting at"),
        ("a.json", b'{"@type": "ClaimReview", "a": "\0\xff"}', "a.json: not text but binary (it has zero bytes)"),
        ("a.json", b'["ClaimReview", ' + b"[" * 9000, "a.json: this JSON is nested more than 100 deep"),
        ("a.json", b'["ClaimReview", ' + b"[" * 200 + b"]" * 201, "a.json: this JSON is nested more than 100 deep"),
        ("a.json", b'["ClaimReview"]', "a.json: no ClaimReview of schema.org in this file"),
        ("a.rss", b"", "a.rss:1: broken XML at column 1: no element found"),
        ("a.rss", b"<rss><channel><item>", "a.rss:1: broken XML at column 21: no element found"),
        ("a.rss", ENTITIES.encode(), "a.rss:1: this XML declares entities"),
        ("a.rss", b"<rss><item><a>caf\xe9</a></item></rss>", "a.rss:1: broken XML at column 18: not well-formed"),
    ],
)
def test_what_cannot_be_read_is_one_sentence_and_nothing_is_loaded(
    tmp_path: Path, name: str, content: bytes, sentence: str
) -> None:
    (tmp_path / name).write_bytes(content)
    with kg.open() as graph:
        with pytest.raises(UnreadableError) as refusal:
            graph.load(EXAMPLES / "feed.json", tmp_path / name)
        assert str(refusal.value).startswith(f"{tmp_path}/{sentence}")
        assert "\n" not in str(refusal.value)
        assert refusal.value.exit_code == 3
        assert graph.store.graphs() == ()


@pytest.mark.parametrize("bomb", ["xmlbomb.xml", "xmlbomb2.xml", "quadratic.xml", "cyclic.xml"])
def test_a_bomb_in_a_feed_is_refused(shared: Path, tmp_path: Path, bomb: str) -> None:
    (tmp_path / "feed.rss").write_bytes((shared / "data" / "hostile" / "defusedxml" / bomb).read_bytes())
    with kg.open() as graph, pytest.raises(UnreadableError, match="declares entities"):
        graph.load(tmp_path / "feed.rss")


def test_naughty_texts_go_through_a_review_unharmed(shared: Path, tmp_path: Path) -> None:
    texts = json.loads((shared / "data" / "hostile" / "blns.json").read_text(encoding="utf-8"))
    graph = [review(url=f"https://e.example/{n}", claimReviewed=text) for n, text in enumerate(texts)]
    (tmp_path / "naughty.json").write_text(json.dumps({"@graph": [*graph, review(claimReviewed="half \ud800 pair")]}))
    with kg.open() as opened:
        opened.load(tmp_path / "naughty.json")
        kept = {row["text"] for row in opened.query("SELECT ?text { ?r schema:claimReviewed ?text }")}
        texts = [_decoded(text).strip() for text in texts]  # entities are letters
        assert kept == {*filter(None, texts), "half \ufffd pair"}
        assert opened.validate().number_of("violation") == 0


def review_by(author: str | None, **more: Any) -> dict[str, Any]:
    """Return a review with a verdict and a reason, of a claim that somebody else makes."""
    made = {"@type": "Claim", "author": {"@type": "Person", "name": "Jim"}, "appearance": "https://blog.example/c"}
    rating = {"@type": "Rating", "alternateName": "False", "ratingExplanation": "No trial."}
    by = {"author": {"@type": "Organization", "name": author} if author else None}
    return review(itemReviewed=made, reviewRating=rating, datePublished="2020-01-02") | by | more


@pytest.mark.parametrize("url", ["https://checks.example/1", None])
def test_copies_of_one_review_say_it_once_even_where_the_reason_is_worded_anew(tmp_path: Path, url: str | None) -> None:
    page = '<html><title>{}</title><script type="application/ld+json">{}</script></html>'
    reworded = {"reviewRating": {"alternateName": "False", "ratingExplanation": "There was no trial."}}
    for name, more in {"a": {}, "b": {}, "c": {"headline": "Tea"} | reworded}.items():
        document = json.dumps(review_by("Checks", url=url, **more))
        (tmp_path / f"{name}.html").write_text(page.format(name, document), encoding="utf-8")
    rows, _ = loaded(*(tmp_path / f"{name}.html" for name in "abc"))
    assert [row[:3] for row in rows] == [("Tea calms", "Affirms", "Jim"), ("Tea calms", "Denies", "Checks")]


def test_two_verdicts_two_pages_and_two_reviewers_are_not_one(tmp_path: Path) -> None:
    reviews = [
        review_by("Checks"),
        review_by("Checks", url="https://checks.example/2"),
        review_by("Others"),
        review_by("Checks", reviewRating={"alternateName": "True"}),
        review_by(None, url=None),
    ]
    for number, each in enumerate([*reviews, review_by(None, url=None)]):
        (tmp_path / f"{number}.json").write_text(json.dumps(each), encoding="utf-8")
    with kg.open() as graph:
        graph.load(*sorted(tmp_path.iterdir()))
        rows = graph.query("SELECT ?a WHERE { ?a a hc:Assertion MINUS { ?a hc:source <https://blog.example/c> } }")
        assert len(list(rows)) == 6


# ---------------------------------------------------------------------------------------------- what real pages write

SCRIPT = '<html><script type="application/ld+json">{}</script></html>'


@pytest.mark.parametrize(
    ("words", "stance"),
    [
        ("Mainly unsupported", "NoEvidence"),
        ("Weitgehend unbewiesen", "NoEvidence"),
        ("Almost entirely fabricated", "Denies"),
        ("Zum Teil wahr", "Doubts"),
        ("Totalmente falso", "Denies"),
        ("Largement non prouvé", "NoEvidence"),
        ("In gran parte vero", "Affirms"),
        ("Grotendeels onbewezen", "NoEvidence"),
        ("Częściowo prawda", "Doubts"),
        ("Em grande parte falso", "Denies"),
    ],
)
def test_an_adverb_before_a_known_word_decides_and_not_the_number(tmp_path: Path, words: str, stance: str) -> None:
    rating = {"alternateName": words, "ratingValue": 2, "worstRating": 1, "bestRating": 5}
    assert stances(tmp_path, rating) == [stance]


def test_a_stance_that_only_a_number_gives_is_told(tmp_path: Path) -> None:
    rating = {"alternateName": "A bit off", "ratingValue": 1, "worstRating": 1, "bestRating": 5}
    file = tmp_path / "review.json"
    file.write_text(json.dumps(review(reviewRating=rating)))
    rows, warnings = loaded(file)
    assert [row[1] for row in rows] == ["Denies"]
    assert warnings == ['only a number gives the rating "A bit off" of https://checks.example/1 a stance: denies']


def test_an_empty_claim_is_said_to_be_empty_and_not_the_rating(tmp_path: Path) -> None:
    file = tmp_path / "review.json"
    file.write_text(json.dumps(review(claimReviewed=" ", reviewRating={"alternateName": "False"})))
    rows, warnings = loaded(file)
    assert rows == []
    assert [warning for warning in warnings if "claim" in warning] == [
        "no claim of https://checks.example/1 is stated: claimReviewed and itemReviewed have no words"
    ]


@pytest.mark.parametrize(
    "wrapped",
    [
        "//<![CDATA[\n{}\n//]]>",
        "<!--//--><![CDATA[//><!--\n{}\n//--><!]]>",
        "/* <![CDATA[ */ {} /* ]]&gt; */",
        "<!-- {} -->",
        "{};",
        "[{}];\n",
    ],
)
def test_what_pages_write_around_their_json_is_passed_over(tmp_path: Path, wrapped: str) -> None:
    document = json.dumps(review(reviewRating={"alternateName": "False"}))
    file = tmp_path / "page.html"
    for script in (document, document.replace('"', "&#34;"), document.replace('"', "&quot;")):
        file.write_text(SCRIPT.replace("{}", wrapped.replace("{}", script)))
        rows, warnings = loaded(file)
        assert (rows, warnings) == ([("Tea calms", "Denies", "Checks", "https://checks.example/1")], [])


@pytest.mark.parametrize("name", ["Mind &amp; Body", "Mind &#38; Body", "Mind &amp;amp; Body", "Mind &#x26; Body"])
def test_entities_are_letters_in_claims_names_and_addresses(tmp_path: Path, name: str) -> None:
    file = tmp_path / "review.json"
    more = {"author": {"name": name}, "claimReviewed": "Nobody&#8217;s tea calms", "reviewRating": {"name": "False"}}
    file.write_text(json.dumps(review(url="https://checks.example/?a=1&amp;b=2", **more)))
    rows, _ = loaded(file)
    assert rows == [("Nobody\u2019s tea calms", "Denies", "Mind & Body", "https://checks.example/?a=1&b=2")]


@pytest.mark.parametrize("key", ["text", "name"])
def test_a_claim_may_be_an_object_with_its_author(tmp_path: Path, key: str) -> None:
    claim = {"@type": "Claim", key: "Tea calms", "author": {"@type": "Person", "name": "T. Leaf"}}
    file = tmp_path / "review.json"
    file.write_text(json.dumps(review(claimReviewed=claim, reviewRating={"alternateName": "False"})))
    rows, _ = loaded(file)
    assert [row[:3] for row in rows] == [("Tea calms", "Affirms", "T. Leaf"), ("Tea calms", "Denies", "Checks")]


def test_several_authors_and_a_key_that_comes_twice_lose_nobody(tmp_path: Path) -> None:
    rating = '"reviewRating": {"alternateName": "False"}'
    authors = ('{"name": "A. Pen"}', '{"name": "B. Ink"}')
    claim = '"@type": "ClaimReview", "url": "https://checks.example/1", "claimReviewed": "Tea calms"'
    for text in (f'"author": [{", ".join(authors)}]', ", ".join(f'"author": {author}' for author in authors)):
        file = tmp_path / "review.json"
        file.write_text(f"{{{claim}, {text}, {rating}}}")
        rows, _ = loaded(file)
        assert [row[1:3] for row in rows] == [("Denies", "A. Pen"), ("Denies", "B. Ink")]


def test_a_review_of_a_picture_is_counted_and_left_out(tmp_path: Path) -> None:
    media = {"@context": "https://schema.org", "@type": "MediaReview", "mediaAuthenticityCategory": "EditedOrCropped"}
    file = tmp_path / "review.json"
    file.write_text(json.dumps([review(reviewRating={"alternateName": "False"}), media]))
    rows, warnings = loaded(file)
    assert len(rows) == 1
    assert warnings == ["1 MediaReview left out: it is of a picture or a film, and not of a claim"]
    file.write_text(json.dumps(media))
    with kg.open() as graph, pytest.raises(UnreadableError, match="MediaReview left out: it is of a picture"):
        graph.load(file)
