"""The seed dataset says what the article and the literature behind it say; row by row."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import pytest

from kg.namespaces import GRAPH, HC, ID, UNION
from kg.readers import read
from kg.store import GraphRecord, open_store
from kg.store.syntax import parse
from kg.store.terms import IRI, Literal, Quad, in_graph
from tests.conftest import ROOT, SEED

if TYPE_CHECKING:
    from pathlib import Path

    from kg.graph import KnowledgeGraph
    from kg.validate import Report

CLAIM_FILES = ("claims.yaml", "primary-sources.yaml")
PREFIX = f"PREFIX : <{ID}massage-low-back-pain/>\n"
SHORT_TERM = "the benefits are short term in relation to increase in function and pain relief"


@pytest.fixture(scope="module")
def report(seed: KnowledgeGraph) -> Report:
    return seed.validate(SEED)


def ask(graph: KnowledgeGraph, pattern: str) -> bool:
    return graph.store.ask(f"{PREFIX}ASK {{ {pattern} }}")


def column(graph: KnowledgeGraph, variable: str, pattern: str) -> list[str]:
    """The values of one variable, sorted; of nodes, the part after the last / or #."""
    rows = graph.store.select(f"{PREFIX}SELECT DISTINCT ?{variable} WHERE {{ {pattern} }}")
    values = (row[variable].value for row in rows)
    return sorted(re.sub(r"^https://.*[/#]", "", value) for value in values)


# ---------------------------------------------------------------------------------------------------- the whole of it


def test_every_sentence_of_the_article_is_quoted_or_set_aside(report: Report) -> None:
    (article,) = report.coverage
    assert article.quoted + article.set_aside == article.sentences
    assert article.sentences > 40


def test_nothing_in_the_dataset_violates_a_shape_or_a_lint(report: Report) -> None:
    assert [str(result.problem) for result in report.results if result.problem.severity == "violation"] == []


def test_every_quote_is_found_where_its_position_says(seed: KnowledgeGraph) -> None:
    text = (SEED / "article.txt").read_text(encoding="utf-8")
    rows = seed.store.select(
        "SELECT ?exact ?start ?end { ?quote oa:hasSelector/oa:exact ?exact ; oa:hasSelector ?at ."
        " ?at oa:start ?start ; oa:end ?end }"
    )
    assert len(rows) > 60
    for row in rows:
        found = text[int(row["start"].value) : int(row["end"].value)]
        assert " ".join(found.split()) == " ".join(row["exact"].value.split())


def test_what_the_article_says_is_quoted(seed: KnowledgeGraph) -> None:
    unquoted = "?node hc:source :article ; hc:asserts ?claim FILTER NOT EXISTS { ?node hc:quote ?quote }"
    assert column(seed, "node", unquoted) == []


def test_there_are_no_blank_nodes(seed: KnowledgeGraph) -> None:
    assert not ask(seed, "?node ?p ?o FILTER(ISBLANK(?node) || ISBLANK(?o))")


def test_every_claim_of_benefit_or_harm_states_population_intervention_and_outcome(seed: KnowledgeGraph) -> None:
    without = (
        "VALUES ?kind { hc:Efficacy hc:Harm } ?claim hc:kind ?kind FILTER NOT EXISTS"
        " { ?claim hc:population ?p ; hc:intervention ?i ; hc:outcome ?o }"
    )
    assert column(seed, "claim", without) == []


def test_no_figure_lacks_its_unit(seed: KnowledgeGraph) -> None:
    without = "{ ?f hc:value ?v } UNION { ?f hc:lower ?v } FILTER NOT EXISTS { ?f hc:unit ?unit }"
    assert column(seed, "f", without) == []


def test_every_doi_is_well_formed_and_belongs_to_one_source(seed: KnowledgeGraph) -> None:
    dois = [row["doi"].value for row in seed.store.select("SELECT ?doi { ?source prism:doi ?doi }")]
    assert len(dois) > 20
    assert len(set(dois)) == len(dois)
    assert all(re.fullmatch(r"10\.\d{4,9}/\S+", doi) for doi in dois)


