"""House rules of the code, read from its syntax: layers without cycles, one name a thing, short functions."""

from __future__ import annotations

import ast
import re
import statistics
import tokenize
from collections import defaultdict
from functools import cache
from pathlib import Path

import networkx as nx
import pytest

ROOT = Path(__file__).parents[2]
FILES = sorted((ROOT / "kg").rglob("*.py"))
LONGEST_FILE, LONGEST_FUNCTION = 500, 60


def module_of(file: Path) -> str:
    """Return the dotted name of a file's module."""
    return ".".join(file.relative_to(ROOT).with_suffix("").parts).removesuffix(".__init__")


@cache
def tree_of(file: Path) -> ast.Module:
    return ast.parse(file.read_text(encoding="utf-8"))


MODULES = {module_of(file): file for file in FILES}


def imports(file: Path) -> list[tuple[str, str, int]]:
    """Return module, name and line of all that a file imports of `kg`: at its top, in functions, and for types."""
    found = []
    for node in ast.walk(tree_of(file)):
        if isinstance(node, ast.ImportFrom) and (node.module or "").split(".")[0] == "kg":
            found += [(node.module or "", alias.name, node.lineno) for alias in node.names]
        elif isinstance(node, ast.Import):
            found += [(alias.name, "", node.lineno) for alias in node.names if alias.name.split(".")[0] == "kg"]
    return found


def functions() -> list[tuple[str, int]]:
    """Return name and length in lines of every function."""
    return [
        (f"{file.relative_to(ROOT)}:{node.lineno} {node.name}", (node.end_lineno or node.lineno) - node.lineno + 1)
        for file in FILES
        for node in ast.walk(tree_of(file))
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef)
    ]


def test_no_module_imports_in_a_circle_not_even_in_a_function_or_for_types() -> None:
    graph = nx.DiGraph()
    for name, file in MODULES.items():
        for module, imported, _ in imports(file):
            whole = f"{module}.{imported}"
            target = whole if whole in MODULES else module
            # A package that only gathers names of its own modules is not what they import when they import one another.
            if target != name:
                graph.add_edge(name, target)
    circles = [sorted(part) for part in nx.strongly_connected_components(graph) if len(part) > 1]
    assert circles == []


def test_no_module_takes_a_private_name_of_another() -> None:
    private = [
        f"{file.relative_to(ROOT)}:{line} {module}.{name}"
        for file in FILES
        for module, name, line in imports(file)
        if name.startswith("_") and not name.startswith("__")
    ]
    assert private == []


def test_no_two_public_classes_have_one_name() -> None:
    homes: dict[str, list[str]] = defaultdict(list)
    for name, file in MODULES.items():
        for node in tree_of(file).body:
            if isinstance(node, ast.ClassDef) and not node.name.startswith("_"):
                homes[node.name].append(name)
    assert {name: modules for name, modules in homes.items() if len(modules) > 1} == {}


@pytest.mark.parametrize("file", FILES, ids=module_of)
def test_docstrings_begin_with_a_noun_or_a_verb_and_set_no_riddle(file: Path) -> None:
    assert ast.get_docstring(tree_of(file)), "every module has a docstring"
    texts = [
        (node.lineno, node.value.value)
        for node in ast.walk(tree_of(file))
        if isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant) and isinstance(node.value.value, str)
    ]
    riddle = re.compile(r"(What|Which|Where|How|From|Whether|Who|Why|When)\b|(Say|Tell) whether")
    assert [f"{line}: {text}" for line, text in texts if riddle.match(text)] == []


def test_functions_and_files_are_short() -> None:
    lengths = functions()
    assert [name for name, length in lengths if length > LONGEST_FUNCTION] == []
    assert statistics.median(length for _, length in lengths) <= 7
    assert statistics.quantiles([length for _, length in lengths], n=10)[8] <= 20
    long = {module_of(file): lines for file in FILES if (lines := len(file.read_text().splitlines())) > LONGEST_FILE}
    assert long == {}


def test_the_page_of_the_architecture_names_rooms_and_modules_that_are_there() -> None:
    page = (ROOT / "docs" / "architecture.md").read_text(encoding="utf-8")
    rooms = re.findall(r"^([a-z]+) {2,}", page.partition("```\n")[2].partition("```")[0], re.MULTILINE)
    modules = [name for row in re.findall(r"^\| (`.*?) \|", page, re.MULTILINE) for name in re.findall(r"`(\w+)`", row)]
    assert len(rooms) > 10
    assert len(modules) > 8
    assert [name for name in rooms if f"kg.{name}" not in MODULES] == []
    assert [name for name in modules if f"kg.model.{name}" not in MODULES] == []


def test_the_house_is_no_larger_than_it_was_planned() -> None:
    assert len(FILES) <= 209
    assert sum(map(lines_of_code, FILES)) <= 29_160


def lines_of_code(file: Path) -> int:
    """Return how many lines of a module have code on them: no blank lines, comments and docstrings."""
    kept: set[int] = set()
    with file.open("rb") as opened:
        for token in tokenize.tokenize(opened.readline):
            if token.type in (tokenize.NAME, tokenize.OP, tokenize.NUMBER, tokenize.STRING):
                kept.update(range(token.start[0], token.end[0] + 1))
    for node in ast.walk(tree_of(file)):
        if isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant) and isinstance(node.value.value, str):
            kept.difference_update(range(node.lineno, (node.end_lineno or node.lineno) + 1))
    return len(kept)
