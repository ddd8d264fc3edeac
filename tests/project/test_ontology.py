"""The ontology: complete, aligned to terms that exist, with shapes that find what they are for."""

from __future__ import annotations

import re
from collections import Counter
from pathlib import Path

import pytest
from rdflib import DCTERMS, OWL, RDF, RDFS, SH, SKOS, BNode, Dataset, Graph, URIRef

import kg
from kg.errors import UnreadableError
from kg.namespaces import HC, PREFIXES

ROOT = Path(__file__).parents[2]
ONTOLOGY = ROOT / "ontology"
FILES = sorted(ONTOLOGY.rglob("*.ttl"))
IRI = URIRef(HC.rstrip("#"))

CHECKED = {
    "schema": "Claim ClaimReview claimReviewed itemReviewed reviewRating Rating ratingExplanation appearance "
    "firstAppearance MedicalStudy MedicalTrial trialDesign RandomizedTrial SingleBlindedTrial CohortStudy funder text "
    "MedicalCondition MedicalTherapy name domainIncludes rangeIncludes CreativeWork url sha256",
    "prov": "Entity Activity Agent wasAttributedTo wasQuotedFrom hadPrimarySource wasDerivedFrom wasGeneratedBy "
    "wasInvalidatedBy wasRevisionOf",
    "oa": "SpecificResource hasSource hasSelector TextQuoteSelector exact prefix suffix TextPositionSelector start end",
    "pico": "PICO population interventionGroup comparatorGroup outcomeGroup intervention outcome condition",
    "aif": "I-node L-node RA-node CA-node",
}
"""Terms that were looked up in vocabularies of which no file is at hand."""
VOCABULARIES = {
    "cito": "vocab/cito.ttl",
    "fabio": "vocab/fabio.ttl",
    "sepio": "vocab/sepio-base.owl",
    "eco": "vocab/eco-basic.obo",
    "mp": "dikb-mp/mp_1.18.ttl",
}


@pytest.fixture(scope="module")
def ontology() -> Graph:
    graph = Graph(bind_namespaces="none")
    for path in FILES:
        if path.parent.name != "shapes":
            graph.parse(path)
    return graph


def test_the_header_has_what_the_field_expects(ontology: Graph) -> None:
    vann, bibo = PREFIXES["vann"], PREFIXES["bibo"]
    for predicate in (
        OWL.versionIRI, OWL.versionInfo, DCTERMS.title, DCTERMS.description, DCTERMS.creator, DCTERMS.created,
        DCTERMS.modified, DCTERMS.license, URIRef(vann + "preferredNamespacePrefix"),
        URIRef(vann + "preferredNamespaceUri"), URIRef(bibo + "status"),
    ):  # fmt: skip
        assert ontology.value(IRI, predicate) is not None, predicate


def test_every_term_has_a_label_a_definition_and_says_where_it_is_defined(ontology: Graph) -> None:
    terms = {term for term in ontology.subjects(RDF.type) if str(term).startswith(HC)}
    assert len(terms) > 150
    for term in terms:
        labels = [*ontology.objects(term, RDFS.label), *ontology.objects(term, SKOS.prefLabel)]
        assert [label for label in labels if label.language == "en"], term
        assert ontology.value(term, SKOS.definition), term
        assert ontology.value(term, RDFS.isDefinedBy) == IRI, term


def test_a_concept_is_named_after_its_word_and_clashes_with_no_class(ontology: Graph) -> None:
    concepts = set(ontology.subjects(RDF.type, SKOS.Concept))
    assert not concepts & set(ontology.subjects(RDF.type, OWL.Class))
    for concept in concepts:
        word = str(ontology.value(concept, SKOS.prefLabel))
        assert str(concept) == HC + re.sub(r"[ -](\w)", lambda letter: letter[1].upper(), word[0].upper() + word[1:])
        assert ontology.value(concept, SKOS.inScheme), concept


def test_a_word_means_one_concept_in_its_scheme(ontology: Graph) -> None:
    words = Counter(
        (ontology.value(concept, SKOS.inScheme), str(word).lower())
        for concept in ontology.subjects(RDF.type, SKOS.Concept)
        for word in [*ontology.objects(concept, SKOS.prefLabel), *ontology.objects(concept, SKOS.altLabel)]
    )
    assert [word for word, count in words.items() if count > 1] == []


