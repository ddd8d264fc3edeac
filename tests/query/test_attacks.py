"""Attacks: nothing is fetched, no file is read, and no query takes the process that asks with it.

What a program does with `KnowledgeGraph.dataset` (rdflib, in its own process) is its own affair, and not tested here.
"""

from __future__ import annotations

import json
import os
import sys
import threading
import time
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import TYPE_CHECKING

import pytest

import kg
from kg.errors import KgError, QueryError
from kg.query import NETWORK, Rows, query
from kg.worker import Child, Message

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from kg.graph import KnowledgeGraph

WORD = "canary-word"
"""What stands in the file and on the server that nobody may read."""
SANDBOX = sys.platform == "linux" and os.uname().machine in ("x86_64", "aarch64")
"""Whether this system lets a process give up the network."""
LIMIT, SPARE = 1.0, 0.5
"""Seconds that a query may take, and that its answer may come later."""
_ROW = {"s": {"type": "literal", "value": WORD}}
_DOCUMENT = json.dumps({"head": {"vars": ["s"]}, "results": {"bindings": [_ROW]}}).encode()


class Canary(ThreadingHTTPServer):
    """A server on the loopback address that counts who comes; `/away` leads to `/other`."""

    hits: list[str]

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.server_port}"


class _Answer(BaseHTTPRequestHandler):
    server: Canary

    def do_GET(self) -> None:
        self.server.hits.append(self.path)
        self.rfile.read(int(self.headers.get("Content-Length", 0)))
        self.send_response(307 if self.path == "/away" else 200)
        self.send_header("Location", f"{self.server.url}/other")
        self.send_header("Content-Type", "application/sparql-results+json")
        self.send_header("Content-Length", str(len(_DOCUMENT)))
        self.end_headers()
        self.wfile.write(_DOCUMENT)

    do_POST = do_GET  # noqa: N815 -- the name that http.server calls

    def log_message(self, *_: object) -> None:
        """Say nothing."""


@pytest.fixture(scope="module")
def canary() -> Iterator[Canary]:
    with Canary(("127.0.0.1", 0), _Answer) as server:
        server.hits = []
        threading.Thread(target=server.serve_forever, daemon=True).start()
        yield server
        server.shutdown()


@pytest.fixture(scope="module")
def graph(tmp_path_factory: pytest.TempPathFactory) -> Iterator[KnowledgeGraph]:
    folder = tmp_path_factory.mktemp("attacks") / "tests"
    folder.mkdir()
    claims = "".join(
        f':c{n} a hc:Claim ; hc:text "Claim {n}" ; hc:about :c{(n * 7 + 1) % 1500} .\n' for n in range(1500)
    )
    (folder / "a.ttl").write_text(
        "@prefix : <https://w3id.org/health-claims/id/tests/> .\n"
        f"@prefix hc: <https://w3id.org/health-claims/ontology#> .\n{claims}"
    )
    with kg.open(folder / "store") as opened:
        opened.load(folder / "a.ttl")
        yield opened


def seconds(action: Callable[[], object]) -> float:
    start = time.monotonic()
    action()
    return time.monotonic() - start


def ends(graph: KnowledgeGraph, text: str, **limits: int) -> str:
    """Return how a query ends: with an answer, or with a sentence."""
    try:
        answer = query(graph.store, text, timeout=LIMIT, memory=1 << 30, **limits)
    except KgError as error:
        return str(error)
    return answer.document.decode(errors="replace")


def assert_answered_in_time(graph: KnowledgeGraph, text: str) -> None:
    """On a busy machine a process may have to wait for its turn: the best of three counts."""
    took = [0.0]
    for _ in range(3):
        took.append(seconds(lambda: ends(graph, text)))
        if took[-1] <= LIMIT + SPARE:
            break
    assert took[-1] <= LIMIT + SPARE, took
    sane = query(graph.store, "SELECT ?text WHERE { tests:c7 hc:text ?text }", timeout=60)
    assert isinstance(sane, Rows)
    assert list(sane) == [{"text": "Claim 7"}]


