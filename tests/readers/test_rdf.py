"""RDF files: each syntax gives the same quads, blank nodes get names that last, and traps are refused in a sentence."""

from __future__ import annotations

import gzip
import shutil
import socket
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import kg
from kg import readers
from kg.errors import UnreadableError, UsageError
from kg.namespaces import CATALOG, DERIVED, HC, ID, ONTOLOGY
from kg.readers import rdf
from kg.readers.blank_nodes import names
from kg.readers.detect import KINDS, START
from kg.store.syntax import SYNTAXES, Syntax, parse, serialize
from kg.store.terms import IRI, BlankNode, Literal, Quad

VALID = Path(__file__).parents[1] / "examples" / "valid" / "rdf"
GRAPH = "https://w3id.org/health-claims/graph/rdf/"
CLAIM = "https://w3id.org/health-claims/id/coffee/keeps-awake"
KNOWS = IRI("http://example.org/knows")


def write(folder: Path, name: str, text: str | bytes) -> Path:
    path = folder / name
    path.write_bytes(text if isinstance(text, bytes) else text.encode())
    return path


def refusal(path: Path) -> str:
    with pytest.raises(UnreadableError) as caught:
        readers.read(path)
    return str(caught.value).replace(f"{path.parent}/", "")


def triples(reading: readers.ParsedFile) -> set[tuple[str, str, str]]:
    """Return the triples of a reading, with one name for what was a blank node."""
    names_of_nodes = {str(quad.object) for quad in reading.quads if ".well-known/genid/" in str(quad.object)}
    assert len(names_of_nodes) == 1
    return {
        (str(q.subject), str(q.predicate), str(q.object).replace(names_of_nodes.copy().pop(), "_:page"))
        if str(q.subject) not in names_of_nodes
        else ("_:page", str(q.predicate), str(q.object))
        for q in reading.quads
    }


@pytest.mark.parametrize("path", sorted(VALID.iterdir()), ids=lambda path: path.name)
def test_every_syntax_says_the_same(path: Path) -> None:
    reading = readers.read(path)
    assert reading.problems == ()
    assert reading.dataset == "rdf"
    assert {str(quad.graph_name) for quad in reading.quads} == {f"<{GRAPH}{path.name}>"}
    assert triples(reading) == triples(readers.read(VALID / "claim.ttl"))


def test_every_syntax_has_a_reader_and_an_example() -> None:
    suffixes = {suffix for syntax in SYNTAXES for suffix in syntax.suffixes}
    assert suffixes <= {suffix for kind in KINDS for suffix in kind.suffixes}
    assert {path.suffix for path in VALID.iterdir()} == suffixes - {".owl", ".xml"}


def test_schema_org_is_written_with_https() -> None:
    predicates = {str(quad.predicate) for quad in readers.read(VALID / "claim.nt").quads}
    assert "<https://schema.org/appearance>" in predicates
    assert not any("http://schema.org" in predicate for predicate in predicates)


def test_a_blank_node_has_a_name_that_does_not_depend_on_its_label_or_the_order_of_lines(tmp_path: Path) -> None:
    lines = ["_:a <http://e/p> _:b .", '_:a <http://e/q> "1" .', "_:b <http://e/p> _:a ."]
    first = readers.read(write(tmp_path, "x.nt", "\n".join(lines)))
    other = [line.replace("_:a", "_:z").replace("_:b", "_:a") for line in reversed(lines)]
    assert readers.read(write(tmp_path, "x.nt", "\n".join(other))).quads == first.quads
    assert all(isinstance(quad.subject, IRI) and isinstance(quad.object, IRI | Literal) for quad in first.quads)


def test_a_blank_node_of_another_file_has_another_name(tmp_path: Path) -> None:
    text = '[] <http://e/p> "1" .'
    one, two = (readers.read(write(tmp_path, name, text)).quads[0].subject for name in ("one.ttl", "two.ttl"))
    assert one != two


def test_named_graphs_keep_their_names_and_the_rest_goes_to_the_graph_of_the_file(tmp_path: Path) -> None:
    text = f"<{CLAIM}> <http://e/p> 1 . <http://e/graph> {{ <{CLAIM}> <http://e/p> 2 }}"
    graphs = {str(quad.graph_name) for quad in readers.read(write(tmp_path, "my file.trig", text)).quads}
    dataset = readers.dataset_name(tmp_path / "x")
    assert graphs == {"<http://e/graph>", f"<https://w3id.org/health-claims/graph/{dataset}/my%20file.trig>"}


