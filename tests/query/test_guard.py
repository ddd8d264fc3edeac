"""What a query may not contain, however it is spelt."""

from __future__ import annotations

import contextlib
import time

import pytest

from kg.errors import QueryError
from kg.query import guard

REFUSED = [
    "SELECT * { SERVICE <http://127.0.0.1/> { ?s ?p ?o } }",
    "SELECT * { service silent ?where { ?s ?p ?o } }",
    "SELECT * { \\u0053ERVICE <http://127.0.0.1/> { } }",
    "SELECT * { \\U00000053ERVICE <http://127.0.0.1/> { } }",
    "SELECT * { ?s ?p trueSERVICE<http://127.0.0.1/>{} }",
    "PREFIX : <http://127.0.0.1/> SELECT * { ?s ?p ?o.SERVICE:x{} }",
    'SELECT * { ?s ?p "# not a comment" . SERVICE <http://127.0.0.1/> {} }',
    "SELECT * { ?s ?p '''it's''' . SERVICE <http://127.0.0.1/> {} }",
    "SELECT * { ?s ?p <http://x#frag> . SERVICE <http://127.0.0.1/> {} }",
    "SELECT * { # comment\nSERVICE <http://127.0.0.1/> {} }",
    # A string, an IRI, a name or a comment that ends elsewhere than it seems: Oxigraph asks the server in each of these
    "SELECT * { # comment\r SERVICE <http://127.0.0.1/> {}\n }",
    'SELECT * { VALUES ?v { "\\u005C" } SERVICE <http://127.0.0.1/> {} #"\n}',
    'SELECT * { VALUES ?v { """x" } SERVICE <http://127.0.0.1/> {} # \\q """\n}',
    "PREFIX : <http://x/> SELECT * { OPTIONAL { ?s ?p :x\\# . } SERVICE <http://127.0.0.1/> {}\n}",
    "PREFIX : <http://x/> SELECT * { OPTIONAL { ?s ?p :x·\\# . } SERVICE <http://127.0.0.1/> {}\n}",
    "PREFIX : <http://x/> SELECT * { ?s ?p :.SERVICE <http://127.0.0.1/> {} }",
    'SELECT * { VALUES ?v { "\\u005C" <http://x\\u0041#> } SERVICE <http://127.0.0.1/> {} #"\n}',
]
TWO_MEANINGS = [
    "SELECT * { FILTER(?a<?b)SERVICE#>\n<http://127.0.0.1/> {} }",
    "SELECT * { FILTER(?a<#> '''\n?b) SERVICE <http://127.0.0.1/> {} #'''\n }",
    "SELECT * { FILTER(?a<((((#>\n1)))) }",
]
HERE = "http://127.0.0.1/sparql"
ACCEPTED = [
    "SELECT ?service { ?service ?p ?o }",
    'SELECT * { ?s ?p "SERVICE" , """a "SERVICE" b""" }',
    "SELECT * { ?s ?p <http://example.org/SERVICE> } # SERVICE",
    "SELECT * { ?s a schema:Service }",
    "SELECT * { ?s a :SERVICE }",
    "SELECT * { ?s ?p <http://example.org/a_(b)#c>, <urn:isbn:1>, <mailto:a@example.org> FILTER(?a < ?b && ?c>?d) }",
]


@pytest.mark.parametrize("query", REFUSED)
def test_service_is_refused_however_it_is_spelt(query: str) -> None:
    with pytest.raises(QueryError, match="SERVICE is refused"):
        guard.check(query)


@pytest.mark.parametrize("query", ACCEPTED)
def test_the_word_alone_is_no_request(query: str) -> None:
    guard.check(query)


def test_a_query_may_be_100_deep_and_no_deeper() -> None:
    guard.check("SELECT *" + "{" * 100 + "}" * 100)
    with pytest.raises(QueryError, match="more than 100 deep"):
        guard.check("SELECT *" + "(" * 101)