# In each text URL is the canary's address, and FILE the canary file's.
QUERIES = {
    "service": "SELECT * { SERVICE <URL/> { ?s ?p ?o } }",
    "silent": "SELECT * { SERVICE SILENT <URL/> { ?s ?p ?o } }",
    "lower case": "SELECT * { sErViCe <URL/> { ?s ?p ?o } }",
    "escaped letter": "SELECT * { \\u0053ERVICE <URL/> { ?s ?p ?o } }",
    "long escape": "SELECT * { SERVIC\\U00000045 <URL/> { ?s ?p ?o } }",
    "escaped address": "SELECT * { SERVICE <\\u0068ttpURL/> { ?s ?p ?o } }",
    "escaped backslash in a string": 'SELECT * { VALUES ?v { "\\u005C" } SERVICE <URL/> { ?s ?p ?o } #"\n}',
    "escaped quote in a string": 'SELECT * { VALUES ?v { "\\u0022 } SERVICE <URL/> { ?s ?p ?o } #"}\n}',
    "glued to a word": "SELECT * { ?a ?b trueSERVICE<URL/>{ ?s ?p ?o } }",
    "glued to a number": "SELECT * { ?a ?b 1SERVICE<URL/>{ ?s ?p ?o } }",
    "glued to a language": 'SELECT * { ?a ?b "x"@en.SERVICE<URL/>{ ?s ?p ?o } }',
    "after a bare prefix": "PREFIX : <URL/> SELECT * { ?a ?b :.SERVICE<URL/>{ ?s ?p ?o } }",
    "after an escaped #": "PREFIX : <URL/> SELECT * { OPTIONAL { ?a ?b :x\\# . } SERVICE <URL/> { ?s ?p ?o } \n}",
    "after an odd letter": "PREFIX : <URL/> SELECT * { OPTIONAL { ?a ?b :x·\\# . } SERVICE <URL/> { ?s ?p ?o } \n}",
    "after a comment that a return ends": "SELECT * { # x\r SERVICE <URL/> { ?s ?p ?o } \n}",
    "comment between": "SELECT * { SERVICE # <http://example.org/>\n <URL/> { ?s ?p ?o } }",
    "comparison that looks like an IRI": "SELECT * { FILTER(?a<?b)SERVICE#>\n<URL/>{ ?s ?p ?o } }",
    "comparison with a comment": "SELECT * { FILTER(1<#> '''\n2) SERVICE <URL/> { ?s ?p ?o } #'''\n}",
    "string that ends early": 'SELECT * { VALUES ?v { """x" } SERVICE <URL/> { ?s ?p ?o } # \\q """\n}',
    "IRI with an escape": 'SELECT * { VALUES ?v { "\\u005C" <http://x\\u0041#> } SERVICE <URL/> { ?s ?p ?o } #"\n}',
    "subquery": "SELECT * { { SELECT * { SERVICE <URL/> { ?s ?p ?o } } } }",
    "exists": "ASK { ?a ?b ?c FILTER EXISTS { SERVICE <URL/> { ?s ?p ?o } } }",
    "not exists": "ASK { ?a ?b ?c FILTER NOT EXISTS { SERVICE <URL/> { ?s ?p ?o } } }",
    "minus": "SELECT * { ?s a hc:Claim MINUS { SERVICE <URL/> { ?s ?p ?o } } }",
    "optional": "SELECT * { ?s a hc:Claim OPTIONAL { SERVICE <URL/> { ?s ?p ?o } } }",
    "union in a graph": "SELECT * { GRAPH ?g { { ?s ?p ?o } UNION { SERVICE <URL/> { ?s ?p ?o } } } }",
    "construct": "CONSTRUCT { ?s a hc:Claim } WHERE { SERVICE <URL/> { ?s ?p ?o } }",
    "describe": "DESCRIBE ?s WHERE { SERVICE <URL/> { ?s ?p ?o } }",
    "describe an address": "DESCRIBE <URL/>",
    "prefixed": "PREFIX there: <URL/> SELECT * { SERVICE there:sparql { ?s ?p ?o } }",
    "relative": "BASE <URL/> SELECT * { SERVICE <sparql> { ?s ?p ?o } }",
    "variable": "SELECT * { VALUES ?where { <URL/> } SERVICE ?where { ?s ?p ?o } }",
    "bound variable": "SELECT * { BIND(IRI('URL/') AS ?where) SERVICE ?where { ?s ?p ?o } }",
    "from": "SELECT * FROM <URL/data.ttl> { ?s ?p ?o }",
    "from named file": "SELECT * FROM NAMED <FILE> { GRAPH ?g { ?s ?p ?o } }",
    "graph": "SELECT * { GRAPH <FILE> { ?s ?p ?o } }",
    "load": "LOAD <URL/data.ttl>",
    "load a file after a query": "SELECT * { ?s ?p ?o } ; LOAD <FILE> INTO GRAPH <http://example.org/>",
    "name of a file": "../../../FILE",
}
_RDF = "http://www.w3.org/1999/02/22-rdf-syntax-ns#"
FILES = {
    "context.jsonld": '{"@context": "URL/context.jsonld", "@id": "http://e/a", "name": "x"}',
    "import.jsonld": '{"@context": {"@version": 1.1, "@import": "URL/c"}, "@id": "http://e/a", "name": "x"}',
    "entity.rdf": '<!DOCTYPE r [<!ENTITY x SYSTEM "FILE">]><r:RDF xmlns:r="RDF" '
    'xmlns:e="http://example.org/"><r:Description r:about="http://example.org/a"><e:p>&x;</e:p></r:Description></r:RDF>',
    "doctype.rdf": '<!DOCTYPE r SYSTEM "URL/r.dtd"><r:RDF xmlns:r="RDF"/>',
    "sheet.rdf": '<?xml-stylesheet href="URL/s.xsl" type="text/xsl"?><r:RDF xmlns:r="RDF"/>',
    "include.rdf": '<r:RDF xmlns:r="RDF" xmlns:x="http://www.w3.org/2001/XInclude" '
    'xmlns:e="http://example.org/"><r:Description r:about="http://example.org/a"><e:p r:parseType="Literal">'
    '<x:include href="FILE" parse="text"/></e:p></r:Description></r:RDF>',
    "imports.ttl": "PREFIX owl: <http://www.w3.org/2002/07/owl#> <URL/o> a owl:Ontology ; owl:imports <URL/i> .",
    "shapes.ttl": "@prefix sh: <http://www.w3.org/ns/shacl#> . <http://example.org/s> a sh:NodeShape ; "
    'sh:targetNode <http://example.org/a> ; sh:shapesGraph <URL/shapes> ; sh:sparql [ sh:select "SELECT $this '
    '{ SERVICE <URL/> { ?s ?p ?o } }" ] .',
    "tag.yaml": "dataset: !!python/object/apply:urllib.request.urlopen ['URL/yaml']",
    "schema.yaml": "# yaml-language-server: $schema=URL/s.json\n$schema: URL/s.json\ndataset: {$ref: 'URL/r'}",
}


