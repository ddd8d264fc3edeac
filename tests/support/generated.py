"""Generated claims (benchmarks/world.py) beside the seed dataset, for the tests of what does not grow with a store."""

from __future__ import annotations

from typing import TYPE_CHECKING

import kg
from benchmarks import world
from tests.conftest import SEED

if TYPE_CHECKING:
    from pathlib import Path


def beside_seed(folder: Path, claims: int, files: int = 3) -> kg.KnowledgeGraph:
    """Return the seed dataset and `claims` generated claims, written into `folder`, in one store in memory."""
    world.write(folder, claims, files)
    graph = kg.open()
    graph.load(SEED, folder)
    return graph
