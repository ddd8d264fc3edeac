"""Whatever stands in arguments, files, streams and a server's answers: a sentence, and never a fault of kg itself."""

from __future__ import annotations

import json
import os
import re
import resource
import shutil
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

import kg
from kg.cli import INTERNAL_ERROR, main
from kg.cli.terminal import Drawn, clean
from kg.store.server.client import SOLUTIONS, TRIPLES
from tests.support.servers import Handler, faulty, reply, trickle

ROOT = Path(__file__).parents[2]
EVIL = "\x1b]0;owned\x07 \x9b31m \x1b[8m \r \u202e"
HC = "https://w3id.org/health-claims/ontology#"


def run(*words: str | bytes, **how) -> subprocess.CompletedProcess[bytes]:
    """Run `kg` as a person does; a command that hangs is killed."""
    environment = os.environ | {"PYTHONPATH": str(ROOT)} | how.pop("env", {})
    given = {"capture_output": True} if not how.keys() & {"stdout", "stderr"} else {}
    return subprocess.run(
        [sys.executable, "-m", "kg", *words], env=environment, timeout=60, check=False, **(given | how)
    )


@pytest.fixture
def called(monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]) -> Callable[..., tuple[int, str]]:
    """The command line in this process."""

    def called(*words: str) -> tuple[int, str]:
        monkeypatch.setattr("sys.argv", ["kg", *words])
        with pytest.raises(SystemExit) as left:
            main()
        return int(str(left.value.code)), capfd.readouterr().err

    return called


# ------------------------------------------------------------------------------------------------------ arguments


@pytest.mark.parametrize(
    ("words", "status"),
    [
        (["query", "ASK {}", "--timeout", "nan"], 2),
        (["query", "ASK {}", "--timeout", "inf"], 2),
        (["query", "ASK {}", "--timeout", "1e12"], 2),
        (["validate", "--timeout", "nan"], 2),
        (["list", "--store", "http://[::1"], 2),
        (["list", "--store", "http://host:abc/sparql"], 2),
        (["list", "--store", "http://host:99999/sparql"], 2),
        (["load", "a.ttl", "--store", "http://[::1"], 2),
        (["search", "a\udcff"], 2),
        (["drop", "\udcff"], 2),
        (["show", "a\udcff"], 2),
        (["query", 'SELECT * { ?s ?p "\udcff" }'], 4),
        (["query", "clear.ru"], 2),
        (["load", "a\udcff.ttl"], 3),
        (["verify", "--store", "nosuch"], 3),
        (["verify", "--store", "empty"], 3),
        (["load", "dangling.ttl"], 3),
        (["load", "--prune", "a.ttl"], 2),
    ],
)
def test_an_odd_argument_is_answered_with_a_sentence(
    called: Callable[..., tuple[int, str]], tmp_path: Path, seed_store: Path, monkeypatch, words: list[str], status: int
) -> None:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "empty").mkdir()
    (tmp_path / "a.ttl").write_text("<https://e.org/a> a <https://e.org/b> .")
    (tmp_path / "dangling.ttl").symlink_to("nowhere.ttl")
    monkeypatch.setenv("KG_STORE", str(seed_store))
    found, said = called(*words)
    assert found == status, said
    assert "Traceback" not in said
    assert not (tmp_path / "nosuch").exists()


def test_a_link_that_leads_nowhere_is_named_as_such(called, tmp_path: Path, monkeypatch) -> None:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "a.ttl").symlink_to("nowhere.ttl")
    for what in ("a.ttl", "."):
        assert called("load", what)[1].endswith("a link to nowhere.ttl, which is not there\n")


@pytest.mark.parametrize("name", [b"n\xff.nt", b"f\xff/n.nt"])
def test_a_name_that_is_not_utf8_is_to_be_changed(tmp_path: Path, name: bytes) -> None:
    file = tmp_path / os.fsdecode(name)
    file.parent.mkdir(exist_ok=True)
    file.write_text("<https://e.org/a> <https://e.org/b> <https://e.org/c> .\n")
    for what in (os.fsencode(file), os.fsencode(file.parent)):
        done = run("load", what, "--store", str(tmp_path / "store"))
        assert done.returncode == 3
        assert done.stderr.endswith(b"is not UTF-8; rename it\n")