def test_every_fact_that_is_not_quoted_says_where_it_was_read(seed: KnowledgeGraph) -> None:
    unread = (
        "{ ?node a hc:Source } UNION { ?node a hc:Study } UNION { ?node hc:asserts ?claim }"
        " UNION { ?study a hc:Study ; hc:finding ?node }"
        " FILTER NOT EXISTS { ?node hc:readIn ?where } FILTER NOT EXISTS { ?node hc:quote ?quote }"
    )
    assert column(seed, "node", unread) == ["article"]


# ------------------------------------------------------------------------------------------- what the article says


def test_amta_affirms_relief_and_adjunct_in_2001_without_a_trace(seed: KnowledgeGraph) -> None:
    held = "?a hc:agent :amta ; hc:source :article ; hc:stance hc:Affirms ; hc:asserts ?claim ; hc:date ?date"
    assert column(seed, "claim", held) == ["adjunct", "relieves"]
    assert column(seed, "date", held) == ["2001"]
    assert not ask(seed, "?a hc:agent :amta ; hc:source :article ; hc:tracedTo ?origin")
    assert not ask(seed, ":article-amta-study hc:tracedTo ?origin")


def test_the_quote_keeps_the_articles_effect_adjunct(seed: KnowledgeGraph) -> None:
    words = ":amta-adjunct hc:quote/oa:hasSelector/oa:exact ?words"
    assert column(seed, "words", words) == ["an effect adjunct to lower back treatments"]


def test_the_sentence_that_stands_twice_is_quoted_at_both_places(seed: KnowledgeGraph) -> None:
    for assertion in ("amta-relieves", "amta-adjunct", "article-amta-study"):
        assert len(column(seed, "start", f":{assertion} hc:quote/oa:hasSelector/oa:start ?start")) == 2


def test_amta_has_an_interest_as_a_trade_association_and_a_source_says_so(seed: KnowledgeGraph) -> None:
    assert ask(
        seed,
        "?i hc:interestOf :amta ; hc:interestIn :massage ; hc:interestKind hc:TradeAssociation ;"
        " hc:source :amta-position",
    )


def test_the_touch_research_institute_affirms_four_claims_each_with_leads_only(seed: KnowledgeGraph) -> None:
    said = "?a hc:agent :touch-research-institute ; hc:stance hc:Affirms ; hc:asserts ?claim"
    assert column(seed, "claim", said) == ["eases-anxiety", "eases-depression", "improves-sleep", "relieves"]
    assert not ask(seed, f"{said} ; hc:tracedTo ?origin")
    leads = f"{said} . ?lead hc:leadFor ?a ; hc:source ?source"
    assert column(seed, "source", leads) == ["field-2007", "hernandez-reif-2001"]


def test_the_recent_reviews_doubt_and_do_not_deny(seed: KnowledgeGraph) -> None:
    assert column(seed, "stance", "?a hc:agent :recent-reviews ; hc:stance ?stance") == ["Doubts"]
    assert ask(
        seed,
        ":reviews-doubt hc:evidenceKind hc:SystematicReview . ?g hc:premise :reviews-doubt ; hc:target :relieves ;"
        " hc:direction hc:Opposes ; hc:directness hc:Indirect",
    )
    assert not ask(seed, ":reviews-doubt hc:tracedTo ?origin")
    assert not ask(seed, ":relieves hc:opposes :relieves")


def test_the_argument_from_the_trial_rests_on_five_things_traced_to_the_paper(seed: KnowledgeGraph) -> None:
    premises = (
        ":from-trial hc:direction hc:Supports ; hc:target :relieves ; hc:premise ?a . ?a hc:tracedTo :cherkin-2011"
    )
    assert column(seed, "a", premises) == [
        "trial-bed-days", "trial-drugs", "trial-function", "trial-symptoms", "trial-third",
    ]  # fmt: skip


