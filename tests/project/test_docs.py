"""The sessions in README.md and docs/ are real: each command is run, and prints what the page shows.

In a ```console block a line that begins with "$ " is a command, and what follows is what it prints; a line "…" stands
for any lines, and "…" at the end of a line for any rest.  The blocks of a page run in turn, in one folder with data/.
A ```pycon block is a session of Python, as in doctest; "..." stands for any text.
"""

from __future__ import annotations

import doctest
import os
import re
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
PAGES = [ROOT / "README.md", *sorted((ROOT / "docs").rglob("*.md"))]
_PYTHON = re.compile(r"^```pycon\n(.*?)^```$", re.MULTILINE | re.DOTALL)
_BLOCK = re.compile(r"^```console\n(.*?)^```$", re.MULTILINE | re.DOTALL)


def sessions(page: Path) -> list[tuple[str, str]]:
    """Return the commands of a page, each with what the page says it prints."""
    found = []
    for block in _BLOCK.findall(page.read_text()):
        for part in re.split(r"^\$ ", block, flags=re.MULTILINE)[1:]:
            command, _, output = part.partition("\n")
            while command.endswith("\\"):
                more, _, output = output.partition("\n")
                command = f"{command[:-1]}{more}"
            found.append((command, output))
    return found


def pattern(output: str) -> str:
    """Return the regular expression that a shown output means."""
    lines = []
    for line in output.rstrip("\n").split("\n"):
        if line.strip() == "…":
            lines.append(r"(?:.*\n)*?")
        elif line.endswith("…"):
            lines.append(re.escape(line[:-1].rstrip()) + r".*\n")
        else:
            lines.append(re.escape(line.rstrip()) + r"[ ]*\n")
    return "".join(lines)


@pytest.mark.parametrize("page", [page for page in PAGES if sessions(page)], ids=lambda page: page.name)
def test_the_sessions_of_a_page_print_what_it_shows(page: Path, tmp_path: Path) -> None:
    (tmp_path / "data").symlink_to(ROOT / "data")
    (tmp_path / "kg").write_text(f'#!/bin/sh\nexec "{sys.executable}" -m kg "$@"\n')
    (tmp_path / "kg").chmod(0o755)
    (tmp_path / "work").mkdir()
    (tmp_path / "work" / "data").symlink_to(ROOT / "data")
    environment = {key: value for key, value in os.environ.items() if key != "KG_STORE"}
    environment |= {"PATH": f"{tmp_path}:{os.environ['PATH']}", "PYTHONPATH": str(ROOT), "COLUMNS": "110"}
    for command, output in sessions(page):
        done = subprocess.run(
            ["bash", "-c", f"exec 2>&1; {command}"],
            cwd=tmp_path / "work", env=environment, stdout=subprocess.PIPE, stdin=subprocess.DEVNULL, text=True,
            timeout=120, check=False,
        )  # fmt: skip
        printed = "".join(line.rstrip() + "\n" for line in done.stdout.splitlines())
        assert re.fullmatch(pattern(output), printed) or printed == output, f"$ {command}\n{printed}"


@pytest.mark.parametrize(
    "page", [page for page in PAGES if _PYTHON.search(page.read_text())], ids=lambda page: page.name
)
def test_the_sessions_of_python_print_what_a_page_shows(
    page: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "data").symlink_to(ROOT / "data")
    monkeypatch.chdir(tmp_path)
    text = "\n".join(_PYTHON.findall(page.read_text()))
    session = doctest.DocTestParser().get_doctest(text, {}, page.name, str(page), 0)
    told: list[str] = []
    doctest.DocTestRunner(optionflags=doctest.ELLIPSIS).run(session, out=told.append)
    assert not told, "".join(told)


def test_pages_link_only_to_files_that_are_there() -> None:
    for page in PAGES:
        for target in re.findall(r"\]\((?!https?:|#|mailto:)([^)#]+)", page.read_text()):
            assert (page.parent / target).exists(), f"{page.name}: {target}"