def test_a_name_with_a_nul_in_a_claim_file_is_a_problem_of_the_file(called, tmp_path: Path, monkeypatch) -> None:
    shutil.copytree(ROOT / "data" / "massage-low-back-pain", tmp_path / "data")
    file = tmp_path / "data" / "claims.yaml"
    written = file.read_text()
    changed = re.sub(r"(?m)^(\s+text-file: ).*$", r'\1"a\\0b.txt"', written)
    file.write_text(changed if changed != written else f'{written}\n"a\\0b": 1\n')
    monkeypatch.chdir(tmp_path)
    assert called("load", "data")[0] in (1, 3)


# -------------------------------------------------------------------------------------------------------- streams


def test_closed_and_full_streams_are_no_fault_of_kg(seed_store: Path, tmp_path: Path) -> None:
    command = f"{sys.executable} -m kg"
    cases = {
        "list >&-": 3,
        "query contested-claims >&-": 3,
        "export >&-": 3,
        "verify >&-": 0,  # it writes nothing there
        "list 2>&- >/dev/null": 0,
        "show releives 2>&-": 5,
        "show releives 2>/dev/full": 5,
        "list >/dev/full": 3,
        "query - <&-": 4,
        "list | head -1": 0,
    }
    for case, status in cases.items():
        environment = os.environ | {"PYTHONPATH": str(ROOT), "KG_STORE": str(seed_store)}
        script = f"set -o pipefail; {command} {case}"
        done = subprocess.run(["bash", "-c", script], env=environment, capture_output=True, cwd=tmp_path, check=False)
        assert done.returncode == status, (case, done.stderr)
        assert b"Traceback" not in done.stderr, case