@pytest.fixture
def secret(tmp_path: Path) -> Path:
    path = tmp_path / "secret.ttl"
    path.write_text(f'<http://example.org/s> <http://example.org/p> "{WORD}" .')
    return path


def test_there_are_forty_vectors_and_more() -> None:
    assert len(QUERIES) + len(FILES) >= 40


@pytest.mark.parametrize("name", QUERIES)
def test_a_query_fetches_nothing(graph: KnowledgeGraph, canary: Canary, secret: Path, name: str) -> None:
    canary.hits.clear()
    text = QUERIES[name].replace("URL", canary.url).replace("FILE", secret.as_uri())
    said = ends(graph, text)
    assert canary.hits == []
    assert WORD not in said


@pytest.mark.parametrize(
    "value", ["URL/x", '"x" } SERVICE <URL/> { ?s ?p ?o } #', '"\\" } SERVICE <URL/> {} #"', "FILE"]
)
def test_a_parameter_smuggles_nothing_in(graph: KnowledgeGraph, canary: Canary, secret: Path, value: str) -> None:
    canary.hits.clear()
    value = value.replace("URL", canary.url).replace("FILE", secret.as_uri())
    try:
        said = str(list(graph.query("SELECT * WHERE { VALUES ?x { UNDEF } ?x ?p ?o }", {"x": value})))
    except KgError as error:
        said = str(error)
    assert said == "[]" or said.startswith("no '")
    assert canary.hits == []


