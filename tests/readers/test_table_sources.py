"""The files that tables are read from: formats, encodings, packing and sheets, and damage that is refused."""

from __future__ import annotations

import gzip
import io
import json
import tracemalloc
import zipfile
from datetime import datetime
from pathlib import Path

import openpyxl
import pytest

import kg
from kg.errors import KgError, UnreadableError
from kg.readers import tables
from kg.readers.tables.files import opened
from kg.readers.tables.summary import Findings
from kg.store import LocalStore
from tests.support.verdicts import MAPPING, ROWS, csv_text, mapped, stances, written


def quads(path: Path, mapping: str | Path = "mapping.yaml") -> list[str]:
    reading = tables.read(path, path.parent / mapping if mapping == "mapping.yaml" else Path(mapping))
    return sorted(str(quad).rsplit(" ", 1)[0] for quad in reading.quads)


# ----------------------------------------------------------------------------------------------------------- formats


def expected(folder: Path) -> list[str]:
    (folder / "utf-8").mkdir()
    written(folder / "utf-8" / "mapping.yaml", MAPPING)
    return quads(written(folder / "utf-8" / "t.csv", csv_text()))


def alike(statements: list[str]) -> list[str]:
    """Without the dataset and the file, which the folder names."""
    return sorted(line.split("/id/", 1)[1].split("/", 1)[1].replace("/id/utf-8/", "/id/x/") for line in statements)


def same_as_csv(folder: Path, path: Path) -> None:
    name = path.parent.name.lower().replace("_", "-")
    ours = [line.replace(f"/id/{name}/", "/id/utf-8/") for line in quads(path)]
    assert alike(ours) == alike(expected(folder))


@pytest.mark.parametrize("delimiter", [",", ";", "\t", "|"])
@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be"])
def test_delimiter_and_encoding_make_no_difference(folder, delimiter, encoding):
    same_as_csv(folder, written(folder / "t.csv", csv_text(delimiter).encode(encoding)))


def test_lines_may_end_in_any_way_and_the_file_may_be_packed(folder):
    same_as_csv(folder, written(folder / "t.csv.gz", gzip.compress(csv_text().replace("\n", "\r\n").encode())))


def records() -> list[dict[str, str]]:
    return [dict(zip(ROWS[0], row, strict=True)) for row in ROWS[1:]]


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("t.json", json.dumps(records())),
        ("t.json", json.dumps({"n": "3", "rows": records()})),
        ("t.json", "\n".join(json.dumps(record) for record in records())),
        ("t.jsonl", "\n\n".join(json.dumps(record) for record in records())),
        ("t.yaml", json.dumps(records(), ensure_ascii=False)),
        ("t.tsv", csv_text("\t")),
    ],
)
def test_other_formats_say_the_same(folder, name, content):
    same_as_csv(folder, written(folder / name, content))


def test_a_spreadsheet_says_the_same(folder):
    book = openpyxl.Workbook()
    for row in ROWS:
        book.active.append([int(cell) if cell.isdecimal() else cell for cell in row])
    book.save(folder / "t.xlsx")
    same_as_csv(folder, folder / "t.xlsx")


def test_a_sheet_is_named_and_its_dates_and_whole_numbers_are_read_as_such(folder):
    book = openpyxl.Workbook()
    book.active.append(["nothing here"])
    sheet = book.create_sheet("Claims")
    for row in (["Claim", "Date", "PMID"], ["A helps", datetime(2011, 7, 5), 123456.0], [], ["B helps", None, None]):
        sheet.append(row)
    book.save(folder / "t.xlsx")
    mapping = "mapping-file: 1\ntable: {sheet: Claims}\nclaim: Claim\nstance: {text: affirms}\n"
    mapping += "source: {pmid: PMID, date: Date}\n"
    found = mapped(folder, folder / "t.xlsx", mapping)
    assert [row.line for row in found.mapped] == [2, 4]
    assert found.mapped[0].source.date == "2011-07-05"
    assert found.mapped[0].source.pmid == ("123456",)
    with pytest.raises(UnreadableError, match='no sheet "Claim"; did you mean "Claims"'):
        mapped(folder, folder / "t.xlsx", mapping.replace("sheet: Claims", "sheet: Claim"))


def test_an_encoding_that_is_guessed_is_a_warning_and_one_that_is_stated_is_not(folder):
    path = written(folder / "t.csv", csv_text().replace("Žižek", "Zoë Löwenmaß").encode("cp1252"))
    reading = tables.read(path, folder / "mapping.yaml")
    said = " ".join(str(quad) for quad in reading.quads)
    assert "Zoë Löwenmaß" in said
    assert [problem.rule for problem in reading.problems] == ["encoding-guessed", "table-read"]
    stated = written(folder / "stated.yaml", MAPPING + "table: {encoding: windows-1252}\n")
    assert len([*tables.preview(path, stated).findings.finish()]) == 1