def test_the_derived_graph_is_left_out_because_it_is_computed_anew(tmp_path: Path) -> None:
    text = f"<{DERIVED}> {{ <{CLAIM}> <http://e/p> 1 }} <http://e/graph> {{ <{CLAIM}> <http://e/p> 2 }}"
    reading = readers.read(write(tmp_path, "x.trig", text))
    assert [str(quad.graph_name) for quad in reading.quads] == ["<http://e/graph>"]
    assert reading.problems == ()


@pytest.mark.parametrize("graph", [CATALOG, ONTOLOGY])
def test_a_system_graph_is_refused(graph: str, tmp_path: Path) -> None:
    reading = readers.read(write(tmp_path, "x.trig", f"<{graph}> {{ <{CLAIM}> <http://e/p> 1 }}"))
    [problem] = reading.problems
    assert problem.severity == "violation"
    expected = f"the graph <{graph}> is kept by kg itself; take it out of the file, or give it another name"
    assert problem.message == expected
    assert reading.quads == ()


@pytest.mark.parametrize(
    ("name", "text", "sentence"),
    [
        ("x.ttl", "<http://e/a> <http://e/b> .", "x.ttl:1:27: not readable as Turtle: "),
        ("x.ttl", "a:b a:c a:d .", "x.ttl:1:1: not readable as Turtle: The prefix a: has not been declared"),
        ("x.nt", '\n<http://e/a> <http://e/b> "x', "x.nt:2:27: not readable as N-Triples: "),
        ("x.ttl", b'<http://e/a> <http://e/b> "\xe9" .', "x.ttl:1:28: not readable as Turtle: Invalid UTF-8"),
        ("x.jsonld", '{"@id": "http://e/a"\n "x": 1}', "x.jsonld:2:2: not readable as JSON-LD: "),
        ("x.rdf", "<rdf:RDF>\n<a></b></rdf:RDF>", "x.rdf:2:6: not readable as RDF/XML: "),
    ],
)
def test_an_error_of_syntax_has_its_place(name: str, text: str | bytes, sentence: str, tmp_path: Path) -> None:
    assert refusal(write(tmp_path, name, text)).startswith(sentence)


XML = '<?xml version="1.0"?>'


@pytest.mark.parametrize("prolog", ["", f"{XML}\n", "<!-- a comment -->\n\n<?pi x?>", "\ufeff", f"{XML}<!-- > -->"])
def test_rdf_xml_with_a_doctype_is_refused_before_it_is_parsed(prolog: str, tmp_path: Path) -> None:
    text = prolog + '<!DOCTYPE r [<!ENTITY a "aaaa"><!ENTITY b "&a;&a;">]>\n<r>&b;</r>'
    line = prolog.count("\n") + 1
    expected = f"x.rdf:{line}: a DOCTYPE with its entities is not read; write the namespaces out instead"
    assert refusal(write(tmp_path, "x.rdf", text)) == expected


def test_rdf_xml_in_utf_16_is_refused_because_its_doctype_would_be_overlooked(tmp_path: Path) -> None:
    assert "UTF-16" in refusal(write(tmp_path, "x.rdf", "<!DOCTYPE r []><r/>".encode("utf-16")))


@pytest.mark.parametrize("form", ['"@context": "{}"', '"@context": [{{}}, "{}"]', '"@context": {{"@import": "{}"}}'])
def test_a_json_ld_context_at_an_address_is_refused_and_nothing_is_fetched(form: str, tmp_path: Path) -> None:
    with socket.socket() as canary:
        canary.bind(("127.0.0.1", 0))
        canary.listen()
        canary.settimeout(0.2)
        address = f"http://127.0.0.1:{canary.getsockname()[1]}/context"
        text = "{" + form.format(address) + ', "@id": "http://e/a", "p": "x"}'
        said = refusal(write(tmp_path, "x.jsonld", text))
        with pytest.raises(TimeoutError):
            canary.accept()
    assert "its @context is at another address, and kg fetches nothing; put the context itself into the file" in said


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("x.jsonld", '{"http://e/p":' * 50_000 + "1" + "}" * 50_000),
        ("x.jsonld", '{"@context":{"a":"http://e/"},"http://e/p":' * 5_000 + "1" + "}" * 5_000),
        ("x.jsonld", "[" * 100_000),
        ("x.ttl", "<http://e/a> <http://e/b> " + "[" * 100_000),
    ],
    ids=["deep objects", "deep contexts", "deep lists", "deep brackets"],
)
def test_a_file_made_to_crash_a_parser_is_refused(name: str, text: str, tmp_path: Path) -> None:
    assert refusal(write(tmp_path, name, text)).startswith("x.")