def test_a_file_or_pipe_gets_utf_8_and_a_terminal_a_mark_for_a_letter_that_it_lacks(
    seed_store: Path, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    query = ("query", 'SELECT ?a { VALUES ?a { "Žofie \u2212 5" } }', "--format", "csv")
    for encoding in ("ascii", "latin-1"):
        done = run(*query, env={"KG_STORE": str(seed_store), "PYTHONIOENCODING": encoding})
        assert (done.returncode, done.stdout.decode()) == (0, "a\r\nŽofie \u2212 5\r\n")
        monkeypatch.setenv("PYTHONIOENCODING", encoding)
        monkeypatch.setenv("KG_STORE", str(seed_store))
        status, said = on_a_terminal(*query, cwd=tmp_path)
        assert (status, "?ofie ? 5" in said) == (0, True)


# -------------------------------------------------------------------------------------------------- the terminal


@given(st.text())
def test_a_cleaned_text_drives_no_terminal(text: str) -> None:
    cleaned = clean(text + EVIL)
    assert not re.search(r"[\x00-\x08\x0b-\x1f\x7f-\x9f\u202d\u202e]", cleaned)
    assert clean("plain\r\nlines\tand é") == "plain\nlines\tand é"


def on_a_terminal(*words: str, cwd: Path) -> tuple[int, str]:
    """Run `kg` on a pseudo-terminal; return its status and all that it wrote there."""
    ours, theirs = os.openpty()
    process = subprocess.Popen(
        [sys.executable, "-m", "kg", *words], stdout=theirs, stderr=theirs, stdin=theirs, cwd=cwd,
        env=os.environ | {"PYTHONPATH": str(ROOT), "TERM": "xterm", "COLUMNS": "100"},
    )  # fmt: skip
    os.close(theirs)
    written = b""
    while True:
        try:
            part = os.read(ours, 65536)
        except OSError:  # Linux's end of a terminal
            break
        if not part:
            break
        written += part
    os.close(ours)
    return process.wait(), written.decode(errors="replace")


def test_no_command_lets_data_drive_the_terminal(tmp_path: Path) -> None:
    from kg.store.terms import Literal

    text = Literal(f"evil {EVIL} claim")
    (tmp_path / "evil.nt").write_text(
        f"<https://e.org/c> <http://www.w3.org/1999/02/22-rdf-syntax-ns#type> <{HC}Claim> .\n"
        f"<https://e.org/c> <{HC}text> {text} .\n"
    )
    (tmp_path / "bad.ttl").write_text(f'<https://e.org/a> <https://e.org/b> "x" ; {EVIL} .\n')
    assert run("load", "evil.nt", cwd=tmp_path).returncode == 0
    commands = [
        ["list"],
        ["search", "evil"],
        ["query", "SELECT ?text { ?c hc:text ?text }"],
        ["query", "SELECT ?text { ?c hc:text ?text }", "--format", "csv"],
        ["query", "SELECT ?text { ?c hc:text ?text }", "--format", "json"],
        ["query", "CONSTRUCT WHERE { ?s ?p ?o }"],
        ["standing"],
        ["standing", "--format", "csv"],
        ["explain", "https://e.org/c"],
        ["show", "https://e.org/c"],
        ["export"],
        ["show", EVIL.replace("\0", "")],
        ["load", "bad.ttl"],
        ["list", f"--{EVIL}"],
        ["query", f"SELECT {EVIL}"],
    ]
    for words in commands:
        status, written = on_a_terminal(*words, cwd=tmp_path)
        assert status != INTERNAL_ERROR, written
        # The colours of tables and the progress bar are ours.
        ours = re.sub(r"\x1b\[\??[0-9;]*[a-zA-Z]|\r" if words[0] == "load" else r"\x1b\[[0-9;]*m|\r\n", "", written)
        assert not re.search(r"[\x00-\x08\x0b-\x1f\x7f-\x9f\u202e]", ours), (words, written)
        assert "\x1b[8m" not in written, words


@pytest.mark.parametrize(
    "words",
    [
        ["query", "contested-claims"],
        ["query", "SELECT ?c { ?c a hc:Claim }"],
        ["standing"],
        ["search", "massage"],
        ["list", "agents"],
        ["questions"],
    ],
)
def test_a_table_on_a_terminal_has_its_colours_and_no_mark_in_their_place(
    words: list[str], seed_store: Path, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setenv("KG_STORE", str(seed_store))
    status, written = on_a_terminal(*words, cwd=tmp_path)
    assert (status, "\x1b[1m" in written, "\ufffd" in written) == (0, True, False)


def test_what_kg_draws_keeps_its_colours() -> None:
    from kg.cli.options import draw

    table = draw(["text"], [["\x1b[8mhidden"]]) + "\x1b[8m"
    assert isinstance(table, Drawn)
    assert "\x1b[8m" not in table


# ------------------------------------------------------------------------------------------------------ the files


def test_a_pipe_in_a_folder_hangs_nothing(tmp_path: Path) -> None:
    (tmp_path / "a.nt").write_text("<https://e.org/a> <https://e.org/b> <https://e.org/c> .\n")
    for name in ("pipe.ttl", "pipe.yaml", "pipe.csv"):
        os.mkfifo(tmp_path / name)
    assert run("load", ".", cwd=tmp_path).returncode == 0
    assert run("validate", ".", cwd=tmp_path).returncode in (0, 1)
    for words in (
        ["load", "pipe.ttl"],
        ["validate", "pipe.ttl"],
        ["load", "pipe.yaml"],
        ["map", "pipe.csv"],
        ["query", "x", "--data", "pipe.ttl"],
        ["load", "/dev/zero"],
    ):
        done = run(*words, cwd=tmp_path)
        assert done.returncode in (2, 3), words
        assert b"fault of kg" not in done.stderr
    through = f"{sys.executable} -m kg query <(echo 'ASK {{}}')"
    assert subprocess.run(["bash", "-c", through], cwd=tmp_path, check=False, timeout=60).returncode != INTERNAL_ERROR


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("deep.json", b"[" * 200_000),
        ("deep.jsonld", b'{"a":' * 100_000),
        ("deep.yaml", b"claim-file: 1\nclaims: " + b"[" * 50_000),
        ("half.json", b'[{"id": "a", "type": "article", "title": "\\ud800"}]'),
        ("half.jsonld", b'{"@id": "https://e.org/a", "https://e.org/b": "\\ud800"}'),
        ("half.yaml", b'claim-file: 1\nclaims: {a: {text: "\\ud800"}}'),
        ("nan.json", b'[{"claim": NaN, "b": Infinity}]'),
        ("nul.ttl", b"\0"),
        ("iri.nt", b"<https://e.org/a b> <https://e.org/b> <https://e.org/c> .\n<h:\x01> <h:p> <h:o> .\n"),
        ("empty.ttl", b""),
        ("utf16.ttl", "<https://e.org/a>".encode("utf-16")),
    ],
)
def test_an_odd_file_is_answered_with_a_sentence(
    called, tmp_path: Path, monkeypatch, name: str, content: bytes
) -> None:
    monkeypatch.chdir(tmp_path)
    (tmp_path / name).write_bytes(content)
    for words in (["load", name], ["validate", name], ["map", name]):
        status, said = called(*words)
        assert status in (0, 1, 2, 3), (words, said)


# ----------------------------------------------------------------------------------------------------- the servers

