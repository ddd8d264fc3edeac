"""Ways in which a person meets the command line: other words for the same thing, narrow terminals, help."""

from __future__ import annotations

import csv
import os
import subprocess
import sys
from io import StringIO
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

import kg
from kg.cli import cli
from tests.support.samples import assertion, claim, store_of

ROOT = Path(__file__).parents[2]
SEED = ROOT / "data" / "massage-low-back-pain"


def run(*arguments: str, width: int = 80, given: bytes | None = None) -> subprocess.CompletedProcess[str]:
    """Run `kg` in a process of its own."""
    done = subprocess.run(
        [sys.executable, "-m", "kg", *arguments],
        env=os.environ | {"COLUMNS": str(width)},
        input=given,
        capture_output=True,
        check=False,
    )
    return subprocess.CompletedProcess(done.args, done.returncode, done.stdout.decode(), done.stderr.decode())


def invoke(*arguments: str) -> Result:
    return CliRunner().invoke(cli, arguments, catch_exceptions=True)


@pytest.fixture
def naps(tmp_path: Path) -> str:
    store_of(tmp_path, claim("c", "=SUM(naps) help") + assertion("a", "c") + assertion("b", "c", "NoEvidence"))
    return str(tmp_path / "sample.ttl")


@pytest.mark.parametrize("asked", [["query", "contested-claims"], ["standing", "relieves"], ["search", "sleep"]])
def test_on_a_narrow_terminal_rows_are_records_and_ids_stay_whole(seed_store: Path, asked: list[str]) -> None:
    shown = run(*asked, "--store", str(seed_store), "--format", "table", width=70).stdout
    assert "│" not in shown
    assert not any(line.endswith(" ") and line.strip() == "" for line in shown.splitlines())
    assert ("\ntext: " in f"\n{shown}") or "\nclaim: " in f"\n{shown}" or "\nid: " in f"\n{shown}"


def test_a_table_calls_a_node_by_its_short_id_where_there_is_one_dataset(seed_store: Path, naps: str) -> None:
    query = ["query", "SELECT ?c { VALUES ?c { massage-low-back-pain:costs } ?c a hc:Claim }", "--format", "table"]
    assert "│ costs " in run(*query, "--store", str(seed_store)).stdout
    both = ["--data", str(SEED / "claims.yaml"), "--data", naps]
    assert "│ massage-low-back-pain:costs " in run(*query, *both).stdout


def test_a_table_that_fits_stays_a_table_and_one_whose_words_do_not_fit_does_not(seed_store: Path) -> None:
    listed = ["list", "agents", "--store", str(seed_store), "--format", "table"]
    assert "│ amta" in run(*listed, width=80).stdout
    narrow = run(*listed, width=24).stdout
    assert "│" not in narrow
    assert all(f"id: {row['id']}\n" in narrow for row in csv.DictReader(StringIO(run(*listed[:-1], "csv").stdout)))
    assert "│" in run("query", "contested-claims", "--store", str(seed_store), "--format", "table", width=160).stdout


def test_csv_for_a_spreadsheet_has_no_formula_only_where_it_is_asked_for(naps: str) -> None:
    ask = 'SELECT ?text ("-1.5" AS ?n) { ?c a hc:Claim ; hc:text ?text }'
    for command in (["list"], ["search", "naps"], ["standing"], ["query", ask]):
        plain = invoke(*command, "--data", naps, "--format", "csv").stdout
        safe = invoke(*command, "--data", naps, "--format", "csv", "--safe-csv").stdout
        cells = {cell for row in csv.reader(StringIO(safe)) for cell in row}
        assert not any(cell.startswith("=") for cell in cells), command
        assert plain.replace("=SUM", "'=SUM") == safe or command == ["standing"]
    assert "-1.5" in cells


def test_the_answer_to_ask_can_be_the_exit_status(naps: str) -> None:
    for kind, status in (("Claim", 0), ("Topic", 1)):
        assert invoke("query", f"ASK {{ ?x a hc:{kind} }}", "--exit-status", "--data", naps).exit_code == status
    refused = invoke("query", "SELECT * { ?x a hc:Claim }", "--exit-status", "--data", naps)
    assert isinstance(refused.exception, kg.UsageError)


@pytest.mark.parametrize(
    ("pattern", "remark"),
    [
        ("?x a hc:Clam", "kg: no hc:Clam in the data; hc:Claim?\n"),
        ("?x hc:txt ?y", "kg: no hc:txt in the data; hc:text?\n"),
        ("?x a hc:Topic", "kg: no hc:Topic in the data\n"),
        ("?x a hc:Claim ; hc:text ?y", ""),
    ],
)
def test_a_class_or_property_that_no_data_has_gets_a_remark(naps: str, pattern: str, remark: str) -> None:
    done = invoke("query", f"SELECT ?x {{ {pattern} }}", "--data", naps)
    assert (done.stderr, done.exit_code) == (remark, 0)


