"""What a query may not contain, however it is spelt."""

from __future__ import annotations

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
]
ACCEPTED = [
    "SELECT ?service { ?service ?p ?o }",
    'SELECT * { ?s ?p "SERVICE" , """a "SERVICE" b""" }',
    "SELECT * { ?s ?p <http://example.org/SERVICE> } # SERVICE",
    "SELECT * { ?s a schema:Service }",
    "SELECT * { ?s a :SERVICE }",
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


def test_brackets_in_strings_and_comments_do_not_count() -> None:
    guard.check('SELECT * { ?s ?p "' + "(" * 500 + '" } # ' + "[" * 500)


def test_a_query_has_a_longest_length() -> None:
    with pytest.raises(QueryError, match="at most 65,536"):
        guard.check("#" * 70_000)


def test_the_prefixes_that_a_query_uses_and_does_not_declare_are_known() -> None:
    assert guard.prefixes('PREFIX a: <http://a/> SELECT * { ?s a:x b:y ; :z "c:d" }') == {"b"}
