"""A folder to start from is whole, and a record is added to a claim file without touching anything else in it."""

from __future__ import annotations

import os
import pty
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import kg
from kg import readers
from kg.editing import add, begin
from kg.editing.form import KINDS, blanks
from kg.errors import DataError, UnreadableError, UsageError
from kg.files import read_text
from kg.readers.claim_files.schema import FILE, schema
from kg.readers.claim_files.yaml import parse

ROOT = Path(__file__).parents[2]
SEED = ROOT / "data" / "massage-low-back-pain"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A folder as `kg init` makes it."""
    begin(tmp_path / "baths")
    return tmp_path / "baths"


def run(*arguments: object, cwd: Path, stdin: int = subprocess.DEVNULL) -> subprocess.CompletedProcess[str]:
    env = {key: value for key, value in os.environ.items() if key != "KG_STORE"} | {"PYTHONPATH": str(ROOT)}
    return subprocess.run(
        [sys.executable, "-m", "kg", *map(str, arguments)],
        cwd=cwd, env=env, stdin=stdin, capture_output=True, text=True, check=False, timeout=120,
    )  # fmt: skip


def added_lines(before: bytes, after: bytes) -> list[bytes]:
    """Return the lines that were added, all in one place; nothing else may have changed."""
    old, new = before.splitlines(keepends=True), after.splitlines(keepends=True)
    start = next((n for n, line in enumerate(old) if line != new[n]), len(old))
    count = len(new) - len(old)
    assert old == new[:start] + new[start + count :]
    return new[start : start + count]


def test_the_folder_to_start_from_loads_and_validates_without_a_remark(folder: Path) -> None:
    with kg.open(":memory:") as graph:
        report = graph.validate(folder)
        assert report.problems == ()
        graph.load(folder)
        assert {thing.id for thing in graph.list()} == {"helps", "no-sooner", "only-young"}
    assert (folder / "claim-file.schema.json").read_bytes() == FILE.read_bytes()
    assert (folder / "claims.yaml").read_text().startswith("# yaml-language-server: $schema=claim-file.schema.json\n")


def test_nothing_that_is_there_is_written_over(folder: Path) -> None:
    (folder / "claims.yaml").write_text("mine")
    (folder / "README.md").unlink()
    with pytest.raises(UsageError, match="is there already; name a new folder"):
        begin(folder)
    assert (folder / "claims.yaml").read_text() == "mine"
    assert not (folder / "README.md").exists()
    with pytest.raises(UnreadableError, match="cannot be made"):
        begin(folder / "claims.yaml" / "inside")


def test_a_record_is_added_at_the_end_of_its_section_and_all_else_stays(folder: Path) -> None:
    file = folder / "claims.yaml"
    before = file.read_bytes()
    added = add(folder, "claim", {"text": "Feet: cold or warm?", "kind": "harm", "about": ["foot-bath", "adults"]})
    assert (added.path, added.id) == (file, "feet-cold-warm")
    assert added_lines(before, file.read_bytes()) == [
        b"  feet-cold-warm:\n",
        b"    text: 'Feet: cold or warm?'\n",
        b"    kind: harm\n",
        b"    about: [foot-bath, adults]\n",
    ]
    assert file.read_text().splitlines()[added.line - 1] == "  feet-cold-warm:"


@pytest.mark.parametrize(("name", "newline"), [("claims.yaml", b"\n"), ("primary-sources.yaml", b"\r\n")])
def test_a_long_file_with_comments_is_kept_byte_for_byte(tmp_path: Path, name: str, newline: bytes) -> None:
    inside = shutil.copytree(SEED, tmp_path / "massage-low-back-pain")
    file = inside / name
    file.write_bytes(b"\xef\xbb\xbf" + file.read_bytes().replace(b"\n", newline).rstrip())
    for kind, values in {
        "topic": {"label": "hot stones", "kind": "intervention"},
        "agent": {"name": "1e5", "kind": "person"},
        "source": {
            "type": "report",
            "title": "null",
            "date": "2011-07-05",
            "pmid": "21727288",
            "authors": "Doe J, Roe R",
        },
        "study": {"label": "007", "design": "survey", "participants": "12"},
        "claim": {"text": "- no list # nor comment", "kind": "harm", "time": "10 weeks"},
        "assertion": {"claim": "relieves", "agent": "amta", "stance": "no evidence", "source": "article"},
        "argument": {"from": "relieves", "opposes": "adjunct", "note": "[a, b]\nand “c”"},
        "interest": {"of": ["amta"], "in": ["massage"], "kind": "product", "source": "article"},
        "drift": {"in": "amta-relieves", "from": "nyt-2011", "kind": "hedge dropped", "why": "{why}"},
    }.items():
        before = file.read_bytes()
        added = add(file, kind, values)
        lines = added_lines(before if before.endswith(newline) else before + newline, file.read_bytes())
        assert all(line.endswith(newline) for line in lines)
        assert file.read_bytes().startswith(b"\xef\xbb\xbf# ")
        assert added.id in parse(str(file), read_text(file)).value[KINDS[kind]]
    record = parse(str(file), read_text(file)).value["sources"]["doe-2011"]
    assert record == {
        "type": "report",
        "title": "null",
        "authors": "Doe J, Roe R",
        "date": "2011-07-05",
        "pmid": 21727288,
    }
    assert not [problem for problem in readers.read(file).problems if problem.severity == "violation"]


@settings(max_examples=40, deadline=None)
@given(text=st.text(min_size=1, max_size=200))
def test_any_text_is_read_back_as_it_was_given(text: str, tmp_path_factory: pytest.TempPathFactory) -> None:
    folder = tmp_path_factory.mktemp("any")
    begin(folder / "baths")
    file = folder / "baths" / "claims.yaml"
    before = file.read_bytes()
    try:
        added = add(file, "claim", {"text": text, "kind": "harm"})
    except (UsageError, DataError, UnreadableError):
        assert file.read_bytes() == before
        return
    assert parse(str(file), read_text(file)).value["claims"][added.id]["text"] == text


def test_a_section_that_is_not_there_is_begun_where_it_belongs(tmp_path: Path) -> None:
    inside = tmp_path / "small"
    inside.mkdir()
    file = inside / "c.yaml"
    file.write_text(
        "claim-file: 1\nagents:\n    me: {name: Me, kind: person}\n\n"
        "# what I say\nclaims:\n    one: {text: One, kind: harm}"
    )
    add(file, "source", {"type": "report", "title": "A report"})
    add(file, "assertion", {"claim": "one", "agent": "me", "stance": "doubts", "source": "report"})
    assert file.read_text() == (
        "claim-file: 1\nagents:\n    me: {name: Me, kind: person}\n\n"
        "sources:\n    report:\n      type: report\n      title: A report\n\n"
        "# what I say\nclaims:\n    one: {text: One, kind: harm}\n\n"
        "assertions:\n    me-one:\n      claim: one\n      agent: me\n      stance: doubts\n      source: report\n"
    )


def test_a_section_in_braces_is_refused_and_an_empty_one_is_filled(tmp_path: Path) -> None:
    inside = tmp_path / "small"
    inside.mkdir()
    file = inside / "c.yaml"
    file.write_text("claim-file: 1\ntopics: {sleep: {label: sleep, kind: outcome}}\nclaims:\n# the end\n")
    before = file.read_bytes()
    with pytest.raises(UsageError, match=r"nothing can be added to its topics: .* write them as lines, not in \{ \}"):
        add(file, "topic", {"label": "feet", "kind": "outcome"})
    assert file.read_bytes() == before
    add(file, "claim", {"text": "Sleep is long", "kind": "definition", "about": "sleep"})
    assert "claims:\n  sleep-long:\n    text: Sleep is long\n" in file.read_text()


REFUSED = [
    ("assertion", {"claim": "help", "agent": "osei", "stance": "denies"}, 'no claim has the id "help"; did you mean'),
    ("assertion", {"claim": "osei", "agent": "osei", "stance": "denies"}, "must be a claim, but"),
    ("assertion", {"claim": "helps", "agent": "osei", "stance": "denie"}, 'did you mean "denies"?'),
    ("assertion", {"claim": "helps", "agent": "osei", "stance": "denies", "quote": "Not everyone agres."}, "closest"),
    ("argument", {"from": "osei-no-sooner"}, "names no claim|supports, opposes or qualifies"),
    ("claim", {"text": "x"}, "has no kind"),
    ("source", {"type": "report", "title": "x", "text": "gone.txt"}, "there is no file gone.txt"),
]  # fmt: skip


@pytest.mark.parametrize(("kind", "values", "said"), REFUSED)
def test_what_could_not_be_read_is_refused_in_a_sentence_and_the_file_stays(
    folder: Path, kind: str, values: dict[str, str], said: str
) -> None:
    file = folder / "claims.yaml"
    before = file.read_bytes()
    with pytest.raises(DataError) as caught:
        add(folder, kind, values)
    assert re.search(said, str(caught.value)) or said in str(caught.value)
    assert file.read_bytes() == before


def test_ids_that_are_taken_and_keys_that_there_are_not_are_refused(folder: Path) -> None:
    with pytest.raises(UsageError, match=r'the id "osei" is taken by an agent at .*claims.yaml:\d+:3; give another'):
        add(folder, "claim", {"text": "x", "kind": "harm"}, "osei")
    with pytest.raises(UsageError, match='a claim has no key "kinds"; its keys are text, kind, effect, about, '):
        add(folder, "claim", {"kinds": "harm"})
    with pytest.raises(DataError, match="cannot be an id"):
        add(folder, "claim", {"text": "x", "kind": "harm"}, "No Id")


def test_a_file_with_problems_is_to_be_put_right_first(folder: Path) -> None:
    file = folder / "claims.yaml"
    file.write_text(file.read_text().replace("claim: helps", "claim: hilps"))
    with pytest.raises(DataError, match=r'claims.yaml:\d+:\d+: .*no claim has the id "hilps"'):
        add(folder, "agent", {"name": "x", "kind": "person"})


def test_an_unchecked_quote_is_a_warning_of_the_new_record_alone(folder: Path) -> None:
    add(folder, "source", {"type": "report", "title": "A report"})
    values = {
        "claim": "helps",
        "agent": "osei",
        "stance": "denies",
        "source": "report",
        "quote": ["It does not.", "No."],
    }
    added = add(folder, "assertion", values)
    assert [warning.rule for warning in added.warnings] == ["quote-unchecked"] * 2
    assert add(folder, "agent", {"name": "x", "kind": "person"}).warnings == ()


def test_the_file_must_be_named_where_there_is_none_or_several(folder: Path) -> None:
    shutil.copy(folder / "claims.yaml", folder / "more.yaml")
    with pytest.raises(UsageError, match=r"several claim files: say which, .*claims.yaml or .*more.yaml"):
        add(folder, "agent", {"name": "x", "kind": "person"})
    with pytest.raises(UsageError, match="no claim file in this folder; kg init FOLDER makes one"):
        add(folder.parent, "agent", {"name": "x", "kind": "person"})
    with pytest.raises(UsageError, match="not a claim file"):
        add(folder / "leaflet.txt", "agent", {"name": "x", "kind": "person"})
    with pytest.raises(UnreadableError, match="cannot be read"):
        add(folder / "gone.yaml", "agent", {"name": "x", "kind": "person"})


def test_there_is_a_blank_for_each_key_of_the_schema_but_for_records_inside_records() -> None:
    for kind in KINDS:
        keys = set(schema()["$defs"][kind]["properties"])
        assert keys - {blank.key for blank in blanks(kind)} <= {"arms", "findings", "figures", "leads", "risk-of-bias"}
    stance = next(blank for blank in blanks("assertion") if blank.key == "stance")
    assert (stance.choices, stance.is_required) == (
        ("affirms", "denies", "doubts", "inconclusive", "no evidence"),
        True,
    )


def test_a_script_begins_a_folder_adds_to_it_and_loads_it(tmp_path: Path) -> None:
    made = run("init", "mine", cwd=tmp_path)
    assert (made.returncode, made.stdout) == (0, "")
    assert "made mine/claims.yaml" in made.stderr
    again = run("init", "mine", cwd=tmp_path)
    assert (again.returncode, again.stderr) == (2, "kg: mine/README.md is there already; name a new folder\n")
    claim = run("add", "claim", "mine", "--text", "Warm feet", "--kind", "harm", "--about", "adults", cwd=tmp_path)
    assert (claim.stdout, claim.returncode) == ("warm-feet\n", 0)
    said = run(
        "add", "assertion", "--claim", "warm-feet", "--agent", "osei", "--stance", "doubts",
        "--quote", "foot", "--prefix", "which sells", "--id", "osei-doubts", cwd=tmp_path / "mine",
    )  # fmt: skip
    assert said.stdout == "osei-doubts\n", said.stderr
    assert run("load", "mine", cwd=tmp_path).returncode == 0
    spaced = run("init", "my own claims", cwd=tmp_path)
    assert spaced.stderr.endswith("next: kg load 'my own claims' && kg list\n")
    assert "osei-doubts" in run("search", "foot", "--kind", "quote", cwd=tmp_path).stdout


def test_a_script_that_says_too_little_is_told_what_is_missing(folder: Path) -> None:
    less = run("add", "argument", "--from", "osei-no-sooner", cwd=folder)
    assert less.returncode == 2
    assert "needs one of --supports, --opposes, --qualifies; on a terminal it asks" in less.stderr
    wrong = run("add", "assertion", "--claim", "helps", "--agent", "osie", "--stance", "denies", cwd=folder)
    assert wrong.returncode == 1
    assert wrong.stderr == ('kg: agent of assertion osie-helps: no agent has the id "osie"; did you mean "osei"?\n')
    around = run("add", "agent", "--name", "x", "--kind", "person", "--prefix", "y", cwd=folder)
    assert around.returncode == 2


def test_a_terminal_is_asked_until_the_answer_can_stand(folder: Path) -> None:
    ours, theirs = pty.openpty()
    os.write(ours, b"hilps\nhelps\nosei\ndoubts\nNot everyone agrees.\n\n")
    try:
        done = run("add", "assertion", cwd=folder, stdin=theirs)
    finally:
        os.close(ours)
        os.close(theirs)
    assert 'no claim has the id "hilps"; did you mean "helps"?' in done.stderr
    assert done.stdout == "osei-helps\n", done.stderr
    record = parse("x", (folder / "claims.yaml").read_text()).value["assertions"]["osei-helps"]
    assert record == {"claim": "helps", "agent": "osei", "stance": "doubts", "quote": "Not everyone agrees."}