def test_the_ontology_has_no_blank_nodes(ontology: Graph) -> None:
    assert not [term for triple in ontology for term in triple if isinstance(term, BNode)]


def aligned(prefix: str) -> set[str]:
    """Return the terms of a vocabulary that the ontology names, without its namespace."""
    space = PREFIXES[prefix]
    graph = Graph(bind_namespaces="none")
    for path in FILES:
        graph.parse(path)
    return {str(term).removeprefix(space) for triple in graph for term in triple if str(term).startswith(space)}


@pytest.mark.parametrize("prefix", VOCABULARIES)
def test_every_aligned_term_exists_in_the_file_of_its_vocabulary(prefix: str, shared: Path) -> None:
    text = (shared / "data" / VOCABULARIES[prefix]).read_text(encoding="utf-8")
    written = {"eco": "id: ECO:{}", "sepio": PREFIXES["sepio"] + "{}"}.get(prefix, "/" + prefix + "/{}")
    terms = aligned(prefix)
    assert terms
    for term in terms:
        assert written.format(term) in text or f"{prefix}:{term}" in text or f":{term} " in text, term


@pytest.mark.parametrize("prefix", CHECKED)
def test_every_other_aligned_term_was_looked_up(prefix: str) -> None:
    assert aligned(prefix) <= set(CHECKED[prefix].split())


def test_every_shape_says_the_way_out_and_has_an_iri() -> None:
    graph = Graph(bind_namespaces="none")
    for path in sorted((ONTOLOGY / "shapes").glob("*.ttl")):
        graph.parse(path)
    shapes = [shape for kind in (SH.PropertyShape, SH.NodeShape) for shape in graph.subjects(RDF.type, kind)]
    assert len(shapes) > 60
    assert not [shape for shape in shapes if isinstance(shape, BNode)]
    for shape in graph.subjects(RDF.type, SH.PropertyShape):
        assert str(graph.value(shape, SH.message)).endswith("."), shape


@pytest.mark.parametrize("path", sorted(ONTOLOGY.rglob("*.rq")), ids=lambda path: f"{path.parent.name}-{path.stem}")
def test_every_query_runs_anywhere_and_begins_with_its_words(path: Path) -> None:
    text = path.read_text()
    assert re.match(r"# \S.+\n", text)
    Dataset(default_union=True).query(text)


VALID = """
:c a hc:Claim ; hc:text "Tea calms"@en ; hc:kind hc:Efficacy .
:s a hc:Source ; dcterms:title "Tea"@en ; hc:sourceStatus hc:Current .
:w a hc:Agent ; hc:name "A writer"@en ; hc:agentKind hc:Person .
:a a hc:Assertion ; hc:asserts :c ; hc:stance hc:Affirms ; hc:agent :w ; hc:source :s .
:d a hc:Claim ; hc:text "Tea wakes"@en ; hc:kind hc:Efficacy .
:g a hc:Argument ; hc:premise :a ; hc:target :d ; hc:direction hc:Opposes .
:standing a hc:Assessment ; hc:assesses :c ; hc:state hc:Supported ; hc:strengthFor 0.8 ; hc:strengthDoubt 0.28 .
"""
INVALID = {
    "Assertion-source": VALID.replace(" ; hc:source :s", ""),
    "Assertion-agent": VALID.replace(" ; hc:agent :w", ""),
    "Assertion-claim": VALID.replace("hc:asserts :c", "hc:asserts :c , :d"),
    "Assertion-stance": VALID.replace("hc:stance hc:Affirms", "hc:stance hc:Efficacy"),
    "Argument-target": VALID.replace("hc:target :d", "hc:target :w"),
    "Argument-from": VALID.replace("hc:premise :a ;", ""),
    "Argument-direction": VALID.replace("hc:direction hc:Opposes", "hc:direction hc:Opposes , hc:Supports"),
    "Claim-text": VALID.replace('hc:text "Tea wakes"@en ;', ""),
    "Claim-kind": VALID.replace("hc:kind hc:Efficacy .\n:s", "hc:kind hc:Person .\n:s"),
    "Agent-name": VALID.replace('hc:name "A writer"@en ;', ""),
    "Assessment-strength-doubt": VALID.replace("hc:strengthDoubt 0.28", "hc:strengthDoubt 1.28"),
}


