"""A small table of verdicts and its mapping, and how the tests of tables read them."""

from __future__ import annotations

from pathlib import Path

from kg.readers import tables

MAPPING = """\
mapping-file: 1
claim: Claim
stance:
  column: Verdict
  words: {yes: affirms, no: denies, maybe: doubts, nothing found: no evidence}
agent: Who
source: {title: Paper, date: Year}
"""
ROWS = [
    ["Claim", "Verdict", "Who", "Paper", "Year"],
    ["Massage relieves low back pain", "yes", "Müller", "A trial, and more", "2011"],
    ["massage relieves low back pain.", "no", "Žižek", "Another trial", "July 2012"],
    ["Massage saves money", "nothing found", "Müller", "A trial, and more", "2011"],
]


def written(path: Path, content: str | bytes) -> Path:
    path.write_bytes(content.encode() if isinstance(content, str) else content)
    return path


def csv_text(delimiter: str = ",", rows: list[list[str]] = ROWS) -> str:
    cells = [[f'"{cell}"' if delimiter in cell else cell for cell in row] for row in rows]
    return "\n".join(delimiter.join(row) for row in cells) + "\n"


def mapped(folder: Path, table: str | Path, mapping: str) -> tables.Preview:
    path = written(folder / "t.csv", table) if isinstance(table, str) else table
    return tables.preview(path, written(folder / "m.yaml", mapping), 1000)


def stances(found: tables.Preview) -> list[str]:
    return [row.assertion.stance if row.assertion else "" for row in found.mapped]
