"""Claim files: what curators write becomes quads, and what they write wrongly becomes a sentence with its place."""

from __future__ import annotations

import json
import re
import shutil
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from jsonschema import Draft202012Validator
from ruamel.yaml import YAML

from kg import readers
from kg.errors import KgError, UnreadableError
from kg.files import read_text, shipped
from kg.model import literals, statements
from kg.namespaces import HC, SKOS, expand
from kg.readers.claim_files import fields
from kg.readers.claim_files.schema import FILE, ClaimFileMessages, schema
from kg.store.syntax import parse, serialize
from kg.store.terms import IRI, Literal, Quad

EXAMPLES = Path(__file__).parents[1] / "examples"
COFFEE = EXAMPLES / "valid" / "coffee-and-sleep"
INVALID = sorted((EXAMPLES / "invalid").glob("*.yaml"))
ID = "https://w3id.org/health-claims/id/coffee-and-sleep/"
GRAPH = "https://w3id.org/health-claims/graph/coffee-and-sleep/"
SMALL = """claim-file: 1
document: article
topics:
  coffee: {label: coffee, kind: intervention}
agents:
  institute: {name: Night Rest Institute, kind: organisation}
sources:
  article: {type: web page, title: Does coffee keep you awake?, text: article.txt}
claims:
  keeps-awake: {text: Coffee keeps people awake, kind: harm, about: coffee}
assertions:
  it-does: {claim: keeps-awake, agent: institute, stance: affirms}
"""


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A folder named `coffee` with the text of the invented article."""
    inside = tmp_path / "coffee"
    inside.mkdir()
    shutil.copy(COFFEE / "article.txt", inside)
    return inside


def read(folder: Path, text: str, name: str = "claims.yaml") -> readers.ParsedFile:
    (folder / name).write_text(text)
    return readers.read(folder / name)


def said(reading: readers.ParsedFile) -> list[str]:
    return [f"{p.place.line}:{p.place.column}: {p.message}" for p in reading.problems if p.place]


def stated(reading: readers.ParsedFile, node: str) -> set[tuple[str, str]]:
    """Return what a reading says of a node, as pairs of property and value in N-Triples."""
    subject = reading.namespace + node
    return {(str(q.predicate), str(q.object)) for q in reading.quads if q.subject == IRI(subject)}


def statement(name: str, value: str) -> tuple[str, str]:
    return f"<{expand(name)}>", value if value.startswith(('"', "<")) else f"<{expand(value) or ID + value}>"


@pytest.mark.parametrize("path", INVALID, ids=lambda path: path.stem)
def test_a_fault_is_told_in_one_sentence_with_its_place(path: Path, folder: Path) -> None:
    expected = re.findall(r"^# ((?:violation|warning|unreadable) .*)", path.read_text(), re.MULTILINE)
    shutil.copy(path, folder)
    copy = folder / path.name
    try:
        problems = readers.read(copy).problems
        found = [f"{problem.severity} {problem}" for problem in problems]
    except UnreadableError as error:
        found = [f"unreadable {error}"]
    assert [line.replace(f"{copy}:", "", 1).replace(f"{folder}/", "") for line in found] == expected


@pytest.mark.parametrize("path", INVALID, ids=lambda path: path.stem)
def test_nothing_of_a_file_with_a_violation_is_stated(path: Path, folder: Path) -> None:
    shutil.copy(path, folder)
    try:
        reading = readers.read(folder / path.name)
    except UnreadableError:
        return
    has_violation = any(problem.severity == "violation" for problem in reading.problems)
    assert bool(reading.quads) != has_violation


@pytest.mark.parametrize("name", ["claims.yaml", "studies.yaml"])
def test_the_worked_example_has_no_problems(name: str) -> None:
    assert readers.read(COFFEE / name).problems == ()


def test_an_assertion_is_stated_with_its_claim_agent_stance_and_source() -> None:
    found = stated(readers.read(COFFEE / "claims.yaml"), "trial-delay")
    assert found == {
        statement("rdf:type", "hc:Assertion"),
        statement("hc:asserts", "longer-to-sleep"),
        statement("hc:agent", "marlow"),
        statement("hc:stance", "hc:Affirms"),
        statement("hc:source", "article"),
        statement("hc:evidenceKind", "hc:RandomisedTrial"),
        statement("hc:tracedTo", "lindham-trial"),
        statement("hc:finding", "article-24-minutes"),
        statement("hc:quote", "trial-delay.quote"),
    }


def test_a_quote_has_its_words_and_its_position_in_the_text() -> None:
    reading = readers.read(COFFEE / "claims.yaml")
    text = read_text(COFFEE / "article.txt")
    exact = "adults who drank two cups at dinner needed 24 minutes longer to fall\nasleep"
    start = text.index(exact)
    number = '"{}"^^<http://www.w3.org/2001/XMLSchema#nonNegativeInteger>'
    assert stated(reading, "trial-delay.quote") == {
        statement("rdf:type", "oa:SpecificResource"),
        statement("oa:hasSource", "article"),
        statement("oa:hasSelector", "trial-delay.quote.text"),
        statement("oa:hasSelector", "trial-delay.quote.position"),
    }
    assert statement("oa:exact", str(Literal(exact, language="en"))) in stated(reading, "trial-delay.quote.text")
    assert stated(reading, "trial-delay.quote.position") == {
        statement("rdf:type", "oa:TextPositionSelector"),
        statement("oa:start", number.format(start)),
        statement("oa:end", number.format(start + len(exact))),
    }


def test_an_argument_has_one_target_and_the_direction_of_its_key() -> None:
    found = stated(readers.read(COFFEE / "claims.yaml"), "confounded")
    assert found == {
        statement("rdf:type", "hc:Argument"),
        statement("hc:premise", "drinkers-other-reasons"),
        statement("hc:target", "institute-keeps-awake"),
        statement("hc:direction", "hc:Opposes"),
    }


def test_a_finding_has_typed_figures() -> None:
    found = stated(readers.read(COFFEE / "studies.yaml"), "delay-at-two-cups")
    xsd = "<http://www.w3.org/2001/XMLSchema#"
    assert {
        statement("hc:value", f'"24"^^{xsd}decimal>'),
        statement("hc:lower", f'"15.5"^^{xsd}decimal>'),
        statement("hc:upper", f'"32.5"^^{xsd}decimal>'),
        statement("hc:n", f'"80"^^{xsd}integer>'),
        statement("hc:pValue", '"< .001"'),
        statement("hc:timePoint", f'"P1D"^^{xsd}dayTimeDuration>'),
        statement("hc:effectMeasure", "hc:MeanDifference"),
    } <= found


def test_a_source_carries_its_full_text_and_its_class_in_fabio() -> None:
    reading = readers.read(COFFEE / "claims.yaml")
    text = str(Literal(read_text(COFFEE / "article.txt"), language="en"))
    assert {
        statement("schema:text", text),
        statement("rdf:type", "fabio:WebPage"),
        statement("dcterms:date", '"2019"^^<http://www.w3.org/2001/XMLSchema#gYear>'),
        statement("hc:cites", "lindham-report"),
    } <= stated(reading, "article")


def test_what_stands_in_a_record_is_linked_with_it() -> None:
    study = stated(readers.read(COFFEE / "studies.yaml"), "lindham-trial")
    assert {statement("hc:arm", "two-cups"), statement("hc:finding", "delay-at-two-cups")} <= study
    lead = stated(readers.read(COFFEE / "claims.yaml"), "tracker-lead")
    assert {statement("hc:leadFor", "institute-keeps-awake"), statement("hc:source", "tracker-survey")} <= lead


def test_all_quads_are_in_the_graph_of_the_file_and_none_has_a_blank_node() -> None:
    reading = readers.read(COFFEE / "claims.yaml")
    assert {str(quad.graph_name) for quad in reading.quads} == {f"<{GRAPH}claims.yaml>"}
    assert not [quad for quad in reading.quads if "_:" in (str(quad.subject)[:2], str(quad.object)[:2])]


def test_quads_survive_a_round_trip_through_trig() -> None:
    reading = readers.read(COFFEE / "claims.yaml")
    assert set(parse(serialize(reading.quads, "application/trig"), "application/trig")) == set(reading.quads)


def test_places_are_known_for_nodes_keys_and_quotes() -> None:
    reading = readers.read(COFFEE / "claims.yaml")
    lines = (COFFEE / "claims.yaml").read_text().splitlines()
    at = {name: reading.places[ID + name] for name in ("trial-delay", "trial-delay stance", "trial-delay.quote")}
    assert lines[at["trial-delay"].line - 1].strip() == "trial-delay:"
    assert lines[at["trial-delay stance"].line - 1].strip() == "stance: affirms"
    assert lines[at["trial-delay.quote"].line - 1].strip().startswith("quote: adults who drank")


def test_the_dataset_is_the_folder_unless_the_file_names_another(folder: Path) -> None:
    assert read(folder, SMALL).dataset == "coffee"
    named = read(folder, SMALL.replace("document:", "dataset: beans\nbase: https://example.org/\ndocument:"))
    assert named.dataset == "beans"
    assert named.namespace == "https://example.org/id/beans/"
    assert {str(quad.graph_name) for quad in named.quads} == {"<https://example.org/graph/beans/claims.yaml>"}


def test_the_words_of_a_source_have_its_language(folder: Path) -> None:
    text = SMALL.replace("title: Does", "language: de, title: Does")
    text = text.replace("stance: affirms}", "stance: affirms, quote: asleep}")
    (folder / "article.txt").write_text("asleep")
    reading = read(folder, text)
    assert statement("dcterms:title", '"Does coffee keep you awake?"@de') in stated(reading, "article")
    assert ("<http://www.w3.org/ns/oa#exact>", '"asleep"@de') in stated(reading, "it-does.quote.text")
    assert ("<https://w3id.org/health-claims/ontology#text>", '"Coffee keeps people awake"@en') in stated(
        reading, "keeps-awake"
    )


def test_a_file_alone_may_refer_to_what_its_siblings_define(folder: Path) -> None:
    shutil.copy(COFFEE / "studies.yaml", folder / "studies.yaml")
    problems = read(folder, (COFFEE / "claims.yaml").read_text()).problems
    assert problems == ()


def test_an_id_that_a_sibling_has_taken_is_reported_with_both_places(folder: Path) -> None:
    (folder / "more.yaml").write_text("claim-file: 1\ntopics:\n  institute: {label: institute, kind: setting}\n")
    assert said(read(folder, SMALL)) == [
        f'6:3: the id "institute" is taken by a topic at {folder}/more.yaml:3:3; give one of them another id'
    ]


def test_siblings_must_agree_on_dataset_and_base(folder: Path) -> None:
    (folder / "more.yaml").write_text("claim-file: 1\ndataset: beans\nbase: https://example.org/\n")
    assert said(read(folder, SMALL)) == [
        f'1:1: the base of this file is "https://w3id.org/health-claims/", but that of {folder}/more.yaml is '
        '"https://example.org/"',
        f'1:1: the dataset of this file is "coffee", but that of {folder}/more.yaml is "beans"',
    ]


def test_a_broken_sibling_is_spoken_of_only_if_it_may_hold_what_is_missing(folder: Path) -> None:
    (folder / "more.yaml").write_text('claim-file: 1\ntopics: "never closed\n')
    assert read(folder, SMALL).problems == ()
    assert said(read(folder, SMALL.replace("about: coffee", "about: sleep"))) == [
        '10:69: about of claim keeps-awake: no topic has the id "sleep"; it may be in '
        f"{folder}/more.yaml:2:9: not valid YAML: a quotation mark is opened and never closed"
    ]


@pytest.mark.parametrize("reference", ["Night_Rest", "night-rest"])
def test_a_malformed_id_is_reported_once_whatever_refers_to_it(folder: Path, reference: str) -> None:
    text = SMALL.replace("  institute:", "  Night_Rest:").replace("agent: institute", f"agent: {reference}")
    told = [
        '6:3: "Night_Rest" cannot be an id: an id is lower-case words joined by hyphens; did you mean "night-rest"?'
    ]
    assert said(read(folder, text)) == told


def test_a_reference_to_an_id_of_no_record_is_still_reported_when_malformed(folder: Path) -> None:
    (problem,) = said(read(folder, SMALL.replace("agent: institute", "agent: Night_Rest")))
    assert '"Night_Rest" in agent of assertion it-does is not an id' in problem


def test_a_list_of_one_target_is_to_be_written_without_brackets(folder: Path) -> None:
    text = SMALL + "arguments:\n  step: {from: it-does, opposes: [keeps-awake]}\n"
    told = "14:34: opposes of argument step is a list, but an argument has one target: write it without [ ]"
    assert said(read(folder, text)) == [told]


@pytest.mark.parametrize(
    ("name", "dataset"),
    [
        ("ücafé", "ucafe"),
        ("Ångström Ölçü", "angstrom-olcu"),
        ("Straße", "strasse"),
        ("a_b  c!", "a-b-c"),
        ("咖啡", "data"),
    ],
)
def test_a_dataset_is_named_after_its_folder_without_accents(tmp_path: Path, name: str, dataset: str) -> None:
    assert readers.dataset_name(tmp_path / name / "claims.yaml") == dataset


def test_other_yaml_files_in_the_folder_are_left_alone(folder: Path) -> None:
    (folder / "settings.yaml").write_text("topics: {coffee: {}}\n")
    assert read(folder, SMALL).problems == ()


def test_several_quotes_of_one_assertion_are_numbered(folder: Path) -> None:
    quotes = "stance: affirms, quote: [Coffee drinkers are not convinced, {exact: Share this page}]}"
    reading = read(folder, SMALL.replace("stance: affirms}", quotes))
    found = {value for name, value in stated(reading, "it-does") if name == f"<{HC}quote>"}
    assert found == {f"<{reading.namespace}it-does.quote>", f"<{reading.namespace}it-does.quote-2>"}


def test_a_text_that_is_not_utf_8_is_reported(folder: Path) -> None:
    (folder / "article.txt").write_bytes(b"caf\xe9")
    [line] = said(read(folder, SMALL))
    assert line.startswith("8:71: text of source article: ")
    assert "not UTF-8" in line


def test_a_text_outside_the_folder_is_not_read_through_a_link(folder: Path) -> None:
    (folder.parent / "secret.txt").write_text("secret")
    (folder / "article.txt").unlink()
    (folder / "article.txt").symlink_to(folder.parent / "secret.txt")
    assert "outside the folder" in said(read(folder, SMALL))[0]


def test_a_windows_file_with_a_byte_order_mark_is_read_like_any_other(folder: Path) -> None:
    (folder / "claims.yaml").write_bytes(b"\xef\xbb\xbf" + SMALL.replace("\n", "\r\n").encode())
    reading = readers.read(folder / "claims.yaml")
    assert reading.problems == ()
    assert readers.is_claim_file(folder / "claims.yaml")


def test_a_claim_file_too_long_to_be_one_is_refused(folder: Path) -> None:
    with pytest.raises(UnreadableError, match="split it into several claim files"):
        read(folder, SMALL + "#" * 5_000_000)


def _shuffled(value: Any, draw: Any) -> Any:
    if isinstance(value, dict):
        return {key: _shuffled(value[key], draw) for key in draw(st.permutations(list(value)))}
    return value


@settings(max_examples=25, deadline=None)
@given(data=st.data())
def test_the_order_of_keys_changes_no_quad(data: st.DataObject, tmp_path_factory: pytest.TempPathFactory) -> None:
    folder = tmp_path_factory.mktemp("order") / "coffee-and-sleep"
    shutil.copytree(COFFEE, folder)
    value = YAML(typ="safe", pure=True).load((COFFEE / "claims.yaml").read_text())
    shuffled = _shuffled(value, data.draw)
    shuffled = {"claim-file": shuffled.pop("claim-file"), **shuffled}
    lines = [f"{key}: {json.dumps(part)}" for key, part in shuffled.items()]
    assert read(folder, "\n".join(lines)).quads == readers.read(COFFEE / "claims.yaml").quads


@settings(max_examples=60, deadline=None)
@given(text=st.text(max_size=300))
def test_whatever_is_in_a_file_it_is_read_or_refused_with_a_sentence(
    text: str, tmp_path_factory: pytest.TempPathFactory
) -> None:
    path = tmp_path_factory.mktemp("any") / "claims.yaml"
    path.write_bytes(b"claim-file: 1\nclaims: " + text.encode("utf-8", "replace"))
    try:
        messages = [str(problem) for problem in readers.read(path).problems]
    except KgError as error:
        messages = [str(error)]
    assert all(message.startswith(f"{path}:") and len(message) > len(str(path)) + 10 for message in messages)


def _concepts() -> dict[str, dict[str, str]]:
    """Return, for each class of concepts, IRI -> preferred label, as the concept schemes have them."""
    found: dict[str, dict[str, str]] = {}
    for file in sorted(shipped("ontology").glob("concepts/*.ttl")):
        quads = parse(file.read_bytes(), ".ttl", name=str(file))
        labels = {str(q.subject)[1:-1]: q.object.value for q in quads if q.predicate == IRI(SKOS + "prefLabel")}
        for quad in quads:
            if str(quad.predicate).endswith("#type>") and str(quad.object).startswith(f"<{HC}"):
                found.setdefault(str(quad.object)[1 + len(HC) : -1], {})[str(quad.subject)[1:-1]] = labels[
                    str(quad.subject)[1:-1]
                ]
    return found


def test_the_words_of_the_schema_are_the_preferred_labels_of_the_concept_schemes() -> None:
    concepts = _concepts()
    in_schema = {
        name: part["enum"] for name, part in schema()["$defs"].items() if "enum" in part and name != "SourceType"
    }
    assert set(in_schema) == set(concepts) - {"Direction", "AssessmentState"}
    for name, words in in_schema.items():
        assert {literals.concept(word).value: word for word in words} == concepts[name]
    assert {literals.concept(key).value: key for key in fields.TARGETS} == concepts["Direction"]


def test_the_schema_and_the_table_of_fields_have_the_same_keys() -> None:
    definitions = schema()["$defs"]
    for name, section in fields.SECTIONS.items():
        keys = set(definitions[section.kind]["properties"])
        assert keys == {*section.fields, *section.inner}, name
    top = set(fields.SECTIONS) - fields.NESTED
    assert set(schema()["properties"]) == top | {"claim-file", "document", "dataset", "base", "language"}
    assert set(definitions["SourceType"]["enum"]) == set(statements.SOURCE_TYPES)


def _subschemas(part: Any) -> list[dict[str, Any]]:
    if not isinstance(part, dict):
        return []
    inner = [part.get("items"), part.get("propertyNames"), part.get("additionalProperties")]
    inner += [*part.get("anyOf", ()), *part.get("oneOf", ())]
    inner += [*part.get("properties", {}).values(), *part.get("$defs", {}).values()]
    return [part, *(found for value in inner for found in _subschemas(value))]


def test_every_key_of_the_schema_teaches_what_it_is_for() -> None:
    keys = [item for part in _subschemas(schema()) for item in part.get("properties", {}).items()]
    assert len(keys) > 100
    assert [name for name, key in keys if len(key.get("description", "")) < 8] == []


def test_every_keyword_of_the_schema_has_its_sentence() -> None:
    keywords = {word for part in _subschemas(schema()) for word in part}
    silent = {"$ref", "properties", "items"}
    assert keywords & set(Draft202012Validator.VALIDATORS) - silent == {
        *ClaimFileMessages({}).sentences(),
        "propertyNames",
    }


def test_the_schema_is_one_and_editors_can_read_it() -> None:
    Draft202012Validator.check_schema(json.loads(FILE.read_text()))


def test_a_source_type_is_a_class_of_fabio() -> None:
    vocabulary = Path(__file__).parents[3] / "shared" / "data" / "vocab" / "fabio.ttl"
    if not vocabulary.exists():
        pytest.skip("../shared is absent")
    text = vocabulary.read_text()
    classes = set(re.findall(r"<http://purl.org/spar/fabio/(\w+)> rdf:type owl:Class", text))
    assert set(statements.SOURCE_TYPES.values()) - classes == set()


@pytest.mark.parametrize(
    ("written", "lexical", "datatype"),
    [
        ("10 weeks", "P70D", "dayTimeDuration"),
        ("1 year", "P1Y", "yearMonthDuration"),
        ("6 months", "P6M", "yearMonthDuration"),
        ("30 minutes", "PT30M", "dayTimeDuration"),
        ("P1Y6M", "P1Y6M", "yearMonthDuration"),
        ("P10D", "P10D", "dayTimeDuration"),
        ("PT36H", "PT36H", "dayTimeDuration"),
    ],
)
def test_a_duration_is_of_days_or_of_months(written: str, lexical: str, datatype: str) -> None:
    literal = literals.duration(written)
    assert literal is not None
    assert (literal.value, literal.datatype.value.rpartition("#")[2]) == (lexical, datatype)


@pytest.mark.parametrize("written", ["soon", "P10W", "P", "PT", "P1Y2D", "1.5 years", "weeks", ""])
def test_what_is_no_duration_of_xsd_is_none(written: str) -> None:
    assert literals.duration(written) is None


def test_the_seed_dataset_is_read_without_a_violation() -> None:
    for file in sorted((shipped("data") / "massage-low-back-pain").glob("*.yaml")):
        problems = readers.read(file).problems
        assert [str(problem) for problem in problems if problem.severity == "violation"] == []


def test_quads_come_sorted_and_each_once() -> None:
    quads = readers.read(COFFEE / "claims.yaml").quads
    assert len(set(quads)) == len(quads)
    assert all(isinstance(quad, Quad) for quad in quads)
    assert [str(q.subject)[1:-1] for q in quads] == sorted(str(q.subject)[1:-1] for q in quads)


PAGE = Path(__file__).parents[2] / "docs" / "claim-files.md"


def blocks(kind: str) -> list[str]:
    return re.findall(rf"^```{kind}\n(.*?)^```$", PAGE.read_text(), re.MULTILINE | re.DOTALL)


def test_what_the_page_shows_stands_in_the_worked_example() -> None:
    example = [(COFFEE / name).read_text() for name in ("claims.yaml", "studies.yaml", "article.txt")]
    assert len(blocks("yaml")) > 10
    assert [block for block in blocks("yaml") if not any(block in text for text in example)] == []
    assert any(block in example[2] for block in blocks("text"))


def test_the_messages_of_the_page_are_real() -> None:
    real = {line for path in INVALID for line in re.findall(r"^# \w+ (.*)", path.read_text(), re.MULTILINE)}
    shown = re.findall(r"^claims\.yaml:(.*)$", PAGE.read_text(), re.MULTILINE)
    assert len(shown) > 15
    assert [line for line in shown if line.replace("claims.yaml:", "duplicate-id.yaml:") not in real] == []


@pytest.mark.parametrize("name", fields.SECTIONS)
def test_the_page_has_a_row_for_every_key_with_what_it_states(name: str) -> None:
    section = fields.SECTIONS[name]
    required = schema()["$defs"][section.kind]["required"]
    _, properties = statements.TABLE[section.record]
    page = PAGE.read_text()
    for key, field in section.fields.items():
        shown = f"**`{key}`**" if key in required else f"`{key}`"
        states = ", ".join(f"`{name}`" for name in properties[field.name].properties.split())
        assert re.search(rf"^\| {re.escape(shown)} \| [^|]+ \| {re.escape(states)} \|$", page, re.MULTILINE), key