def test_rdf_xml_that_takes_too_long_is_given_up(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(rdf, "DEADLINE", 0.01)
    expected = "claim.rdf: reading this RDF/XML took longer than 0.01 s"
    assert refusal(Path(shutil.copy(VALID / "claim.rdf", tmp_path))).startswith(expected)


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        ("<http://e/a> <http://e/b> <<( <http://e/a> <http://e/b> <http://e/c> )>> .", "a triple as a term"),
        ('<http://e/a> <http://e/b> "x"@en--ltr .', "a text with a base direction"),
    ],
)
def test_what_only_rdf_1_2_has_is_refused(text: str, sentence: str, tmp_path: Path) -> None:
    assert sentence in refusal(write(tmp_path, "x.ttl", text))


def test_a_missing_file_is_unreadable_and_an_unknown_suffix_a_wrong_call(tmp_path: Path) -> None:
    assert "cannot be read" in refusal(tmp_path / "nothing.ttl")
    assert "cannot be read" in refusal(tmp_path / "nothing.docx")
    with pytest.raises(
        UsageError, match=r"no reader for '\.docx' files; there are \.ad, .*\.bib, \.csl, .*; and tables with"
    ):
        readers.read(write(tmp_path, "x.docx", ""))


@pytest.mark.parametrize(
    ("name", "content", "sentence"),
    [
        ("x.json", b"", "x.json: the file is empty"),
        ("x.json", b" \n", "x.json: the file is empty"),
        ("x.json", b"\x89PNG\r\n\xff\xfe\0", "x.json: not UTF-8 text; save it as UTF-8"),
        ("x.json", b"[ ]\n", "x.json: the file says nothing"),
        ("x.jsonld", b"", "x.jsonld: the file is empty"),
        ("x.csv", b"", "x.csv: the file is empty"),
        ("x.txt", b"", "x.txt: the file is empty"),
        ("x.xml", b"", "x.xml: the file is empty"),
        ("x.xml.gz", gzip.compress(b"", mtime=0), "x.xml.gz: the file is empty"),
        ("x.gz", gzip.compress(b"", mtime=0), "x.gz: the file is empty"),
        ("x.gz", b"", "x.gz: the file is empty"),
        ("x.ttl.gz", b"", "x.ttl.gz: the file is empty"),
    ],
)
def test_an_empty_or_binary_file_is_said_to_be_so(name: str, content: bytes, sentence: str, tmp_path: Path) -> None:
    assert refusal(write(tmp_path, name, content)).startswith(sentence)


def test_a_letter_that_the_look_at_the_start_cuts_makes_no_text_binary(tmp_path: Path) -> None:
    long = '["' + "x" * (START - 3) + 'é"]'
    with pytest.raises(UsageError, match="a table is read by a mapping"):
        readers.read(write(tmp_path, "x.json", long))


def test_a_known_suffix_with_other_content_says_what_is_expected(tmp_path: Path) -> None:
    with pytest.raises(
        UsageError, match=r"a \.txt file is read if it is Kialo's, MEDLINE, RIS or EndNote's export, which"
    ):
        readers.read(write(tmp_path, "x.txt", "hello"))
    with pytest.raises(UsageError, match=r"a \.nxml file is read if it is XML of PubMed, JATS or EndNote, which"):
        readers.read(write(tmp_path, "x.nxml", "<hello/>"))


def test_a_yaml_file_is_a_claim_file_by_its_first_key(tmp_path: Path) -> None:
    assert readers.is_claim_file(write(tmp_path, "a.yaml", "# a remark\r\n\r\n---\r\nclaim-file: 1\r\n"))
    assert not readers.is_claim_file(write(tmp_path, "b.yaml", "topics: {}\nclaim-file: 1\n"))
    assert not readers.is_claim_file(write(tmp_path, "c.txt", "claim-file: 1\n"))
    assert not readers.is_claim_file(tmp_path / "missing.yaml")


def test_a_document_is_written_with_the_prefixes_that_it_uses_in_the_order_of_their_names() -> None:
    quads = [Quad(IRI(CLAIM), IRI("https://w3id.org/health-claims/ontology#text"), Literal("x"), IRI("http://e/g"))]
    prefixes = {"id": ID, "hc": HC, "unused": "http://example.org/"}
    text = serialize(quads, "text/turtle", prefixes)
    assert text.decode().splitlines()[:3] == [
        "@prefix hc: <https://w3id.org/health-claims/ontology#> .",
        "@prefix id: <https://w3id.org/health-claims/id/> .",
        "",
    ]


@pytest.mark.parametrize("syntax", SYNTAXES, ids=lambda syntax: syntax.name)
def test_what_is_written_can_be_read_again(syntax: Syntax) -> None:
    quads = readers.read(VALID / "claim.ttl").quads
    document = serialize(quads, syntax.media_type)
    read = {quad.triple for quad in parse(document, syntax.name)}
    assert read == {quad.triple for quad in quads}