@pytest.mark.parametrize("query", ["SELECT * { ?z a ?m . ?z hc:text ?a }", "select distinct* { ?z a ?m ; hc:text ?a }"])
def test_select_all_keeps_the_order_of_the_query(naps: str, query: str) -> None:
    assert invoke("query", query, "--data", naps, "--format", "csv").stdout.splitlines()[0] == "z,m,a"


def test_kinds_are_named_in_the_singular_or_the_plural(seed_store: Path) -> None:
    store = ["--store", str(seed_store)]
    assert invoke("list", "study", *store).stdout == invoke("list", "studies", *store).stdout
    found = [invoke("search", "trial", "--kind", kind, *store).stdout for kind in ("study", "studies")]
    assert found[0] == found[1] != ""


def test_help_is_found_by_the_name_of_a_command_and_lists_commands_by_what_they_are_for() -> None:
    assert invoke("help", "sources", "duplicates").stdout.startswith("Usage: cli sources duplicates")
    assert invoke("help").stdout == invoke("--help").stdout
    assert isinstance(invoke("help", "nosuch").exception, kg.UsageError)
    assert str(invoke("help", "sources", "duplicate").exception).endswith("; did you mean 'duplicates'?")
    shown = invoke("--help").stdout
    assert [title in shown for title in ("\nAsk:\n", "\nWeigh:\n", "\nLook after a store:\n")] == [True] * 3
    assert all(f"\n  {name} " in shown for name in cli.commands)


@pytest.mark.parametrize("shell", ["bash", "zsh", "fish"])
def test_a_shell_is_told_how_to_complete_commands_ids_and_questions(seed_store: Path, shell: str) -> None:
    done = run("completion", shell)
    assert "_KG_COMPLETE" in done.stdout
    assert done.stderr.startswith("kg: to install it: ")
    for words, wanted in (("kg show rel", "plain,relieves\n"), ("kg query contes", "plain,contested-claims\n")):
        environment = os.environ | {"_KG_COMPLETE": "bash_complete", "COMP_WORDS": words, "COMP_CWORD": "2"}
        environment["KG_STORE"] = str(seed_store)
        made = subprocess.run(
            [sys.executable, "-m", "kg"], env=environment, capture_output=True, text=True, check=False
        )
        assert wanted in made.stdout


def test_show_finds_a_claim_by_its_words_and_says_what_another_id_is(seed_store: Path) -> None:
    store = ["--store", str(seed_store)]
    shown = invoke("show", "massage improves sleep", *store)
    assert (shown.stdout.splitlines()[0], shown.stderr) == (
        "Massage improves sleep",
        "kg: improves-sleep has these words\n",
    )
    for command in (["show"], ["explain"], ["view", "-o", "-"], ["what-if", "--retract", "article"]):
        for name, what in (("sleep", "a topic"), ("amta", "an agent"), ("article", "a source")):
            said = str(invoke(*command, name, *store).exception)
            assert said.startswith(f"'{name}' is no claim; it is {what}; its claims: "), command
    with pytest.raises(kg.NotFoundError, match="no 'zebra' in"):
        raise invoke("show", "zebra", *store).exception or AssertionError


def test_a_page_is_named_after_its_claim_and_can_be_opened(seed_store: Path, tmp_path: Path, monkeypatch) -> None:
    opened: list[str] = []
    monkeypatch.chdir(tmp_path)
    monkeypatch.setattr("webbrowser.open", lambda address: bool(opened.append(address)) or True)
    store = ["--store", str(seed_store)]
    assert invoke("view", "massage-low-back-pain:relieves", "--open", *store).exit_code == 0
    assert invoke("view", "--as", "timeline", *store).exit_code == 0
    assert sorted(path.name for path in tmp_path.iterdir()) == ["relieves.html", "timeline.html"]
    assert opened == [(tmp_path / "relieves.html").as_uri()]
    assert isinstance(invoke("view", "relieves", "--open", "-o", "-", *store).exception, kg.UsageError)


def test_standard_input_is_loaded_as_what_the_format_says(tmp_path: Path, naps: str) -> None:
    store = ["--store", str(tmp_path / "store")]
    done = run("load", "-", "--format", "ttl", *store, given=Path(naps).read_bytes())
    assert done.returncode == 0
    assert "1 derived triple;" in done.stderr or "derived triples;" in done.stderr
    assert "c,=SUM(naps) help" in run("list", *store).stdout.replace("https://example.org/id/", "")
    unnamed = run("load", "-", *store, given=b"")
    assert (unnamed.returncode, "kg load - --format ttl" in unnamed.stderr) == (2, True)


