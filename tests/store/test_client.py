"""A server that stalls, breaks off, lies or is somebody else is never taken at its word."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Iterator

import pytest

from kg.errors import KgError, QueryError, UnreadableError, UsageError
from kg.store.server import ServerStore
from kg.store.server.client import SOLUTIONS, TRIPLES, Client, IndeterminateError
from tests.support.servers import Behaviour, Faulty, Handler, faulty, half, in_turn, reply, reset, stall, trickle

YES = b'{"head": {}, "boolean": true}'
RIGHT = reply(200, SOLUTIONS, YES)
TRIPLE = b"<a:a> <a:b> <a:c> .\n"
SECRET = "correct-horse"


@pytest.fixture
def server() -> Iterator[Faulty]:
    with faulty() as running:
        yield running


def client(server: Faulty, environment: dict[str, str] | None = None, read: float = 30) -> Client:
    return Client(server.address, environment or {}, read=read, write=1, largest=10_000)


def asked(server: Faulty, read: float = 30) -> bytes:
    return client(server, read=read).query("ASK {}", SOLUTIONS)


def refused(server: Faulty, kind: type[KgError], code: int, read: float = 30) -> str:
    """Ask, and return the one sentence of the error."""
    with pytest.raises(kind) as caught:
        asked(server, read)
    assert caught.value.exit_code == code
    assert "\n" not in str(caught.value)
    assert "<" not in str(caught.value)
    return str(caught.value)


def test_a_server_that_stalls_is_not_waited_for_and_not_asked_again(server: Faulty) -> None:
    server.behaviour = stall
    assert "no answer within 2 s" in refused(server, UnreadableError, 3, read=2)
    assert len(server.received) == 1


def test_a_server_that_sends_byte_by_byte_is_not_waited_for_either(server: Faulty) -> None:
    server.behaviour = trickle
    with pytest.raises(QueryError, match="took longer than 1 s"):
        client(server).query("ASK {}", SOLUTIONS, timeout=1)


def test_a_query_of_a_person_that_takes_too_long_is_a_query_error(server: Faulty) -> None:
    server.behaviour = stall
    with pytest.raises(QueryError, match="took longer than 1 s"):
        client(server).query("ASK {}", SOLUTIONS, timeout=1)


@pytest.mark.parametrize("behaviour", [reset, half(YES, SOLUTIONS)], ids=["reset", "half a body"])
def test_a_read_that_breaks_off_is_tried_again(server: Faulty, behaviour) -> None:
    server.behaviour = in_turn(behaviour, behaviour, RIGHT)
    assert asked(server) == YES
    assert len(server.received) == 3


@pytest.mark.parametrize("behaviour", [reset, half(YES, SOLUTIONS)], ids=["reset", "half a body"])
def test_a_read_that_goes_on_breaking_off_is_an_error(server: Faulty, behaviour) -> None:
    server.behaviour = behaviour
    assert "broke off before its answer was whole" in refused(server, UnreadableError, 3)
    assert len(server.received) == 3


def test_a_read_is_tried_again_while_the_server_is_busy(server: Faulty) -> None:
    server.behaviour = in_turn(reply(503, "text/plain", b"busy"), RIGHT)
    assert asked(server) == YES


def test_half_a_document_of_triples_is_not_taken_for_a_whole_one(server: Faulty) -> None:
    server.behaviour = half(TRIPLE, TRIPLES)
    with pytest.raises(UnreadableError, match="broke off"):
        client(server).query("CONSTRUCT WHERE { ?s ?p ?o }", TRIPLES)


@pytest.mark.parametrize(
    "content",
    [b"Virtuoso 42000 Error The estimated execution time exceeds the limit", b'{"results": {"bind', b"", b"[]"],
    ids=["an error text", "cut JSON", "nothing", "another JSON"],
)
def test_200_with_what_is_no_result_is_an_error(server: Faulty, content: bytes) -> None:
    server.behaviour = reply(200, SOLUTIONS, content)
    assert "not a whole SPARQL result" in refused(server, UnreadableError, 3)


def test_the_wrong_type_is_an_error_with_the_words_of_the_page(server: Faulty) -> None:
    page = b"<html><head><title>x</title><style>p{}</style></head><body><p>Down for\nmaintenance</p></body></html>"
    server.behaviour = reply(200, "text/html; charset=utf-8", page)
    assert refused(server, UnreadableError, 3).endswith(
        f"with text/html and not with {SOLUTIONS}: Down for maintenance"
    )


def test_an_answer_that_is_too_big_is_not_read_to_its_end(server: Faulty) -> None:
    server.behaviour = reply(200, SOLUTIONS, b" " * 20_000)
    assert "larger than 10,000 bytes" in refused(server, QueryError, 4)


def test_an_answer_that_the_server_says_it_cut_is_an_error(server: Faulty) -> None:
    server.behaviour = reply(200, SOLUTIONS, YES, **{"X-SPARQL-MaxRows": "10000"})
    assert "cuts answers after 10,000 rows" in refused(server, QueryError, 4)


def test_a_refused_query_is_one_sentence_in_the_words_of_the_server(server: Faulty) -> None:
    server.behaviour = reply(400, "text/plain", b"Virtuoso 37000 Error SP030: syntax error\n\nSPARQL query:\nASK {")
    said = refused(server, QueryError, 4)
    assert said == "the server refuses the query: Virtuoso 37000 Error SP030: syntax error"


@pytest.mark.parametrize("behaviour", [stall, reset, half(b"done", "text/plain")], ids=["stall", "reset", "half"])
def test_a_write_whose_end_nobody_saw_is_indeterminate_and_not_sent_again(server: Faulty, behaviour) -> None:
    server.behaviour = behaviour
    with pytest.raises(IndeterminateError, match=r"not known \(indeterminate\)") as caught:
        client(server).update("CLEAR GRAPH <a:b>")
    assert caught.value.exit_code == 3
    assert len(server.received) == 1


@pytest.mark.parametrize(
    "behaviour",
    [reply(200, "text/html", b"<p>Error: transaction aborted</p>"), reply(504, "text/html", b"<h1>Timeout</h1>")],
    ids=["200 with an error text", "a proxy that did not hear"],
)
def test_a_write_with_an_answer_that_says_both_is_indeterminate(server: Faulty, behaviour) -> None:
    server.behaviour = behaviour
    with pytest.raises(IndeterminateError):
        client(server).update("CLEAR GRAPH <a:b>")
    assert len(server.received) == 1


def test_a_write_that_is_refused_was_not_carried_out(server: Faulty) -> None:
    server.behaviour = reply(500, "text/plain", b"disk full")
    with pytest.raises(UnreadableError, match="the server answers 500: disk full") as caught:
        client(server).update("CLEAR GRAPH <a:b>")
    assert not isinstance(caught.value, IndeterminateError)


def interrupted(then: Behaviour) -> Behaviour:
    """Press Ctrl-C while a write is under way, and go on."""
    main = threading.main_thread().ident
    assert main is not None

    def answer(handler: Handler) -> None:
        signal.pthread_kill(main, signal.SIGINT)
        then(handler)

    return answer


def test_an_interrupt_is_raised_when_the_server_has_done_with_the_write(server: Faulty) -> None:
    done = threading.Event()

    def ends(handler: Handler) -> None:
        time.sleep(0.3)
        done.set()
        reply(204, "text/plain", b"")(handler)

    server.behaviour = interrupted(ends)
    asking = client(server)
    with pytest.raises(KeyboardInterrupt):
        asking.update("CLEAR GRAPH <a:b>")
    assert done.is_set()
    assert not asking.unsettled


def test_a_write_that_the_server_does_not_end_after_an_interrupt_is_left(
    server: Faulty, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("kg.store.server.client.SETTLED", 0.01)
    server.behaviour = interrupted(stall)
    asking = client(server)
    with pytest.raises(KeyboardInterrupt):
        asking.update("CLEAR GRAPH <a:b>")
    assert asking.unsettled


@pytest.mark.parametrize("status", [404, 405])
def test_nothing_is_written_where_the_address_for_queries_is_none_and_the_way_out_is_said(
    server: Faulty, status: int
) -> None:
    server.behaviour = reply(status, "text/plain", b"no such page")
    host = server.address.removesuffix("/sparql")
    said = f"{status}: no such page; give the address for queries, such as {host}/query (Oxigraph) or /sparql"
    with pytest.raises(UnreadableError) as caught, ServerStore(server.address, {}).writing():
        pass
    assert said in str(caught.value)
    assert [body.startswith(b"query=SELECT") for _, _, body in server.received] == [True]


def test_a_server_that_is_not_there_was_not_written_to() -> None:
    with faulty() as gone:
        address = gone.address
    with pytest.raises(UnreadableError, match="cannot be reached") as caught:
        Client(address, {}).update("CLEAR GRAPH <a:b>")
    assert not isinstance(caught.value, IndeterminateError)


def test_credentials_go_to_the_server_and_not_where_it_sends_us(server: Faulty) -> None:
    with faulty() as other:
        other.behaviour = RIGHT
        server.behaviour = reply(307, "text/plain", b"", Location=other.address)
        login = {"KG_STORE_USER": "ada", "KG_STORE_PASSWORD": SECRET}
        assert client(server, login).query("ASK {}", SOLUTIONS) == YES
        assert "Authorization" in server.received[0][1]
        assert "Authorization" not in other.received[0][1]


def test_a_token_goes_as_a_bearer(server: Faulty) -> None:
    server.behaviour = RIGHT
    client(server, {"KG_STORE_TOKEN": SECRET}).query("ASK {}", SOLUTIONS)
    assert server.received[0][1]["Authorization"] == f"Bearer {SECRET}"


def test_a_write_is_not_sent_on(server: Faulty) -> None:
    server.behaviour = reply(307, "text/plain", b"", Location="http://127.0.0.1:9/elsewhere?key=1")
    with pytest.raises(UnreadableError, match=r"sent on to http://127\.0\.0\.1:9/elsewhere; nothing was written"):
        client(server).update("CLEAR GRAPH <a:b>")


def test_a_server_that_sends_us_in_a_circle_is_left(server: Faulty) -> None:
    server.behaviour = reply(307, "text/plain", b"", Location="/sparql")
    assert "sends us on and on" in refused(server, UnreadableError, 3)


def test_credentials_are_in_no_message_and_no_repr(server: Faulty) -> None:
    server.behaviour = reply(401, "text/plain", b"who are you?")
    asking = client(server, {"KG_STORE_USER": "ada", "KG_STORE_PASSWORD": SECRET})
    with pytest.raises(UnreadableError, match="set KG_STORE_USER and KG_STORE_PASSWORD") as caught:
        asking.query("ASK {}", SOLUTIONS)
    assert SECRET not in f"{caught.value!r} {asking!r} {vars(caught.value)}"


@pytest.mark.parametrize("name", ["KG_STORE_PASSWORD", "KG_STORE_TOKEN"])
def test_credentials_are_not_sent_in_plain_text_to_another_machine(name: str) -> None:
    with pytest.raises(UsageError, match="in plain text"):
        Client("http://example.org/sparql", {name: SECRET})


@pytest.mark.parametrize("address", [f"http://ada:{SECRET}@localhost/sparql", "http://", "https:///sparql"])
def test_an_address_that_is_none_or_has_a_password_is_refused(address: str) -> None:
    with pytest.raises(UsageError) as caught:
        Client(address, {})
    assert SECRET not in str(caught.value)


def test_a_server_without_graph_store_takes_inserts(server: Faulty) -> None:
    server.behaviour = reply(200, "text/plain", b"ok")
    client(server).add("a:g", TRIPLE)
    assert server.received[0][2] == b"INSERT DATA { GRAPH <a:g> {\n" + TRIPLE + b"} }"


def test_the_environment_says_where_a_server_takes_what(server: Faulty) -> None:
    named = {"KG_STORE_UPDATE": "http://localhost/statements", "KG_STORE_GRAPHS": "http://localhost/graphs"}
    assert client(server, named).addresses == (server.address, *named.values())


def test_cut_triples_in_a_whole_answer_are_found(server: Faulty) -> None:
    server.behaviour = reply(200, TRIPLES, TRIPLE + b"<a:a> <a:b")
    store = ServerStore(server.address, {}, client(server))
    with pytest.raises(UnreadableError, match="not whole N-Triples"):
        store.triples("CONSTRUCT WHERE { ?s ?p ?o }", (), ())


def test_the_command_line_says_one_sentence_and_no_secret(server: Faulty) -> None:
    server.behaviour = reply(200, "text/html", b"<p>hello</p>")
    done = subprocess.run(
        [sys.executable, "-m", "kg", "stats", "--store", server.address],
        env=os.environ | {"KG_STORE_USER": "ada", "KG_STORE_PASSWORD": SECRET},
        capture_output=True, text=True, check=False,
    )  # fmt: skip
    assert done.returncode == 3
    assert done.stdout == ""
    assert done.stderr.count("\n") == 1
    assert done.stderr.endswith(
        "the server answers with text/html and not with application/sparql-results+json: hello\n"
    )
    assert SECRET not in done.stderr
