"""The command line as a user runs it: output, words, exit codes, and the store unchanged after an error."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

import kg
from kg.cli import cli

ROOT = Path(__file__).parents[2]
SEED = ROOT / "data" / "massage-low-back-pain"


def run(*arguments: object, cwd: Path, stdin: str = "", **environment: str) -> subprocess.CompletedProcess[str]:
    env = (
        {key: value for key, value in os.environ.items() if key != "KG_STORE"} | {"PYTHONPATH": str(ROOT)} | environment
    )
    command = [sys.executable, "-m", "kg", *map(str, arguments)]
    return subprocess.run(
        command, cwd=cwd, env=env, input=stdin, capture_output=True, text=True, check=False, timeout=120
    )


def listing(folder: Path) -> dict[str, bytes]:
    return {
        str(path): path.read_bytes() for path in sorted(folder.rglob("*")) if path.is_file() and path.name != "lock"
    }


def test_load_query_show_view_export_from_an_empty_folder(tmp_path: Path) -> None:
    loaded = run("load", SEED, cwd=tmp_path)
    assert loaded.returncode == 0, loaded.stderr
    assert loaded.stdout == ""
    assert "derived triples" in loaded.stderr
    asked = run("query", "counterclaims-to-agent", "-p", "agent=amta", cwd=tmp_path)
    assert asked.returncode == 0
    assert asked.stdout.splitlines()[0] == "finding,kind,counterclaim,who,words,through,directness,tier"
    assert "the benefits are short term in relation to increase in function and pain relief" in asked.stdout
    shown = run("show", "relieves", cwd=tmp_path)
    assert "massage therapy is a legitimate aid" in shown.stdout
    for arguments in (["relieves", "-o", "page.html"], ["--as", "graph", "-o", "graph.html"]):
        assert run("view", *arguments, cwd=tmp_path).returncode == 0
    assert (tmp_path / "page.html").read_text().startswith("<!doctype html>")
    exported = run("export", "-o", "all.ttl", cwd=tmp_path)
    assert exported.stderr == "wrote all.ttl\n"
    assert run("export", cwd=tmp_path).stdout == (tmp_path / "all.ttl").read_text()


def test_loading_again_replaces_and_says_so(tmp_path: Path) -> None:
    run("load", SEED, cwd=tmp_path)
    before = run("export", "--format", "nq", cwd=tmp_path).stdout
    again = run("load", SEED, cwd=tmp_path)
    assert again.stderr.count("replaced ") == len(list(SEED.glob("*.yaml")))
    assert run("export", "--format", "nq", cwd=tmp_path).stdout == before


def test_without_a_store_the_seed_dataset_is_read_and_that_is_said(tmp_path: Path) -> None:
    asked = run("query", "unsupported-claims", cwd=tmp_path)
    assert asked.returncode == 0
    assert "reading the seed dataset that ships with kg" in asked.stderr
    assert list(tmp_path.iterdir()) == []


def test_a_store_that_was_named_and_is_not_there_is_an_error(tmp_path: Path) -> None:
    for arguments, environment in ((["--store", "none"], {}), ([], {"KG_STORE": "none"})):
        asked = run("query", "ASK {}", *arguments, cwd=tmp_path, **environment)
        assert asked.returncode == 3
        assert asked.stderr == "kg: no store in none; make one with: kg load PATH --store none\n"


def test_data_is_read_instead_of_a_store(tmp_path: Path) -> None:
    (tmp_path / "a.ttl").write_text("<http://e/s> <http://e/p> 1 .")
    asked = run("query", "SELECT ?o { ?s ?p ?o }", "--data", "a.ttl", cwd=tmp_path)
    assert asked.stdout == "o\n1\n"
    missing = run("show", "nope", "--data", "a.ttl", cwd=tmp_path)
    assert missing.stderr == "kg: no 'nope' in the files of --data\n"
    seed = run("show", "nope", cwd=tmp_path)
    assert "kg: no 'nope' in the seed dataset that ships with kg" in seed.stderr
    both = run("query", "ASK {}", "--data", "a.ttl", "--store", "x", cwd=tmp_path)
    assert both.returncode == 2
    assert both.stderr.startswith("kg: --store and --data exclude each other")


def test_a_query_comes_from_the_argument_a_file_or_standard_input(tmp_path: Path, seed_store: Path) -> None:
    text = "ASK { ?claim a hc:Claim }"
    (tmp_path / "a.rq").write_text(text)
    for argument, stdin in ((text, ""), ("a.rq", ""), ("-", text)):
        asked = run("query", argument, "--store", seed_store, cwd=tmp_path, stdin=stdin)
        assert asked.stdout == "true\n", asked.stderr


def test_a_table_shows_labels_and_json_shows_terms(tmp_path: Path, seed_store: Path) -> None:
    text = "SELECT ?agent WHERE { ?interest hc:interestOf ?agent FILTER(STRENDS(STR(?agent), '/amta')) }"
    table = run("query", text, "--format", "table", "--store", seed_store, cwd=tmp_path)
    assert "American Massage Therapy Association" in table.stdout
    assert "\u2502 amta " in table.stdout  # of one dataset the short id
    assert "massage-low-back-pain:" not in table.stdout
    bindings = json.loads(run("query", text, "--format", "json", "--store", seed_store, cwd=tmp_path).stdout)
    assert bindings["results"]["bindings"][0]["agent"]["type"] == "uri"


def test_questions_are_listed_as_name_tab_words_in_a_pipe(tmp_path: Path) -> None:
    lines = run("questions", cwd=tmp_path).stdout.splitlines()
    assert len(lines) >= 20
    assert all(line.count("\t") == 1 for line in lines)
    assert "counterclaims-to-agent" in {line.split("\t")[0] for line in lines}


BAD = {
    "wrong quote": ("claims.yaml", "is a legitimate aid for lower", "is a legitimate help for lower", 1, "closest"),
    "dangling id": ("claims.yaml", "agent: amta\n", "agent: amtaa\n", 1, "amta"),
    "YAML slip": ("claims.yaml", "claims:\n", "claims: [\n", 3, "claims.yaml:"),
}


@pytest.mark.parametrize("fault", BAD)
def test_a_bad_claim_file_is_one_sentence_and_the_store_is_unchanged(fault: str, tmp_path: Path) -> None:
    name, old, new, status, said = BAD[fault]
    folder = tmp_path / "massage-low-back-pain"
    folder.mkdir()
    for path in SEED.iterdir():
        (folder / path.name).write_bytes(path.read_bytes())
    run("load", folder, cwd=tmp_path)
    before = listing(tmp_path / "kg-store")
    text = (folder / name).read_text()
    assert old in text
    (folder / name).write_text(text.replace(old, new, 1))
    loaded = run("load", folder, cwd=tmp_path)
    assert loaded.returncode == status
    assert f"{name}:" in loaded.stderr
    assert said in loaded.stderr
    assert "Traceback" not in loaded.stderr
    assert listing(tmp_path / "kg-store") == before


def test_broken_turtle_and_a_missing_file_are_one_sentence_with_exit_3(tmp_path: Path) -> None:
    (tmp_path / "bad.ttl").write_text("<http://e/s> <http://e/p>\n")
    run("load", SEED, cwd=tmp_path)
    before = listing(tmp_path / "kg-store")
    broken = run("load", "bad.ttl", cwd=tmp_path)
    assert (broken.returncode, broken.stderr.count("\n")) == (3, 1)
    assert broken.stderr.startswith("kg: bad.ttl:2:1: not readable as Turtle: ")
    missing = run("load", "missing.yaml", cwd=tmp_path)
    assert missing.returncode == 3
    assert missing.stderr == "kg: missing.yaml: cannot be read: No such file or directory\n"
    assert listing(tmp_path / "kg-store") == before


def test_no_such_claim_or_question_is_exit_5_and_a_bad_query_exit_4(tmp_path: Path, seed_store: Path) -> None:
    for arguments, status in (
        (["show", "releives"], 5),
        (["view", "releives", "-o", "x.html"], 5),
        (["query", "no-such-question"], 5),
        (["export", "--graph", "nothing"], 5),
        (["query", "SELECT * WHERE {"], 4),
        (["query", "who-says-what", "-p", "nonsense=1"], 2),
        (["query", "who-says-what", "-p", "nonsense"], 2),
        (["view", "-o", "x.html"], 2),
        (["export", "-o", "x.docx"], 2),
        (["nonsense"], 2),
    ):
        done = run(*arguments, cwd=tmp_path, KG_STORE=str(seed_store))
        assert done.returncode == status, (arguments, done.stderr)
        assert done.stdout == ""
        assert "Traceback" not in done.stderr
    assert list(tmp_path.iterdir()) == []


def test_debug_shows_the_traceback(tmp_path: Path, seed_store: Path) -> None:
    done = run("--debug", "show", "releives", cwd=tmp_path, KG_STORE=str(seed_store))
    assert "Traceback" in done.stderr


def test_output_that_cannot_be_written_is_one_sentence(tmp_path: Path, seed_store: Path) -> None:
    command = f"{sys.executable} -m kg export --store {seed_store} > /dev/full"
    done = subprocess.run(["bash", "-c", command], cwd=ROOT, capture_output=True, text=True, check=False)
    assert (done.returncode, done.stderr) == (3, "kg: the output cannot be written: No space left on device\n")
    missing = run("export", "--store", seed_store, "-o", "none/x.ttl", cwd=tmp_path)
    assert missing.stderr == "kg: none/x.ttl: cannot be written: No such file or directory\n"


def test_a_reader_that_has_enough_is_no_error(seed_store: Path) -> None:
    command = f"{sys.executable} -m kg export --store {seed_store} | head -n 1; echo ${{PIPESTATUS[0]}}"
    done = subprocess.run(["bash", "-c", command], cwd=ROOT, capture_output=True, text=True, check=False)
    assert done.stdout.splitlines()[-1] == "0"
    assert done.stderr == ""


def test_a_store_in_use_is_exit_6(tmp_path: Path) -> None:
    with kg.open(tmp_path / "kg-store") as graph, graph.store.writing():
        loaded = run("load", SEED, cwd=tmp_path)
    assert loaded.returncode == 6
    assert f"in use by process {os.getpid()}" in loaded.stderr


def test_every_command_has_an_example_in_its_help() -> None:
    for name, command in cli.commands.items():
        assert command.help
        assert f"kg {name}" in command.help, name


def test_every_command_and_option_is_in_the_docs() -> None:
    docs = "\n".join(path.read_text() for path in [ROOT / "README.md", *(ROOT / "docs").glob("*.md")])
    for name, command in cli.commands.items():
        assert f"kg {name}" in docs, name
        for options in (parameter.opts for parameter in command.params if parameter.param_type_name == "option"):
            assert any(option in docs for option in options), (name, options)


def test_help_imports_nothing_heavy() -> None:
    heavy = ("rdflib", "pyoxigraph", "networkx", "jinja2", "rich", "ruamel")
    script = f"import sys; import kg.cli; print([name for name in {heavy} if name in sys.modules])"
    done = subprocess.run([sys.executable, "-c", script], cwd=ROOT, capture_output=True, text=True, check=True)
    assert done.stdout == "[]\n"
