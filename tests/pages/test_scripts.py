"""The scripts of the pages: what is checked in is what their modules build, and a module is short, plain and safe."""

from __future__ import annotations

import hashlib
import json
import re
import shutil
import subprocess
from pathlib import Path

import pytest

from kg.pages.base.html import asset
from kg.pages.base.palette import SAYING, STANCES
from kg.pages.overview.dataset_columns import KINDS

ROOT = Path(__file__).parents[2]
PAGES = ROOT / "kg" / "pages"
SCRIPTS = PAGES / "scripts"
MODULES = sorted(SCRIPTS.glob("*/*.js"))
BUILT = json.loads((SCRIPTS / "built.json").read_text(encoding="utf-8"))
PACKAGES = ROOT / "build" / "node" / "node_modules"
"""Where `make` installs what builds and checks scripts, where node is there."""


def digest(file: Path) -> str:
    return hashlib.sha256(file.read_bytes()).hexdigest()


def name(file: Path) -> str:
    return file.relative_to(SCRIPTS).as_posix()


def test_what_is_checked_in_was_built_of_these_modules():
    built_from = {PAGES / each: known for each, known in BUILT["sources"].items()}
    assert {name(file) for file, known in built_from.items() if digest(file) != known} == set(), "run `make scripts`"
    assert set(MODULES) <= set(built_from), "a module that no page uses"
    assert {each: digest(PAGES / each) for each in BUILT["built"]} == BUILT["built"]


def test_each_page_with_modules_has_one_script_that_says_of_what_it_is_built():
    folders = {file.parent.name for file in MODULES} - {"shared"}
    assert set(BUILT["built"]) == {f"{folder}/page.js" for folder in folders}
    for folder in folders:
        first, second, _ = asset(f"{folder}/page.js").split("\n", 2)
        assert first == f"/* Script of a page, built from kg/pages/scripts/{folder}/ */"
        assert second == '"use strict";'


def test_built_anew_the_scripts_are_the_same_to_the_byte():
    """Where there is no node, the hashes of the test above stand in for it."""
    node = shutil.which("node")
    if node and (PACKAGES / "esbuild").is_dir():
        command = [node, str(SCRIPTS / "build.js"), "--check"]
        done = subprocess.run(command, capture_output=True, text=True, check=False)
        assert (done.returncode, done.stderr) == (0, "")


def test_the_tools_that_build_have_exact_versions_and_are_locked():
    wanted = json.loads((SCRIPTS / "package.json").read_text(encoding="utf-8"))
    locked = json.loads((SCRIPTS / "package-lock.json").read_text(encoding="utf-8"))["packages"]
    assert "dependencies" not in wanted
    for package, version in wanted["devDependencies"].items():
        assert re.fullmatch(r"\d+\.\d+\.\d+", version)
        assert locked[f"node_modules/{package}"]["version"] == version


@pytest.mark.parametrize("file", [*MODULES, *SCRIPTS.glob("*.js")], ids=name)
def test_a_module_is_short_and_begins_with_a_comment_that_names_what_it_is(file):
    text = file.read_text(encoding="utf-8")
    assert text.count("\n") < 300
    assert re.match(r"/\* (?!What|Which|Where|How|From|This|The )[A-Z]\w+", text)


def test_no_script_fetches_runs_or_writes_what_it_is_given():
    forbidden = r"\bfetch\(|XMLHttpRequest|WebSocket|sendBeacon|\beval\(|\bimport\(|(inner|outer)HTML|document\.write"
    for built in BUILT["built"]:
        assert not re.search(forbidden, asset(built)), built


def test_only_the_vocabulary_lists_stances_and_relations():
    """A stance or relation that the ontology gains must be told to the scripts in one place."""
    words = "|".join(sorted({*SAYING, *KINDS, *STANCES.values()}))
    listing = {file for file in MODULES if re.search(f'"({words})"', file.read_text(encoding="utf-8"))}
    assert {name(file) for file in listing} == {"shared/vocabulary.js"}


def test_the_vocabulary_has_every_stance_and_relation():
    text = (SCRIPTS / "shared" / "vocabulary.js").read_text(encoding="utf-8")
    for stance in SAYING:
        assert re.search(rf'"?{stance}"?: "{STANCES.get(stance, stance)}"', text)
    grouped = {
        relation
        for _, listed in re.findall(r'\["([^"]+)", \[([^\]]*)\]\]', text)
        for relation in listed.split('"')[1::2]
    }
    assert grouped == {*KINDS, *(STANCES.get(stance, stance) for stance in SAYING)}