def violations(text: str, folder: Path) -> set[str]:
    head = "".join(f"@prefix {prefix}: <{PREFIXES[prefix]}> .\n" for prefix in ("hc", "dcterms"))
    (folder / "a.ttl").write_text(f"{head}@prefix : <https://w3id.org/health-claims/id/t/> .\n{text}")
    report = kg.open().validate(folder / "a.ttl")
    return {problem.rule for problem in report.problems if problem.severity == "violation"}


def test_a_good_sample_has_no_violation(tmp_path: Path) -> None:
    assert violations(VALID, tmp_path) == set()


@pytest.mark.parametrize("rule", INVALID)
def test_a_shape_finds_what_it_is_for(rule: str, tmp_path: Path) -> None:
    assert INVALID[rule] != VALID
    assert rule in violations(INVALID[rule], tmp_path)


def test_foreign_data_breaks_no_shape(tmp_path: Path) -> None:
    (tmp_path / "a.ttl").write_text("<http://e/a> a <http://e/Thing> ; <http://e/p> 1 .")
    assert kg.open().validate(tmp_path / "a.ttl").number_of("violation") == 0
    with pytest.raises(UnreadableError):
        kg.open().validate(tmp_path / "none.ttl")


SOUND = """
:back a hc:Topic ; skos:prefLabel "back pain"@en .
:low a hc:Topic ; skos:prefLabel "low back pain"@en ; skos:broader :back .
:tea a hc:Topic ; skos:prefLabel "tea"@en . :sleep a hc:Topic ; skos:prefLabel "sleep"@en .
:c a hc:Claim ; hc:text "Tea helps sleep"@en ; hc:kind hc:Efficacy ;
  hc:population :back ; hc:intervention :tea ; hc:outcome :sleep .
:d a hc:Claim ; hc:text "Tea does not help sleep"@en ; hc:kind hc:Efficacy ;
  hc:population :low ; hc:intervention :tea ; hc:outcome :sleep .
:e a hc:Claim ; hc:text "Tea contains caffeine"@en ; hc:kind hc:Mechanism .
:f a hc:Claim ; hc:text "The effect is small"@en ; hc:kind hc:Methodological .
:page a hc:Source ; dcterms:title "Page"@en ; hc:cites :paper ; hc:readIn "a copy" .
:paper a hc:Source ; dcterms:title "Paper"@en ; hc:reports :trial ;
  hc:sourceStatus hc:Current ; hc:readIn "its abstract" .
:trial a hc:Study ; rdfs:label "Trial"@en ; hc:design hc:RandomisedTrial ;
  hc:participants 20 ; hc:arm :arm ; hc:finding :figure .
:arm a hc:Arm ; rdfs:label "Tea"@en ; hc:n 10 .
:figure a hc:Finding ; rdfs:label "Slept longer"@en ; hc:value 20 ; hc:unit "minutes" .
:ann a hc:Agent ; hc:name "Ann"@en . :bob a hc:Agent ; hc:name "Bob"@en .
:ann-c a hc:Assertion ; hc:asserts :c ; hc:stance hc:Affirms ; hc:agent :ann ; hc:source :page ;
  hc:evidenceKind hc:RandomisedTrial ; hc:tracedTo :paper .
:bob-d a hc:Assertion ; hc:asserts :d ; hc:stance hc:Affirms ; hc:agent :bob ; hc:source :page .
:bob-e a hc:Assertion ; hc:asserts :e ; hc:stance hc:Affirms ; hc:agent :bob ; hc:source :page .
:bob-f a hc:Assertion ; hc:asserts :f ; hc:stance hc:Affirms ; hc:agent :bob ; hc:source :page .
:bob-none a hc:Assertion ; hc:asserts :e ; hc:stance hc:NoEvidence ; hc:agent :ann ; hc:source :paper .
:against a hc:Argument ; hc:premise :bob-d ; hc:target :c ; hc:direction hc:Opposes .
:from-figure a hc:Argument ; hc:premise :figure ; hc:target :c ; hc:direction hc:Supports .
:undercut a hc:Argument ; hc:premise :bob-e ; hc:target :from-figure ; hc:direction hc:Opposes .
:limit a hc:Argument ; hc:premise :bob-f ; hc:target :ann-c ; hc:direction hc:Qualifies .
:answer a hc:Argument ; hc:premise :f ; hc:target :against ; hc:direction hc:Opposes .
"""
NP = "http://www.nanopub.org/nschema#"
FAULTS = {
    "argument-about-itself": ("against", ":against hc:target :bob-d ."),
    "argument-cycle": ("against", ":against hc:target :answer ."),
    "arms-exceed-study": ("trial", ":trial hc:arm :other . :other hc:n 11 ."),
    "claim-nobody-asserts": ("g", ':g a hc:Claim ; hc:text "Nobody says this"@en .'),
    "evidence-untraced": ("bob-e", ":bob-e hc:evidenceKind hc:CohortStudy ."),
    "figure-without-measure": ("bare", ":bare a hc:Finding ; hc:value 3 ."),
    "lead-already-traced": ("lead", ":lead a hc:Lead ; hc:leadFor :ann-c ; hc:source :paper ."),
    "no-evidence-opposes": ("against", ":against hc:premise :bob-none ."),
    "outdated-premise": ("ann-c", ":paper hc:sourceStatus hc:Retracted ."),
    "pools-retracted": (
        "bob-e",
        ":bob-e hc:tracedTo :pool . :pool hc:includesStudy :trial ."
        " :other hc:reports :trial ; hc:sourceStatus hc:Retracted .",
    ),
    "premise-against-itself": ("against", ":against hc:premise :ann-c ."),
    "quote-elsewhere": ("ann-c", ":ann-c hc:quote :q . :q oa:hasSource :paper ."),
    "quote-missing": ("bob-d", ':page schema:text "Tea helps sleep." .'),
    "review-includes-itself": ("trial", ":trial hc:includesStudy :second . :second hc:includesStudy :trial ."),
    "broader-in-a-circle": ("c", ":c hc:broaderClaim :d . :d hc:broaderClaim :e . :e hc:broaderClaim :c ."),
    "narrower-not-loaded": ("c", ":nothing hc:broaderClaim :c ."),
    "one-and-not-one": ("c", ":c hc:sameClaimAs :d ; hc:contraryTo :e . :d hc:sameClaimAs :e ."),
    "same-words": ("c", ':z a hc:Claim ; hc:text "Tea helps sleep"@en ; hc:population :low .'),
    "retraction-without-status": ("gone", ":gone a hc:Source ; hc:retractionReason hc:Misconduct ."),
    "scope-missing": ("h", ":h a hc:Claim ; hc:kind hc:Harm ; hc:population :back ; hc:outcome :sleep ."),
    "scopes-differ": ("against", ":c hc:comparator :sleep . :d hc:comparator :tea ."),
    "study-counted-twice": ("c", ":twice hc:premise :paper ; hc:target :c ; hc:direction hc:Supports ."),
    "superseded-but-current": ("paper", ":newer a hc:Source ; hc:supersedes :paper ."),
    "supersedes-in-a-circle": ("paper", ":paper hc:supersedes :older . :older hc:supersedes :paper ."),
    "trace-not-cited": ("bob-e", ":bob-e hc:tracedTo :elsewhere . :elsewhere a hc:Source ."),
    "trace-to-itself": ("bob-e", ":bob-e hc:tracedTo :page ."),
    "nanopublication": ("pub", f":pub a <{NP}Nanopublication> ; <{NP}hasAssertion> :pub-a ."),
    "nanopublication-values": (
        "pub",
        f":pub a <{NP}Nanopublication> ; <{NP}hasAssertion> <> ."
        ' :x hc:n "two"^^<http://www.w3.org/2001/XMLSchema#integer> .',
    ),
    "two-stances": ("bob-not", ":bob-not hc:asserts :d ; hc:stance hc:Denies ; hc:agent :bob ; hc:source :page ."),
    "ill-typed": ("x", ':x hc:n "soon"^^<http://www.w3.org/2001/XMLSchema#date> .'),
    "unread-and-unquoted": ("new", ":new hc:asserts :c ; hc:agent :ann ; hc:source :unread ."),
    "bias-judgements": ("trial", ':trial hc:riskOfBias [ hc:biasTool "RoB 2" ; hc:biasJudgement hc:CriticalRisk ] .'),
    "bound-without-value": ("least", ":least a hc:Finding ; hc:bound hc:AtLeast ."),
    "certainty-missing": ("bob-e", ":bob-e hc:certaintyReason hc:Imprecision ."),
    "dates-in-order": ("paper", ':paper dcterms:date "2012" ; hc:retractionDate "2011-05" .'),
    "list-of-studies": ("pool", ":pool hc:numberOfStudies 1 ; hc:includesStudy :trial, :second ."),
    "reanalysis-in-a-circle": ("trial", ":trial hc:reanalysisOf :second . :second hc:reanalysisOf :trial ."),
    "reported-twice": ("news", ":news hc:reports :trial ; hc:reportsOn :trial ."),
    "topic-of-another-kind": ("trial", ":trial hc:population :odd . :odd hc:topicKind hc:Outcome ."),
}
"""Name of a lint -> the node that it names, and the statement that is wrong."""
LINTS = sorted((ONTOLOGY / "lints").glob("*.rq"))