def test_header_lines_sheets_and_tables_without_a_header_can_be_stated(folder):
    table = "Made by somebody\n\n" + csv_text()
    found = mapped(folder, table, MAPPING + "table: {header: 3, delimiter: ','}\n")
    assert stances(found) == ["affirms", "denies", "no evidence"]
    assert [row.line for row in found.mapped] == [4, 5, 6]
    bare = csv_text(rows=ROWS[1:])
    found = mapped(folder, bare, MAPPING + "table: {columns: [Claim, Verdict, Who, Paper, Year]}\n")
    assert stances(found) == ["affirms", "denies", "no evidence"]


def test_rows_are_read_one_by_one(folder):
    claims = (f"Treatment {n} helps,yes,Team,Paper {n % 100},2001\n" for n in range(40_000))
    path = written(folder / "t.csv", csv_text(rows=ROWS[:1]) + "".join(claims))
    with opened(path, {}, Findings(path)) as table:
        tracemalloc.start()
        count = sum(1 for _ in table.rows)
        _, peak = tracemalloc.get_traced_memory()
        tracemalloc.stop()
    assert count == 40_000
    assert peak < path.stat().st_size / 2


# --------------------------------------------------------------------------------------------------------------- damage


@pytest.mark.parametrize(
    ("name", "content", "said"),
    [
        ("t.csv", b"", "the file is empty"),
        ("t.json", b" \n", "the file is empty"),
        ("t.csv", csv_text().encode() + b'Massage,"yes', "the file ends inside a quoted cell"),
        ("t.csv", csv_text().encode() + b"Massage,yes", "the row has 2 cells, and the table 5 columns"),
        ("t.csv", csv_text().encode() + b'"a" b,yes,c,d,2001\n', "text after the closing quotation mark"),
        ("t.json", json.dumps(records()).encode()[:-20], "not readable as JSON"),
        ("t.jsonl", b'{"Claim": "a", "Verdict": "yes", "Who": "", "Paper": "", "Year": ""}\n{"Claim": ', "t.jsonl:2"),
        ("t.json", b"[" * 100_000, "nested too deep"),
        ("t.json", b'{"a": 1}', "no list of records"),
        ("t.csv", bytes(range(256)) * 40, "not text but binary"),
        ("t.xlsx", b"PK\x03\x04 cut", "not readable as an .xlsx spreadsheet"),
        ("t.csv.gz", gzip.compress(csv_text().encode())[:-12], "cut or damaged"),
        ("t.yaml", b"- &a {Claim: x}\n- *a\n", "alias"),
        ("t.csv", b"Claim,Verdict,Who,Paper,Year\n" + b"x" * (2**25 + 1), "t.csv:2: a line of 33,554,432 characters"),
        ("t.csv.gz", gzip.compress(b" ,\n" * 30_000_000, mtime=0), "unpacks to more than 200 times its size"),
        ("t.json.gz", gzip.compress(b"[" + b"0," * 40_000_000, mtime=0), "more than 64 MiB in one value"),
        ("t.txt.docx", b"x", "no table by its name"),
    ],
)
def test_a_file_that_is_no_whole_table_is_one_sentence_and_loads_nothing(folder, name, content, said):
    path = written(folder / name, content)
    with LocalStore(folder / "store").writing():
        pass
    with kg.open(folder / "store") as graph:
        with pytest.raises(KgError, match=said.replace(".", r"\.")) as error:
            graph.load(path, mapping=folder / "mapping.yaml")
        assert str(error.value).startswith(str(path))
        assert "\n" not in str(error.value)
        assert error.value.exit_code in (1, 2, 3)
        assert graph.store.graphs() == ()


def test_a_wrong_encoding_is_told_with_its_line(folder):
    path = written(folder / "t.csv", csv_text().encode("cp1250"))
    mapping = written(folder / "m.yaml", MAPPING + "table: {encoding: utf-8}\n")
    with pytest.raises(UnreadableError, match=r"t.csv:\d: not UTF-8 text; if it is another, name it: --encoding"):
        list(tables.read(path, mapping).quads)


def test_a_spreadsheet_made_to_fill_the_memory_is_refused(folder):
    path = folder / "t.xlsx"
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("xl/worksheets/sheet1.xml", b"\0" * 200_000_000)
    with pytest.raises(UnreadableError, match="unpacks to more than"):
        tables.read(path, folder / "mapping.yaml")