@pytest.mark.parametrize(
    ("name", "content", "said"),
    [
        ("leaflet.txt", "Naps help.\n", "a .txt file is read if .*; a text is named in a claim file"),
        ("leaflet.pdf", "%PDF-1.4\n", "no reader for .*; a text is named in a claim file"),
        ("odd.json", '{"naps": {"help": true}}', r"JSON of a kind that is not known \(its first keys: naps, help\)"),
    ],
)
def test_what_cannot_be_loaded_is_told_by_what_it_is(tmp_path: Path, name: str, content: str, said: str) -> None:
    (tmp_path / name).write_text(content)
    with pytest.raises(kg.KgError, match=f"{name}: {said}"):
        kg.open().load(tmp_path / name)


def test_a_folder_says_what_of_it_is_left_out(tmp_path: Path) -> None:
    (tmp_path / "naps.yaml").write_text("claims:\n  helps: {text: Naps help, kind: efficacy}\n")
    with pytest.raises(kg.UnreadableError, match=r"naps\.yaml is no claim file, which begins with the line"):
        kg.open().load(tmp_path)
    (tmp_path / "good.yaml").write_text("claim-file: 1\nclaims:\n  helps: {text: Naps help, kind: efficacy}\n")
    (tmp_path / "gone.yaml").symlink_to("nowhere.yaml")
    graph = kg.open()
    graph.load(SEED)
    graph.export(tmp_path / "copy.ttl")
    graph.export(tmp_path / "copy.trig")
    graph.export(tmp_path / "naps.bib")
    (tmp_path / "naps.csv").write_text("Claim,Verdict\nNaps help,yes\n")
    (tmp_path / "naps.txt").write_text("Naps help, they say.")
    said = {Path(each.place.path).name: each.message for each in kg.open().load(tmp_path).warnings if each.place}
    assert said["copy.ttl"] == said["copy.trig"] == "left out: it is an export of kg; name the file itself to load it"
    assert said["naps.yaml"] == "left out: it does not begin with the line claim-file: 1; add it"
    assert said["gone.yaml"] == "left out: it is a link to nowhere.yaml, which is not there"
    assert said["naps.csv"] == "left out: a table is loaded if it is named, with a mapping (kg map proposes one)"
    assert said["naps.bib"] == "left out: beside claim files or RDF a bibliography is loaded if it is named"
    assert "naps.txt" not in said
    with kg.open() as held:
        held.load(tmp_path / "naps.bib")
        told = {Path(each.place.path).name for each in held.load(tmp_path).warnings if each.place}
    assert "naps.csv" in told
    assert "naps.bib" not in told
    assert kg.open().load(tmp_path / "copy.ttl").entries


def test_remarks_of_no_evidence_are_in_the_table_and_the_csv_of_standings(naps: str) -> None:
    rows = list(csv.DictReader(StringIO(invoke("standing", "--data", naps, "--format", "csv").stdout)))
    assert [row["remarks"] for row in rows] == ["b speaker (finds no evidence): =SUM(naps) help"]
    table = " ".join(invoke("standing", "--data", naps, "--format", "table").stdout.split())
    assert "B speaker says that there is no evidence." in table


def test_a_system_without_file_locks_and_alarms_is_answered_in_sentences(tmp_path: Path) -> None:
    other = (
        "import os, signal, sys\n"
        "sys.modules['fcntl'] = sys.modules['resource'] = None\n"
        "del os.fork, os.register_at_fork, os.set_blocking, signal.setitimer\n"
        "from kg.cli import main\n"
        "main()\n"
    )
    seed = ["--data", str(SEED)]
    for arguments, said in (
        (["load", str(SEED), "--store", str(tmp_path / "store")], "a store in a folder needs the file locks"),
        (["query", "contested-claims", *seed], "queries need a process with a deadline"),
        (["list", *seed], ""),
    ):
        done = subprocess.run(
            [sys.executable, "-c", other, *arguments], capture_output=True, text=True, check=False, cwd=ROOT
        )
        assert done.stderr.startswith(f"kg: {said}" if said else ""), done.stderr
        assert done.returncode in ((2, 3) if said else (0,))


def test_standings_name_claims_by_the_ids_that_other_commands_take(seed_store: Path) -> None:
    store = ["--store", str(seed_store)]
    rows = list(csv.DictReader(StringIO(invoke("standing", "costs", *store, "--format", "csv").stdout)))
    assert [row["id"] for row in rows] == ["costs"]
    assert invoke("explain", "costs", *store).stdout.splitlines()[1] == "costs"


def test_what_is_said_of_standard_input_names_no_folder_that_nobody_named(tmp_path: Path) -> None:
    done = run("load", "-", "--format", "yaml", "--store", str(tmp_path / "s"), given=b"claim-file: 1\nnaps: {}\n")
    assert done.stderr.removeprefix("kg: ").startswith('stdin.yaml:2:1: a claim file has no section "naps"')