def test_the_articles_33_percent_names_no_comparator_and_no_time(seed: KnowledgeGraph) -> None:
    stated = ":trial-third hc:finding ?f . ?f hc:value ?value ; hc:unit ?unit ; hc:outcome :pain"
    assert (column(seed, "value", stated), column(seed, "unit", stated)) == (["33"], ["percent"])
    assert not ask(seed, ":trial-third hc:finding ?f . ?f hc:comparator|hc:timePoint ?any")


def test_from_the_33_percent_one_reaches_the_trial_and_what_it_measured(seed: KnowledgeGraph) -> None:
    way = ":trial-third hc:tracedTo/hc:reports ?trial . ?trial hc:registration 'NCT00371384' ; hc:finding ?f"
    findings = column(seed, "f", way)
    assert {"rdq-relaxation-10w", "rdq-structural-10w", "better-massage-10w", "better-usual-10w"} <= set(findings)
    primary = (
        "?f hc:value ?value ; hc:lower ?lower ; hc:upper ?upper ; hc:confidenceLevel ?level ; hc:outcome :function ;"
        " hc:timePoint 'P70D'^^xsd:dayTimeDuration ; hc:comparator/hc:intervention :usual-care ; hc:arm/hc:n 136"
        " FILTER(?value = -2.9 && ?lower = -4 && ?upper = -1.8 && ?level = 95)"
    )
    assert column(seed, "f", f"{way} . {primary}") == ["rdq-relaxation-10w"]


def test_cherkins_vouching_supports_the_argument_from_the_trial(seed: KnowledgeGraph) -> None:
    vouching = (
        "?g hc:target :from-trial ; hc:direction hc:Supports ; hc:premise ?a . ?a hc:agent :cherkin ; hc:asserts ?c"
    )
    assert column(seed, "c", vouching) == ["credible", "high-follow-up", "large-sample", "randomised"]
    assert ask(seed, "?i hc:interestOf :cherkin ; hc:interestKind hc:Authorship ; hc:source :cherkin-2011")


def test_cherkins_limit_qualifies_the_argument_and_opposes_nothing(seed: KnowledgeGraph) -> None:
    assert ask(seed, "?g hc:premise :cherkin-limit ; hc:target :from-trial ; hc:direction hc:Qualifies")
    assert not ask(seed, "?g hc:premise :cherkin-limit ; hc:direction hc:Opposes")
    assert ask(seed, ":narrow-sample hc:qualifies :relieves")


def test_the_surgeons_qualify_by_duration_oppose_that_it_lasts_and_undercut_by_mechanism(seed: KnowledgeGraph) -> None:
    assert column(seed, "c", ":short-term hc:qualifies ?c . ?c hc:affirmedBy :amta") == ["adjunct", "relieves"]
    assert column(seed, "c", ":short-term hc:qualifies ?c . ?c hc:affirmedBy :trial-team") == [
        "better-function", "fewer-symptoms",
    ]  # fmt: skip
    assert ask(seed, ":short-term hc:opposes :lasts")
    undercut = "?g hc:premise :surgeons-muscle-only ; hc:direction hc:Opposes ; hc:target ?target"
    assert column(seed, "target", undercut) == ["amta-adjunct", "amta-relieves", "from-trial"]
    assert ask(seed, ":muscle-only hc:undercuts :relieves ; hc:supports :short-term")
    assert not ask(seed, "VALUES ?c { :short-term :muscle-only } ?c hc:opposes :relieves")


def test_asked_what_is_held_against_amta_the_graph_answers_with_the_surgeons_view_and_words(
    seed: KnowledgeGraph,
) -> None:
    answered = seed.query("counterclaims-to-agent", {"agent": "amta"})
    against = {(row["kind"], row["who"], row["words"]) for row in answered}
    assert ("qualifies", "Orthopedic and neurosurgeons", SHORT_TERM) in against
    kinds = {(kind, who) for kind, who, _ in against}
    assert {
        ("undercuts", "Orthopedic and neurosurgeons"), ("undercuts", "Critics"), ("qualifies", "Daniel Cherkin"),
        ("doubts", "Recent reviews"),
    } <= kinds  # fmt: skip