def test_a_spreadsheet_with_entities_is_refused(folder):
    book, content = openpyxl.Workbook(), io.BytesIO()
    book.save(content)
    path = folder / "t.xlsx"
    with zipfile.ZipFile(content) as old, zipfile.ZipFile(path, "w") as archive:
        for member in old.namelist():
            doctype = b'<!DOCTYPE x [<!ENTITY a "aaaa">]>' if member == "xl/workbook.xml" else b""
            archive.writestr(member, doctype + old.read(member))
    with pytest.raises(UnreadableError, match="DOCTYPE"):
        tables.read(path, folder / "mapping.yaml")


def test_half_characters_in_json_do_not_stop_a_load(folder):
    path = written(folder / "t.json", '[{"c": "half \\ud800 a sign"}]')
    (row,) = mapped(folder, path, "mapping-file: 1\nclaim: c\n").mapped
    assert row.claim.text == "half ? a sign"


# ------------------------------------------------------------------------------------ headers, merged cells, sheets


def book(path: Path, **named: list[list[str | None]]) -> openpyxl.Workbook:
    """Write a workbook with these sheets."""
    made = openpyxl.Workbook()
    made.remove(made.active)
    for name, rows in named.items():
        sheet = made.create_sheet(name)
        for row in rows:
            sheet.append(row)
    made.save(path)
    return made


@pytest.mark.parametrize("first", ["sep=;", '"sep=;"', "SEP=;", "\ufeffsep=;"])
def test_the_line_in_which_excel_states_the_delimiter_is_passed_over(folder, first):
    same_as_csv(folder, written(folder / "t.csv", f"{first}\r\n{csv_text(';')}"))


def test_a_header_can_have_two_lines_or_be_replaced(folder):
    rows = "What,,Review,\nClaim,Topic,Verdict,Who\nOats fill,food,yes,Ann\n"
    mapping = "mapping-file: 1\nclaim: What Claim\nstance: {column: Review Verdict, words: {yes: affirms}}\n"
    found = mapped(folder, rows, mapping + "agent: Review Who\ntable: {header: [1, 2]}\n")
    assert [(row.claim.text, row.agent.name) for row in found.mapped] == [("Oats fill", "Ann")]
    stated = "table: {header: 1, columns: [Topic, Sentence]}\n"
    found = mapped(folder, "x,y\nfood,Oats fill\n", "mapping-file: 1\nclaim: Sentence\n" + stated)
    assert [row.claim.text for row in found.mapped] == ["Oats fill"]


def test_columns_of_one_name_are_told_apart_and_a_name_may_have_a_line_break(folder):
    rows = 'Claim,Note,Note,"Who\nsays"\nOats fill,first,second,"Ann\nLee"\n'
    mapping = "mapping-file: 1\nclaim: Claim\nstance: {text: affirms}\nagent: Who says\nremark: Note (2)\n"
    (row,) = mapped(folder, rows, mapping).mapped
    assert (row.agent.name, row.assertion.note) == ("Ann Lee", ("second",))
    with pytest.raises(KgError, match=r'more than one column "Note"; write "Note \(1\)"'):
        mapped(folder, rows, mapping.replace("Note (2)", "Note"))


def test_merged_cells_all_have_the_text_of_the_first(folder):
    path = folder / "t.xlsx"
    made = book(
        path, One=[["Claim", "Verdict", "Who"], ["Oats fill", "yes", "Ann"], [None, "no", None], ["Figs", "no", "B"]]
    )
    made["One"].merge_cells("A2:A3")
    made["One"].merge_cells("C2:C3")
    made.save(path)
    mapping = (
        "mapping-file: 1\nclaim: Claim\nstance: {column: Verdict, words: {yes: affirms, no: denies}}\nagent: Who\n"
    )
    found = [(row.claim.text, row.assertion.stance, row.agent.name) for row in mapped(folder, path, mapping).mapped]
    assert found == [("Oats fill", "affirms", "Ann"), ("Oats fill", "denies", "Ann"), ("Figs", "denies", "B")]


def test_sheets_that_are_not_read_are_named_and_one_can_be_chosen(folder):
    path, mapping = folder / "t.xlsx", written(folder / "m.yaml", "mapping-file: 1\nclaim: Claim\n")
    book(path, Old=[["Claim"], ["Oats fill"]], Neu=[["Claim"], ["Figs fill"]], Leer=[])
    with kg.open() as graph:
        (warning,) = [each for each in graph.load(path, mapping=mapping).warnings if each.severity == "warning"]
        assert warning.message == "only the first sheet is read; not Neu: --sheet NAME"
        loaded = graph.load(path, mapping=mapping, sheet="Neu")
        assert [each.severity for each in loaded.warnings] == ["info"]
        assert [row["t"] for row in graph.query("SELECT ?t { ?c hc:text ?t }")] == ["Figs fill"]
    assert "sheet: Neu" in kg.KnowledgeGraph.propose_mapping(path, sheet="Neu")
