"""The wheel: installed in an empty environment, outside the checkout, it does what the README says."""

from __future__ import annotations

import os
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("wheel")
    command = [sys.executable, "-m", "build", "--wheel", "--outdir", str(folder), str(ROOT)]
    subprocess.run(command, check=True, capture_output=True)
    (path,) = folder.glob("*.whl")
    return path


@pytest.fixture(scope="module")
def kg(wheel: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("environment")
    subprocess.run([sys.executable, "-m", "venv", str(folder)], check=True, capture_output=True)
    pip = [str(folder / "bin" / "python"), "-m", "pip", "install", "--quiet", "--disable-pip-version-check", str(wheel)]
    subprocess.run(pip, check=True, capture_output=True)
    return folder / "bin" / "kg"


def run(*command: object, cwd: Path) -> subprocess.CompletedProcess[str]:
    environment = {key: value for key, value in os.environ.items() if key not in ("PYTHONPATH", "KG_STORE")}
    return subprocess.run([*map(str, command)], cwd=cwd, env=environment, capture_output=True, text=True, check=False)


def test_the_wheel_holds_ontology_data_templates_and_libraries(wheel: Path) -> None:
    names = set(zipfile.ZipFile(wheel).namelist())
    for name in (
        "kg/ontology/claims.ttl",
        "kg/ontology/questions/counterclaims-to-agent.rq",
        "kg/data/massage-low-back-pain/article.txt",
        "kg/data/massage-low-back-pain/claims.yaml",
        "kg/pages/base/base.html",
        "kg/pages/graph/page.js",
        "kg/pages/graph/vis-network/manifest.json",
    ):
        assert name in names


def test_the_wheel_holds_built_scripts_and_not_what_they_are_built_of(wheel: Path) -> None:
    names = [name for name in zipfile.ZipFile(wheel).namelist() if name.endswith((".js", ".json"))]
    assert [name for name in names if "node_modules" in name or name.startswith("kg/pages/scripts/")] == []


def test_an_installed_wheel_validates_its_dataset_and_answers_the_questions(kg: Path, tmp_path: Path) -> None:
    validated = run(kg, "validate", cwd=tmp_path)
    assert validated.returncode == 0, validated.stdout + validated.stderr
    questions = run(kg, "questions", cwd=tmp_path).stdout.splitlines()
    assert len(questions) >= 20
    assert (
        run(
            kg,
            "load",
            kg.parent.parent
            / "lib"
            / f"python3.{sys.version_info.minor}"
            / "site-packages/kg/data/massage-low-back-pain",
            cwd=tmp_path,
        ).returncode
        == 0
    )
    for line in questions:
        answered = run(kg, "query", line.split("\t")[0], cwd=tmp_path)
        assert answered.returncode == 0, answered.stderr
    asked = run(kg, "query", "counterclaims-to-agent", "-p", "agent=amta", cwd=tmp_path)
    assert "neurosurgeons" in asked.stdout