ROWS = b'{"head": {"vars": ["s"]}, "results": {"bindings": []}}'
ANSWERS = {
    "boolean for rows": reply(200, SOLUTIONS, b'{"head": {}, "boolean": true}'),
    "rows for a boolean": reply(200, SOLUTIONS, ROWS),
    "nested JSON": reply(200, SOLUTIONS, b'{"boolean": ' + b"[" * 200_000),
    "illegal IRI": reply(
        200, SOLUTIONS, b'{"head":{"vars":["s"]},"results":{"bindings":[{"s":{"type":"uri","value":"a b"}}]}}'
    ),
    "odd row": reply(200, SOLUTIONS, b'{"head":{"vars":["s"]},"results":{"bindings":[1, null, {"s": 3}]}}'),
    "odd limit": reply(200, SOLUTIONS, ROWS, **{"X-SPARQL-MaxRows": "many"}),
    "odd redirect": reply(302, SOLUTIONS, b"", Location="http://[::1"),
    "odd length": lambda handler: handler.wfile.write(b"HTTP/1.1 200 OK\r\nContent-Length: -x\r\n\r\n"),
    "odd encoding": reply(200, SOLUTIONS, b"xx", **{"Content-Encoding": "gzip"}),
    "no HTTP": lambda handler: handler.wfile.write(b"\x00\xff\r\n\r\n"),
    "triples": reply(200, TRIPLES, b"<a:a> <a:b> <a:c> .\n"),
    "escapes": reply(500, "text/plain", EVIL.encode()),
    "Virtuoso": reply(200, SOLUTIONS, b'{"results": {"bindings": [[]]}}', Server="Virtuoso/7"),
}
ASKED = (["query", "SELECT * { ?s ?p ?o }"], ["query", "ASK {}"], ["list"], ["stats"], ["unlock"], ["drop", "x"])


@pytest.mark.parametrize("answer", ANSWERS)
def test_a_wrong_answer_of_a_server_is_its_fault(called, answer: str, tmp_path: Path, monkeypatch) -> None:
    monkeypatch.chdir(tmp_path)
    with faulty() as server:
        server.behaviour = ANSWERS[answer]
        for words in ASKED:
            status, said = called(*words, "--store", f"{server.address}?token=SECRET")
            assert status in (0, 3, 4, 5), (words, said)
            assert "SECRET" not in said
            assert "\x1b" not in said


def test_a_timeout_holds_for_a_server_that_drips_its_first_answer_or_its_headers(called) -> None:
    def drip_headers(handler: Handler) -> None:
        handler.wfile.write(b"HTTP/1.1 200 OK\r\nX-Slow: ")
        while not handler.server.over.wait(0.02):
            handler.wfile.write(b"x")
            handler.wfile.flush()

    with faulty() as server:
        for behaviour in (trickle, drip_headers):
            server.behaviour = behaviour
            began = time.monotonic()
            status, said = called("query", "ASK {}", "--timeout", "1", "--store", server.address)
            assert time.monotonic() - began < 4
            assert status == 4
            assert "took longer than 1 s" in said


# ------------------------------------------------------------------------------------------------------- a fuzz test

COMMANDS = ["load", "validate", "map", "query", "search", "list", "show", "standing", "explain", "drop", "stats"]
NAMES = st.sampled_from(["a.ttl", "a.nt", "a.yaml", "a.json", "a.jsonld", "a.csv", "a.ris", "a.bib", "a.rdf", "a.html"])
ODD_WORDS = ["\udcff", "-", "--", "nan", "http://[", "ASK {}", EVIL, "\ud800"]
ODD = st.one_of(st.text(max_size=20), st.sampled_from(ODD_WORDS))
OPTIONS = ["--store", "--data", "--format", "--timeout", "-p", "--kind", "--topic", "--limit", "--mapping", "--graph"]


def _json() -> st.SearchStrategy[bytes]:
    leaf = st.none() | st.floats() | st.text(max_size=5)
    values = st.recursive(leaf, lambda inner: st.lists(inner) | st.dictionaries(st.text(max_size=5), inner))
    return values.map(lambda value: json.dumps(value).encode())


CONTENTS = st.one_of(
    st.binary(max_size=200),
    st.text(max_size=200).map(lambda text: text.encode("utf-8", "surrogatepass")),
    _json(),
    st.text(max_size=30).map(lambda text: f"claim-file: 1\nclaims:\n  a: {text}\n".encode("utf-8", "replace")),
)