@pytest.mark.parametrize("query", TWO_MEANINGS)
def test_what_can_be_an_iri_or_a_comparison_is_refused(query: str) -> None:
    with pytest.raises(QueryError, match="can be an IRI or a comparison; write an IRI in full"):
        guard.check(query)


def test_a_service_that_is_allowed_must_stand_there_letter_by_letter() -> None:
    guard.check(f"SELECT * {{ SERVICE # there\n <{HERE}> {{ SERVICE SILENT <{HERE}> {{ ?s ?p ?o }} }} }}", [HERE])
    for address in (
        f"<{HERE}/>",
        "?there",
        "there:sparql",
        "<sparql>",
        f"?x <{HERE}>",
        f'"{HERE}"',
        f"<{HERE[:-1]}\\u006C>",
    ):
        with pytest.raises(QueryError, match=f"SERVICE is refused.*, but for SERVICE <{HERE}>"):
            guard.check(f"SELECT * {{ SERVICE {address} {{ ?s ?p ?o }} }}", [HERE])


@pytest.mark.parametrize(
    ("patterns", "separator"), [("?s ?p ?o", " . "), ("?p ?o", " ; "), ("?o", ", "), ("hc:about", "/")]
)
def test_a_group_has_at_most_fifty_patterns(patterns: str, separator: str) -> None:
    guard.check(f"SELECT * {{ {separator.join([patterns] * 51)} }}")
    with pytest.raises(QueryError, match="more than 50 patterns"):
        guard.check(f"SELECT * {{ {separator.join([patterns] * 52)} }}")
    with pytest.raises(QueryError, match="more than 50 patterns"):
        guard.check(f"SELECT * {{ [ {separator.join([patterns] * 52)} ] ?x ?y }}")
    guard.check("SELECT * { " + f"{{ {separator.join([patterns] * 30)} }}" * 3 + " }")


def test_lists_of_values_are_no_patterns() -> None:
    guard.check(
        f"SELECT * {{ ?s ?p ?o FILTER(?o IN ({', '.join(['1.5'] * 500)})) VALUES ?o {{ {'1.5 :a.b ' * 500} }} }}"
    )


@pytest.mark.parametrize(
    "piece", ['"""\\q', "a1", "a.", "<a", "'", '"', ":x.", "\\u0022", "?a<b ", ".", "x....", '"\\u', ":%"]
)
def test_a_guard_needs_no_longer_than_the_query_is_long(piece: str) -> None:
    start = time.process_time()
    with contextlib.suppress(QueryError):
        guard.check(piece * (guard.MAX_LENGTH // len(piece)))
    assert time.process_time() - start < 5  # it takes 0.1 s; looking back at every place would take minutes


def test_the_graphs_of_from_are_known_by_their_iris() -> None:
    query = (
        "PREFIX e: <http://e/> SELECT * FROM <http://a#b> FROM NAMED e:x FROM # no\n f:y FROM <rel> { ?s ?p 'FROM' }"
    )
    assert guard.graphs(query, {"f": "http://f/"}) == ["http://a#b", "http://e/x", "http://f/y"]


def test_what_was_allowed_once_is_refused_where_it_is_not_allowed() -> None:
    query = "SELECT * { SERVICE <https://example.org/sparql> { ?s ?p ?o } }"
    guard.check(query, ["https://example.org/sparql"])
    for services in ((), ["https://example.com/sparql"]):
        with pytest.raises(QueryError):
            guard.check(query, services)


def test_brackets_in_strings_and_comments_do_not_count() -> None:
    guard.check('SELECT * { ?s ?p "' + "(" * 500 + '" } # ' + "[" * 500)


def test_a_query_has_a_longest_length() -> None:
    with pytest.raises(QueryError, match="at most 65,536"):
        guard.check("#" * 70_000)


def test_the_prefixes_that_a_query_uses_and_does_not_declare_are_known() -> None:
    assert guard.prefixes('PREFIX a: <http://a/> SELECT * { ?s a:x b:y ; :z "c:d" }') == {"b"}