def loaded(text: str, folder: Path) -> kg.KnowledgeGraph:
    names = ("hc", "dcterms", "oa", "rdfs", "schema", "skos")
    head = "".join(f"@prefix {prefix}: <{PREFIXES[prefix]}> .\n" for prefix in names)
    (folder / "a.ttl").write_text(f"{head}@prefix : <https://w3id.org/health-claims/id/t/> .\n{text}")
    graph = kg.open()
    graph.load(folder / "a.ttl")
    return graph


def test_every_lint_has_a_sample_of_its_fault() -> None:
    assert {path.stem for path in LINTS} == FAULTS.keys()


def test_no_lint_finds_anything_in_sound_data(tmp_path: Path) -> None:
    store = loaded(SOUND, tmp_path).store
    assert {path.stem: rows for path in LINTS if (rows := store.select(path.read_text()))} == {}


@pytest.mark.parametrize("name", FAULTS)
def test_a_lint_names_the_faulty_node_and_the_way_out(name: str, tmp_path: Path) -> None:
    node, statement = FAULTS[name]
    store = loaded(SOUND + statement, tmp_path).store
    rows = store.select((ONTOLOGY / "lints" / f"{name}.rq").read_text())
    assert node in {row["node"].value.rpartition("/")[2] for row in rows}
    assert all("; " in row["message"].value for row in rows)