def test_the_critics_undercut_the_inference_and_not_the_figures(seed: KnowledgeGraph) -> None:
    attacks = "?g hc:premise :critics-setting ; hc:direction hc:Opposes ; hc:target ?target"
    assert column(seed, "target", attacks) == ["from-trial"]
    assert ask(seed, ":setting-helps hc:undercuts :relieves")


def test_the_mechanism_is_affirmed_by_researchers_and_the_article_says_that_none_is_known(seed: KnowledgeGraph) -> None:
    assert ask(seed, ":central-response hc:kind hc:Mechanism")
    assert column(seed, "who", "?a hc:asserts :central-response ; hc:stance hc:Affirms ; hc:agent ?who") == [
        "researchers"
    ]
    assert column(seed, "who", "?a hc:asserts :mechanism-unknown ; hc:stance hc:Affirms ; hc:agent ?who") == [
        "article-author"
    ]
    assert not ask(seed, "?a hc:asserts :central-response ; hc:stance hc:Doubts")


def test_few_harms_and_reasonable_are_affirmed_by_the_studys_representatives(seed: KnowledgeGraph) -> None:
    said = "?a hc:source :article ; hc:agent :trial-team ; hc:stance hc:Affirms ; hc:asserts ?claim"
    assert {"few-harms", "reasonable"} <= set(column(seed, "claim", said))


def test_the_article_finds_no_evidence_for_lower_costs_and_nobody_denies_them(seed: KnowledgeGraph) -> None:
    assert column(seed, "stance", "?a hc:asserts :costs ; hc:source :article ; hc:stance ?stance") == ["NoEvidence"]
    assert not ask(seed, "?a hc:asserts :costs ; hc:stance hc:Denies")
    assert not ask(seed, "?g hc:target :costs ; hc:direction hc:Opposes")
    assert not ask(seed, ":costs hc:affirmedBy :article-author")


def test_the_review_of_2003_supports_lower_costs_at_its_own_tier(seed: KnowledgeGraph) -> None:
    assert ask(
        seed,
        "?a hc:asserts :costs ; hc:stance hc:Affirms ; hc:source :cherkin-2003 ; hc:evidenceKind hc:SystematicReview ;"
        " hc:tracedTo/hc:design hc:SystematicReview ."
        " ?g hc:premise ?a ; hc:target :article-costs ; hc:direction hc:Opposes",
    )


def test_amtas_list_of_benefits_is_affirmed_item_by_item(seed: KnowledgeGraph) -> None:
    benefits = {
        "improves-circulation", "aids-recovery", "relaxes-muscles", "improves-motion", "relieves-insomnia",
        "raises-endorphins",
    }  # fmt: skip
    assert benefits <= set(column(seed, "claim", "?claim hc:affirmedBy :amta"))


def test_the_closing_paragraph_generalises_and_advises(seed: KnowledgeGraph) -> None:
    assert {"not-everyone", "therapy-not-everyone", "individual-response"} <= set(
        column(seed, "claim", "?claim hc:affirmedBy :article-author ; hc:kind hc:Generalisation")
    )
    assert column(seed, "claim", "?claim hc:affirmedBy :article-author ; hc:kind hc:Advice") == [
        "personal-choice", "weigh",
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("assertion", "agent", "value"),
    [
        ("nih-second-ailment", "nih", 2),
        ("nih-first-disability", "nih", 1),
        ("ninds-spending", "ninds", 50),
        ("article-chronic", "article-author", 3),
        ("article-trial", "article-author", 401),
    ],
)
def test_the_articles_figures_are_data(seed: KnowledgeGraph, assertion: str, agent: str, value: int) -> None:
    assert ask(
        seed, f":{assertion} hc:agent :{agent} ; hc:finding ?f . ?f hc:unit ?unit ; hc:value ?v FILTER(?v = {value})"
    )