def test_an_unknown_syntax_is_a_wrong_call() -> None:
    with pytest.raises(UsageError, match="no RDF syntax 'word'; there are text/turtle"):
        parse(b"", "word")


edges = st.lists(st.tuples(st.integers(0, 5), st.integers(0, 5), st.sampled_from("pq")), max_size=14)


def graph(pairs: list[tuple[int, int, str]], labels: list[int]) -> list[Quad]:
    return [Quad(BlankNode(f"n{labels[a]}"), IRI(f"http://e/{p}"), BlankNode(f"n{labels[b]}")) for a, b, p in pairs]


def named(quads: list[Quad]) -> set[tuple[str, ...]]:
    known = names(quads)
    return {tuple(known[term] if isinstance(term, BlankNode) else str(term) for term in quad) for quad in quads}


@settings(deadline=None)
@given(edges, st.permutations(range(6)), st.randoms())
def test_names_of_blank_nodes_are_the_same_for_the_same_graph_and_keep_nodes_apart(pairs, labels, random) -> None:
    quads = graph(pairs, list(range(6)))
    other = graph(pairs, labels)
    random.shuffle(other)
    assert named(other) == named(quads)
    assert len(set(names(quads).values())) == len(names(quads))


@pytest.mark.parametrize(
    "pairs",
    [
        [(a, b) for a in range(9) for b in range(9) if a != b],
        [(n, n + 1) for n in range(3000)],
        [(n, (n + 1) % 300) for n in range(300)],
        [(0, n) for n in range(1, 3000)],
    ],
    ids=["knot", "chain", "ring", "star"],
)
def test_graphs_of_like_blank_nodes_are_named_quickly(pairs: list[tuple[int, int]]) -> None:
    quads = [Quad(BlankNode(f"n{a}"), KNOWS, BlankNode(f"n{b}")) for a, b in pairs]
    assert named(quads) == named(quads[::-1])
    assert len(named(quads)) == len(quads)


@pytest.mark.parametrize("held", [0, rdf.HELD], ids=["streamed", "held"])
@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("a.nt", "<cup> <http://e/p> <http://e/o> .\n"),
        ("b.nt", "<http://e/a b> <http://e/p> <cup> .\n"),  # beside one that can be repaired
        ("c.nq", "<http://e/a b> <http://e/p> <http://e/o> <graph> .\n"),
        ("d.nt", '<http://e/a b> <http://e/p> "1"^^<number> .\n'),
        ("e.nt", "<http://[e/a> <http://e/p> <http://e/b c> .\n"),
        ("f.ttl", "<http://[e/a> <http://e/p> <http://e/b c> .\n"),
    ],
)
def test_an_iri_that_cannot_be_repaired_is_refused_in_a_sentence(tmp_path, monkeypatch, name, text, held):
    monkeypatch.setattr(rdf, "HELD", held)
    with kg.open() as graph:
        with pytest.raises(UnreadableError, match=rf"{name}:1.*: not readable as ") as refusal:
            graph.load(write(tmp_path, name, text))
        assert refusal.value.exit_code == 3
        assert graph.store.graphs() == ()


@pytest.mark.parametrize("held", [0, rdf.HELD], ids=["streamed", "held"])
def test_a_lone_percent_and_the_datatype_of_a_literal_are_repaired_too(tmp_path, monkeypatch, held):
    monkeypatch.setattr(rdf, "HELD", held)
    with kg.open() as graph:
        loaded = graph.load(write(tmp_path, "a.nt", '<http://e/5%> <http://e/p> "1"^^<http://e/a b> .\n'))
        assert [problem.rule for problem in loaded.warnings] == ["iri-repaired"]
        assert b'<http://e/5%25> <http://e/p> "1"^^<http://e/a%20b> .' in graph.export(format="nt")


@pytest.mark.parametrize("name", ["a.jsonld", "c.json"])
def test_half_a_character_is_refused_with_the_file(tmp_path, name):
    half = r"tea \ud83d cup"
    text = {
        "a.jsonld": f'{{"@id": "http://e/a", "http://e/p": "{half}"}}',
        "c.json": f'[{{"type": "book",\n"title": "{half}", "issued": {{"date-parts": [[2011]]}}}}]',
    }[name]
    assert refusal(write(tmp_path, name, text)).startswith(
        f"{name}:" if name != "b.json" else "b.json: a text has half"
    )
    readers.read(write(tmp_path, name, text.replace(r"\ud83d", r"\ud83d\ude00")))
