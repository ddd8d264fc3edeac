"""What several tests use: the seed dataset loaded once, a real browser, and no skipping where CI says so."""

from __future__ import annotations

import os
import shutil
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

import kg
from kg.arguments.evaluator import Evaluator
from tests.support import servers, verdicts

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from playwright.sync_api import Browser

    from kg.graph import KnowledgeGraph

ROOT = Path(__file__).parents[1]
SEED = ROOT / "data" / "massage-low-back-pain"
SHARED = ROOT.parent / "shared"


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport(item, call):
    """In CI a skipped test is a failure, except where only ../shared is absent."""
    report = yield
    if (
        os.environ.get("CI")
        and report.skipped
        and not hasattr(report, "wasxfail")
        and "../shared" not in str(report.longrepr)
    ):
        report.outcome = "failed"
    return report


# Commands are tried as users run them: a stream without a buffer hides what is only written at the end.  A store that
# the environment names is the user's: no test reads it, and none writes to it.
for name in [name for name in os.environ if name == "PYTHONUNBUFFERED" or name.startswith("KG_STORE")]:
    del os.environ[name]

SLOW_FIXTURES = {"browser", "start_browser", "oxigraph", "virtuoso"}
"""Fixtures that start a program of their own; what uses one is slow."""


SLOW_MODULES = {
    *("cli/test_attacks.py", "cli/test_cli.py", "editing/test_editing.py", "project/test_docs.py"),
    *("project/test_package.py", "query/test_attacks.py", "query/test_query.py", "readers/test_alignments.py"),
    *("readers/test_nanopublications.py", "store/test_crash_safety.py", "store/test_damage.py", "store/test_folder.py"),
    *("store/test_servers.py", "store/test_default_graph.py", "store/test_store_admin.py", "pages/test_view.py"),
    *("pages/test_claim_page.py", "pages/test_graph.py", "pages/test_overview.py", "pages/test_annotated.py"),
    *("arguments/test_semantics_properties.py", "arguments/test_semantics.py", "readers/test_tables.py"),
    *("readers/test_bibliographies.py", "readers/test_claim_reviews.py", "validate/test_validate.py"),
    *("project/test_ontology.py", "store/test_client.py", "validate/test_report.py", "store/test_many_files.py"),
    *("cli/test_words.py", "arguments/test_neighbourhood.py", "export/test_reloaded.py", "export/test_export.py"),
    *("export/test_citations.py", "search/test_duplicates.py", "arguments/test_standing_properties.py"),
    *("readers/test_rdf.py", "readers/test_table_sources.py", "arguments/test_explain.py", "pages/test_assessed.py"),
    *("model/test_quotes.py", "query/test_pages.py", "store/test_real_data.py", "readers/test_map_command.py"),
}
"""Modules whose tests start a process each, kill, damage or build something, or take long for another reason."""


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Mark as slow what starts a browser, a server or a process for each test."""
    for item in items:
        module = item.path.relative_to(ROOT / "tests").as_posix()
        if module in SLOW_MODULES or SLOW_FIXTURES & set(getattr(item, "fixturenames", ())):
            item.add_marker("slow")


@pytest.fixture(scope="session")
def seed_store(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The seed dataset in a store on disk, for commands that read."""
    folder = tmp_path_factory.mktemp("seed") / "kg-store"
    with kg.open(folder) as graph:
        graph.load(SEED)
        Evaluator(graph.store).write()
    return folder


@pytest.fixture(scope="session")
def seed(seed_store: Path) -> Iterator[KnowledgeGraph]:
    """The seed dataset; tests that change a store make their own."""
    with kg.open(seed_store) as graph:
        yield graph


@pytest.fixture(scope="session")
def shared() -> Path:
    """The folder of real data beside the project."""
    if not SHARED.is_dir():
        pytest.skip("../shared is absent")
    return SHARED


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A folder with the mapping of the table in tests/support/verdicts.py."""
    (tmp_path / "mapping.yaml").write_text(verdicts.MAPPING)
    return tmp_path


@pytest.fixture(scope="session")
def oxigraph(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The address of an Oxigraph server."""
    with servers.oxigraph(tmp_path_factory.mktemp("oxigraph")) as address:
        yield address


@pytest.fixture(scope="session")
def virtuoso(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The address of a Virtuoso; `servers.LOGIN` opens it for writing."""
    if not shutil.which("virtuoso-t"):
        pytest.skip("no Virtuoso on this machine (make test installs it where apt-get runs as root)")
    with servers.virtuoso(tmp_path_factory.mktemp("virtuoso")) as address:
        yield address


@pytest.fixture(scope="session")
def start_browser() -> Iterator[Callable[..., Browser]]:
    """What starts a real Chromium without a window; playwright can be there once only."""
    executable = next((path for name in ("chromium", "google-chrome") if (path := shutil.which(name))), None)
    if not executable:
        pytest.skip("no Chromium on this machine (make test installs it where apt-get runs as root)")
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        yield partial(playwright.chromium.launch, executable_path=executable, args=["--no-sandbox", "--disable-gpu"])


@pytest.fixture(scope="session")
def browser(start_browser: Callable[..., Browser]) -> Iterator[Browser]:
    """A real Chromium without a window."""
    chromium = start_browser()
    yield chromium
    chromium.close()