@pytest.mark.parametrize(
    ("name", "node", "statement"),
    [
        ("dates-in-order", "paper", ':paper dcterms:date "3012" .'),
        ("dates-in-order", "paper", ':paper hc:supersedes :older ; dcterms:date "2011" . :older dcterms:date "2012" .'),
        ("dates-in-order", "pool", ':pool hc:searchedUntil "2012" . :new hc:reports :pool ; dcterms:date "2011" .'),
        ("list-of-studies", "pool", ":pool hc:includesStudy :trial ; hc:excludesStudy :trial ."),
        ("list-of-studies", "trial", ":trial hc:includesStudy :second ."),
        (
            "bias-judgements",
            "trial",
            ":trial hc:riskOfBias [ hc:judgedBy :ann ; hc:biasDomain :d1 ; hc:biasJudgement hc:LowRisk ],"
            " [ hc:judgedBy :ann ; hc:biasDomain :d1 ; hc:biasJudgement hc:HighRisk ] .",
        ),
        ("one-and-not-one", "page", ":page hc:differentSourceFrom :paper . :paper hc:sameSourceAs :page ."),
        ("one-and-not-one", "c", ":c hc:sameClaimAs :d . :c hc:broaderClaim :d ."),
        ("topic-of-another-kind", "c", ":c hc:outcome :odd . :odd hc:topicKind hc:Population ."),
    ],
)
def test_a_lint_finds_each_way_of_its_fault(name: str, node: str, statement: str, tmp_path: Path) -> None:
    rows = loaded(SOUND + statement, tmp_path).store.select((ONTOLOGY / "lints" / f"{name}.rq").read_text())
    assert [row["node"].value.rpartition("/")[2] for row in rows] == [node]