@pytest.mark.parametrize("name", FILES)
def test_a_file_makes_kg_fetch_nothing(canary: Canary, secret: Path, tmp_path: Path, name: str) -> None:
    canary.hits.clear()
    file = tmp_path / name
    file.write_text(FILES[name].replace("URL", canary.url).replace("FILE", secret.as_uri()).replace('RDF"', f'{_RDF}"'))
    with kg.open() as opened:
        try:
            opened.load(file)
            opened.validate()
            said = opened.export(format="nq").decode()
        except KgError as error:
            said = str(error)
    assert canary.hits == []
    assert WORD not in said


@pytest.mark.parametrize("name", ["service", "silent", "relative", "subquery"])
def test_a_query_that_slips_past_the_guard_meets_a_process_without_network(
    graph: KnowledgeGraph, canary: Canary, name: str
) -> None:
    canary.hits.clear()
    text = QUERIES[name].replace("URL", canary.url)
    if SANDBOX:
        assert WORD not in str(unguarded(graph, text))
    assert canary.hits == []
    assert WORD in str(unguarded(graph, text, NETWORK))
    assert len(canary.hits) == 1


def test_a_small_query_needs_little_memory_however_many_threads_the_store_starts(graph: KnowledgeGraph) -> None:
    for _ in range(5):
        answer = unguarded(graph, "SELECT * { ?s a hc:Claim }", memory=400 << 20)
        assert answer.head["kind"] == "solutions"


def unguarded(graph: KnowledgeGraph, text: str, *arguments: str, memory: int = 1 << 30) -> Message:
    """Return what a worker answers to a query that nobody looked at."""
    worker = Child("kg.query.worker", *arguments)
    limits = {"params": {}, "timeout": 20, "memory": memory, "max_rows": 9, "services": []}
    with graph.store.snapshot() as folder:
        request = {"folder": folder, "location": graph.store.location, "query": text}
        answer = worker.ask(Message(request | limits), time.monotonic() + 20)
    worker.end()
    return answer


def test_a_service_that_is_allowed_is_asked_and_no_other(graph: KnowledgeGraph, canary: Canary) -> None:
    canary.hits.clear()
    allowed = f"{canary.url}/sparql"
    rows = graph.query(f"SELECT * {{ SERVICE SILENT <{allowed}> {{ ?s ?p ?o }} }}", allow_service=[allowed])
    assert [row["s"] for row in rows] == [WORD]
    assert canary.hits == ["/sparql"]
    others = [
        f"SERVICE <{allowed}2> {{}}",
        f"SERVICE <{allowed}> {{ ?s ?p ?o }} SERVICE <{canary.url}/other> {{ ?s ?p ?o }}",
        f"BIND(<{allowed}> AS ?where) SERVICE ?where {{ ?s ?p ?o }}",
        f"SERVICE <{canary.url}/other> {{ SERVICE <{allowed}> {{ ?s ?p ?o }} }}",
    ]
    for other in others:
        with pytest.raises(QueryError, match="SERVICE is refused"):
            graph.query(f"PREFIX there: <{canary.url}/> SELECT * {{ {other} }}", allow_service=[allowed])
    with pytest.raises(QueryError, match="SERVICE is refused"):
        graph.query(f"PREFIX there: <{canary.url}/> SELECT * {{ SERVICE there:sparql {{}} }}", allow_service=[allowed])
    assert canary.hits == ["/sparql"]


def test_a_service_that_is_allowed_leads_nowhere_else(graph: KnowledgeGraph, canary: Canary) -> None:
    canary.hits.clear()
    away = f"{canary.url}/away"
    with pytest.raises(QueryError, match="307"):
        graph.query(f"SELECT * {{ SERVICE <{away}> {{ ?s ?p ?o }} }}", allow_service=[away])
    assert canary.hits == ["/away"]