def test_the_three_references_are_cited_by_the_article(seed: KnowledgeGraph) -> None:
    assert column(seed, "source", ":article hc:cites ?source") == ["cherkin-2011", "ninds-2011", "nyt-2011"]


# ------------------------------------------------------------------------------------------------- the literature


def test_the_paper_answers_and_supports_short_term(seed: KnowledgeGraph) -> None:
    assert ask(seed, "?g hc:premise :paper-six-months ; hc:target :surgeons-limit-relief ; hc:direction hc:Opposes")
    assert ask(seed, ":fades-by-year hc:supports :short-term")
    assert not ask(seed, "?a hc:agent :trial-team ; hc:asserts :short-term")


def test_those_whom_the_trial_left_out_answer_the_surgeons_and_limit_the_trial(seed: KnowledgeGraph) -> None:
    bearing = "?g hc:premise :protocol-excludes ; hc:target ?target ; hc:direction ?direction"
    assert column(seed, "target", bearing) == ["from-trial", "surgeons-undercut-trial"]
    assert ask(seed, "?g hc:premise :protocol-excludes ; hc:target :from-trial ; hc:direction hc:Qualifies")


def test_the_cochrane_review_of_2008_is_superseded_by_that_of_2015(seed: KnowledgeGraph) -> None:
    assert ask(seed, ":furlan-2015 hc:supersedes :furlan-2008 . :furlan-2008 hc:sourceStatus hc:Superseded")
    assert ask(seed, ":furlan-2015-confidence hc:asserts :relieves ; hc:stance hc:Doubts ; hc:certainty hc:VeryLow")


def test_a_review_names_the_trials_that_it_shares_with_others(seed: KnowledgeGraph) -> None:
    assert column(seed, "review", "?review hc:includesStudy :trial-401") == ["furlan-2015-review"]
    assert column(seed, "review", "?review hc:includesStudy :trial-2001") == [
        "furlan-2008-review", "furlan-2015-review", "review-2003",
    ]  # fmt: skip


def test_the_two_small_studies_of_endorphins_disagree(seed: KnowledgeGraph) -> None:
    held = "?a hc:asserts :raises-endorphins ; hc:tracedTo ?study ; hc:stance "
    assert column(seed, "study", held + "hc:Affirms") == ["kaada-study"]
    assert column(seed, "study", held + "hc:Denies") == ["day-study"]


def test_what_is_only_likely_is_a_lead_and_no_drift(seed: KnowledgeGraph) -> None:
    assert ask(seed, "?lead a hc:Lead ; hc:leadFor :article-amta-study ; hc:source :amta-release-2001 ; hc:reason ?why")
    assert not ask(seed, "?drift hc:driftKind hc:EvidenceKindChanged")
    assert not ask(seed, "?lead hc:leadFor/hc:tracedTo ?source ; hc:source ?source")


@pytest.mark.parametrize(
    ("assertion", "kind"),
    [
        ("trial-third", "ComparatorDropped"),
        ("trial-third", "TimePointDropped"),
        ("trial-bed-days", "FiguresMerged"),
        ("trial-drugs", "FiguresMerged"),
        ("ninds-spending", "FigureChanged"),
        ("ninds-spending", "AttributionChanged"),
        ("reviews-doubt", "HedgeDropped"),
        ("article-cherkin-role", "ContextDropped"),
    ],
)
def test_what_became_of_the_literature_in_the_article_is_a_drift(
    seed: KnowledgeGraph, assertion: str, kind: str
) -> None:
    assert ask(
        seed, f"?drift hc:driftOf :{assertion} ; hc:driftKind <{HC}{kind}> ; hc:driftFrom ?origin ; hc:reason ?why"
    )


# --------------------------------------------------------------------------------------------------- the catalog


@pytest.fixture(scope="module")
def catalog() -> dict[tuple[str, str], str]:
    """Subject and last word of the predicate -> object, for what has one value."""
    triples = parse((ROOT / "data" / "catalog.ttl").read_bytes(), "text/turtle")
    return {(t.subject.value, re.sub(r".*[/#]", "", t.predicate.value)): t.object.value for t in triples}