def test_a_date_that_is_only_less_exact_is_in_order(tmp_path: Path) -> None:
    dates = ':older dcterms:date "2012-05-03" . :paper dcterms:date "2012-05" ; hc:retractionDate "2012" .'
    dates += ":paper hc:supersedes :older ."
    rows = loaded(SOUND + dates, tmp_path).store.select((ONTOLOGY / "lints" / "dates-in-order.rq").read_text())
    assert [*rows] == []


@pytest.mark.parametrize(
    "statement",
    [':z a hc:Claim ; hc:text "Tea helps sleep"@en .', ':z a hc:Claim ; hc:text "Tea helps sleep"@en ;'
     " hc:population :low ; hc:differentClaimFrom :c ."],
)  # fmt: skip
def test_claims_that_are_one_or_are_said_to_be_two_need_no_word_more(statement: str, tmp_path: Path) -> None:
    rows = loaded(SOUND + statement, tmp_path).store.select((ONTOLOGY / "lints" / "same-words.rq").read_text())
    assert [*rows] == []


def test_a_source_whose_iri_ends_in_a_slash_has_a_name_in_the_message(tmp_path: Path) -> None:
    statement = ":new hc:asserts :c ; hc:agent :ann ; hc:source <http://e.example/np/> ."
    store = loaded(SOUND + statement, tmp_path).store
    (row,) = store.select((ONTOLOGY / "lints" / "unread-and-unquoted.rq").read_text())
    assert "a place where http://e.example/np/ was read" in row["message"].value


def test_the_rules_derive_links_from_affirming_premises_only(tmp_path: Path) -> None:
    store = loaded(SOUND, tmp_path).store
    links = {
        tuple(row[name].value.rpartition("/")[2].rpartition("#")[2] for name in ("claim", "relation", "target"))
        for row in store.select(
            "SELECT ?claim ?relation ?target WHERE { GRAPH graph:derived { ?claim ?relation ?target } "
            "FILTER(isIRI(?target) && ?relation NOT IN (rdf:type, hc:counteredBy)) "
            "FILTER NOT EXISTS { GRAPH graph:ontology { ?relation rdfs:subPropertyOf hc:line } } }"
        )
    }
    assert links == {
        ("d", "opposes", "c"), ("e", "undercuts", "c"), ("f", "qualifies", "c"),
        ("d", "counters", "c"), ("e", "counters", "c"), ("f", "counters", "c"),
        ("c", "affirmedBy", "ann"), ("d", "affirmedBy", "bob"), ("e", "affirmedBy", "bob"), ("f", "affirmedBy", "bob"),
    }  # fmt: skip


@pytest.mark.parametrize(
    ("shape", "scheme"),
    [
        ("Assertion-stance", "StanceScheme"),
        ("Argument-direction", "DirectionScheme"),
        ("Assessment-state", "AssessmentStateScheme"),
    ],
)
def test_a_shape_that_lists_concepts_lists_those_of_the_scheme(shape: str, scheme: str, ontology: Graph) -> None:
    shapes = Graph(bind_namespaces="none")
    for path in (ONTOLOGY / "shapes").glob("*.ttl"):
        shapes.parse(path)
    listed = shapes.value(URIRef(PREFIXES["hcsh"] + shape), SH["in"])
    assert set(shapes.items(listed)) == set(ontology.subjects(SKOS.inScheme, URIRef(HC + scheme)))


@pytest.mark.parametrize("path", sorted((ONTOLOGY / "questions").glob("*.rq")), ids=lambda path: path.stem)
def test_a_question_has_a_slot_for_each_parameter_and_a_total_order(path: Path) -> None:
    text = path.read_text()
    assert set(re.findall(r"# param (\w+):", text)) == set(re.findall(r"VALUES \?(\w+) \{ UNDEF \}", text))
    assert text.rstrip().splitlines()[-1].startswith("} ORDER BY ")


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
def test_prefixes_stand_in_the_order_of_the_one_table(path: Path) -> None:
    declared = re.findall(r"^@prefix (\w+): <([^>]+)>", path.read_text(), re.MULTILINE)
    assert all(PREFIXES[prefix] == namespace for prefix, namespace in declared)
    names = [prefix for prefix, _ in declared]
    assert names == sorted(names, key=list(PREFIXES).index)