SHAPES: dict[str, Callable[[int], str]] = {
    "groups": lambda n: "SELECT * " + "{" * n + "?s ?p ?o" + "}" * n,
    "parentheses": lambda n: "SELECT * { ?s ?p ?o FILTER(" + "(" * n + "1" + ")" * n + ") }",
    "negations": lambda n: "SELECT * { ?s ?p ?o FILTER(" + "!" * n + "true) }",
    "optionals": lambda n: "SELECT * { ?s ?p ?o" + " OPTIONAL { ?s ?p ?o" * n + "}" * n + "}",
    "unions": lambda n: "SELECT * { " + " UNION ".join(["{ ?s a ?o }"] * n) + " }",
    "paths": lambda n: "SELECT * { ?s (" + "/".join(["hc:about"] * n) + ") ?o }",
    "subqueries": lambda n: "SELECT * { " + "{ SELECT * { " * n + "?s ?p ?o" + "} }" * n + " }",
    "alternatives": lambda n: "SELECT * { ?s ?p ?o FILTER(" + "||".join(["?o=1"] * n) + ") }",
    "functions": lambda n: "SELECT * { ?s ?p ?o BIND(" + "IF(true," * n + "1" + ",2)" * n + " AS ?x) }",
    "values": lambda n: "SELECT * { VALUES ?s { " + "1 " * n + "} ?s ?p ?o }",
    "sums": lambda n: "SELECT (1" + "+1" * n + " AS ?x) {}",
    "lists": lambda n: "SELECT * { ?s ?p (" + "1 " * n + ") }",
}


@pytest.mark.parametrize("depth", [10, 100, 1_000, 10_000, 100_000])
@pytest.mark.parametrize("shape", SHAPES)
def test_no_shape_of_a_query_brings_its_asker_down(graph: KnowledgeGraph, shape: str, depth: int) -> None:
    assert_answered_in_time(graph, SHAPES[shape](depth))


def product(count: int) -> str:
    return " ".join(f"?s{n} ?p{n} ?o{n} ." for n in range(count))


RUNAWAYS = {
    "product": f"SELECT * {{ {product(9)} }}",
    "count of a product": f"SELECT (COUNT(*) AS ?n) {{ {product(5)} }}",
    "count of distinct": f"SELECT (COUNT(DISTINCT ?o4) AS ?n) {{ {product(5)} }}",
    "distinct product": f"SELECT DISTINCT * {{ {product(3)} }}",
    "sorted product": f"SELECT * {{ {product(3)} }} ORDER BY ?o2 DESC(?o1) LIMIT 1",
    "grouped product": f"SELECT ?o0 ?o1 (COUNT(*) AS ?n) {{ {product(4)} }} GROUP BY ?o0 ?o1",
    "filter that never fits": f"ASK {{ {product(5)} FILTER(?o0 = 7) }}",
    "joined texts": f"SELECT (GROUP_CONCAT(?o1) AS ?text) {{ {product(3)} }}",
    "paths of any length": "SELECT (COUNT(*) AS ?n) { ?a (!hc:none|^!hc:none)* ?b . ?c (!hc:none|^!hc:none)* ?d }",
    "path of paths": "SELECT (COUNT(*) AS ?n) { ?a ((hc:about*)*/(hc:about+)*)* ?b . ?b hc:about* ?c }",
    "pattern that backtracks": f"SELECT * {{ {product(3)} FILTER(REGEX(STR(?o1), '(a*)*(a|aa)*$$b')) }}",
    "large pattern": f"ASK {{ {product(2)} FILTER(REGEX(STR(?o1), '((x{{1,99}}){{1,99}}){{1,99}}')) }}",
    "growing text": "SELECT * { BIND('aaaaaaaaaaaaaaaa' AS ?x0) "
    + " ".join(f"BIND(CONCAT({', '.join([f'?x{n}'] * 16)}) AS ?x{n + 1})" for n in range(12))
    + " }",
    "growing replacement": "SELECT (STRLEN(?x9) AS ?n) { BIND('aaaaaaaa' AS ?x0) "
    + " ".join(f"BIND(REPLACE(?x{n}, 'a', 'aaaaaaaaaaaaaaaa') AS ?x{n + 1})" for n in range(9))
    + " }",
    "constructed product": f"CONSTRUCT {{ ?s0 ?p1 ?o2 }} WHERE {{ {product(3)} }}",
    "minus of a product": f"SELECT * {{ {product(2)} MINUS {{ {product(3).replace('?s0', '?x')} }} }}",
    "optional products": "SELECT (COUNT(*) AS ?n) { ?a ?b ?c OPTIONAL { ?d ?e ?f } OPTIONAL { ?g ?h ?i } }",
}


@pytest.mark.parametrize("name", RUNAWAYS)
def test_a_runaway_query_is_answered_in_time(graph: KnowledgeGraph, name: str) -> None:
    owner = os.getpid()
    assert_answered_in_time(graph, RUNAWAYS[name])
    assert os.getpid() == owner