@settings(
    max_examples=int(os.environ.get("KG_FUZZ", "60")),
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
@given(st.data())
def test_no_command_on_no_file_is_a_fault_of_kg(tmp_path: Path, seed_store: Path, data: st.DataObject) -> None:
    content = data.draw(CONTENTS)
    name = data.draw(NAMES)
    (tmp_path / name).write_bytes(content)
    words = [data.draw(st.sampled_from(COMMANDS)), data.draw(st.sampled_from([str(tmp_path / name)]) | ODD)]
    words += data.draw(st.lists(st.sampled_from(OPTIONS) | ODD, max_size=3))
    with pytest.MonkeyPatch.context() as patch:
        patch.chdir(tmp_path)
        patch.setenv("KG_STORE", str(tmp_path / "store"))
        if not (tmp_path / "store").exists():
            shutil.copytree(seed_store, tmp_path / "store")
        patch.setattr("sys.argv", ["kg", *words])
        with pytest.raises(SystemExit) as left:
            main()
    assert left.value.code != INTERNAL_ERROR, (words, content)


def test_a_command_takes_no_more_than_most_of_the_memory() -> None:
    from kg.worker import memory_limited

    before = resource.getrlimit(resource.RLIMIT_AS)
    with memory_limited():
        assert resource.getrlimit(resource.RLIMIT_AS)[0] > 0
    assert resource.getrlimit(resource.RLIMIT_AS) == before


JSON_ANSWERS = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(max_size=5),
    lambda inner: (
        st.lists(inner, max_size=3)
        | st.dictionaries(
            st.sampled_from(["head", "vars", "results", "bindings", "boolean", "s", "n", "type", "value"]), inner
        )
    ),
)


@settings(max_examples=int(os.environ.get("KG_FUZZ", "60")), deadline=None)
@given(
    JSON_ANSWERS,
    st.sampled_from([200, 204, 206, 299, 301, 400, 418, 503]),
    st.sampled_from([SOLUTIONS, TRIPLES, "text/html; charset=none", ""]),
    st.sampled_from(ASKED),
)
def test_no_answer_of_a_server_is_a_fault_of_kg(content: object, status: int, kind: str, words: list[str]) -> None:
    with faulty() as server, pytest.MonkeyPatch.context() as patch:
        server.behaviour = reply(status, kind, json.dumps(content).encode())
        patch.setattr("kg.store.server.client._PAUSES", (0.0,))
        patch.setattr("sys.argv", ["kg", *words, "--store", server.address])
        with pytest.raises(SystemExit) as left:
            main()
    assert left.value.code != INTERNAL_ERROR


# ----------------------------------------------------------------------------------- what is no longer where it was


def test_a_renamed_file_is_named_until_its_old_graph_is_pruned(called, tmp_path: Path, monkeypatch) -> None:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "mine").mkdir()
    (tmp_path / "others").mkdir()
    for name in ("mine/a.nt", "others/b.nt"):
        (tmp_path / name).write_text("<https://e.org/a> <https://e.org/b> <https://e.org/c> .\n")
    assert "no longer there" not in called("load", "mine", "others")[1]
    (tmp_path / "mine" / "a.nt").rename(tmp_path / "mine" / "new.nt")
    (tmp_path / "others" / "b.nt").unlink()
    for words in (["load", "mine"], ["stats"]):
        said = called(*words)[1]
        assert said.count("the file is no longer there; kg drop graph:") == 2
    assert "the file is no longer there" in run("validate", cwd=tmp_path).stdout.decode()
    said = called("load", "--prune", "mine")[1]
    assert said.count("a.nt is no longer there\n") == 1
    assert said.count("b.nt: the store still has what the file said") == 1
    with kg.open("kg-store") as graph:
        assert sorted(Path(record.path).name for record in graph.store.graphs()) == ["b.nt", "new.nt"]


def test_a_store_whose_files_are_elsewhere_altogether_is_not_complained_of(called, tmp_path: Path, monkeypatch) -> None:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "mine").mkdir()
    (tmp_path / "mine" / "a.nt").write_text("<https://e.org/a> <https://e.org/b> <https://e.org/c> .\n")
    called("load", "mine")
    shutil.rmtree(tmp_path / "mine")
    assert called("stats") == (0, "")


def test_a_store_that_may_not_be_read_is_named_and_not_the_output(called, tmp_path: Path, seed_store: Path) -> None:
    shutil.copytree(seed_store, tmp_path / "store")
    (tmp_path / "store").chmod(0)
    me = os.geteuid()
    os.seteuid(me or 65534)  # root may read all
    try:
        status, said = called("list", "--store", str(tmp_path / "store"))
    finally:
        os.seteuid(me)
        (tmp_path / "store").chmod(0o700)
    assert status == 3
    assert said.startswith(f"kg: {tmp_path / 'store'}: ")
    assert said.endswith("Permission denied\n")