@pytest.mark.parametrize(
    "path", [*(SEED / name for name in CLAIM_FILES), SEED / "article.txt"], ids=lambda path: path.name
)
def test_the_catalog_knows_the_size_of_each_file(catalog: dict[tuple[str, str], str], path: Path) -> None:
    node = f"https://w3id.org/health-claims/dataset/{SEED.name}.{path.stem}"
    assert catalog[node, "identifier"] == f"{SEED.name}/{path.name}"
    assert catalog[node, "byteSize"] == str(path.stat().st_size)


def test_the_catalog_knows_how_many_triples_there_are(catalog: dict[tuple[str, str], str]) -> None:
    counted = {name: len(set(read(SEED / name).quads)) for name in CLAIM_FILES}
    stated = {name: int(catalog[f"{GRAPH}{SEED.name}/{name}", "triples"]) for name in CLAIM_FILES}
    assert stated == counted
    total = catalog[f"https://w3id.org/health-claims/dataset/{SEED.name}", "triples"]
    assert int(total) == sum(counted.values())


def test_the_catalog_gives_a_licence_and_leaves_the_articles_rights_to_its_author(
    catalog: dict[tuple[str, str], str],
) -> None:
    dataset = f"https://w3id.org/health-claims/dataset/{SEED.name}"
    assert catalog[dataset, "license"] == "https://creativecommons.org/licenses/by/4.0/"
    assert "stay with the article's author" in catalog[f"{dataset}.article", "rights"]
    assert (f"{dataset}.article", "license") not in catalog


def test_the_article_is_the_one_that_was_given(shared: Path) -> None:
    assert (SEED / "article.txt").read_bytes() == (shared / "seed" / "article.txt").read_bytes()


# ------------------------------------------------------------------------------------------ what is around a node


def test_the_quads_of_a_node_and_those_that_point_at_it_are_looked_up(tmp_path: Path) -> None:
    claim, other, said, of = (IRI(f"https://example.org/{name}") for name in ("claim", "other", "said", "of"))
    graphs = [IRI(f"https://example.org/graph/{name}") for name in ("a", "b")]
    own = [Quad(claim, said, Literal("text"), graph) for graph in graphs]
    pointing = [Quad(other, of, claim, graphs[0]), Quad(other, said, claim, graphs[1])]
    for store in (open_store(":memory:"), open_store(tmp_path / "store")):
        with store.writing() as writer:
            for graph in graphs:
                writer.put(entry(graph.value), [quad for quad in own + pointing if quad.graph_name == graph])
        # The triple of two graphs is in their union, and comes from it: once, and with a graph of the default graph.
        union = IRI(UNION)
        assert union in store.default_graphs()
        once = [in_graph(own[0], union)]
        assert [*store.about(claim)] == once
        assert [*store.about(claim, graphs[1])] == own[1:]
        united = [in_graph(quad, union) for quad in pointing]
        assert sorted(store.pointing(claim), key=str) == sorted(united, key=str)
        assert [*store.pointing(claim, of)] == united[:1]
        assert [*store.pointing(claim, of, graphs[1])] == []
        assert sorted(store.about_many([claim, other, claim]), key=str) == sorted(once + united, key=str)
        assert [*store.pointing_many([claim, other], said)] == united[1:]
        assert [*store.about_many([])] == []
        store.close()


def test_no_module_outside_the_store_asks_which_store_it_has() -> None:
    outside = [file for file in (ROOT / "kg").rglob("*.py") if "store" not in file.relative_to(ROOT / "kg").parts[:1]]
    asking = re.compile(r"isinstance\([^)]*(?:store\b|Store\b)")
    assert [file for file in outside if asking.search(file.read_text())] == []


def entry(graph: str) -> GraphRecord:
    return GraphRecord(
        graph, "extra", "https://example.org/", "/extra.nt", "text/turtle", "0" * 64, 0, "2026-01-01T00:00:00Z", "1"
    )
