"""Measure what commands cost beside more and more claims: CPU, peak memory, and the exponent of growth.

Run from benchmarks/run.py, or by itself with sizes and with the beginnings of commands:
`python benchmarks/growth.py 1000 100000 --only load "view --as"`; `--real FOLDER` loads DIKB, Check-COVID, PubMedQA and
Evidence Inference beside them.  The store holds the seed dataset and generated
claims (benchmarks/world.py) in 30 files.  A figure is the median CPU of `RUNS` runs, all processes of a command
together; its memory is that of its largest process: the worker of queries and that of shapes count too.
"""

from __future__ import annotations

import argparse
import statistics
import sys
import tempfile
from math import log
from pathlib import Path
from typing import NamedTuple

import world
from process import Cost, cost

SEED = Path(__file__).parents[1] / "data" / "massage-low-back-pain"
KG = str(Path(sys.executable).with_name("kg"))
SIZES = (1_000, 10_000, 100_000)
FILES = 30
RUNS = 3
FILE_CLAIMS = 100
LOAD, DROP, VALIDATE, TOUCHED = "load FILE", "drop beside.ttl", "validate FILE", "validate FILE in the store"


class Limit(NamedTuple):
    """Most that a command may take beside the largest store: CPU (times that on the seed, and seconds), MiB, MB."""

    times: float = 0
    seconds: float = float("inf")
    memory: float = float("inf")
    page: float = float("inf")


NEAR = Limit(2, 0.05)
CHANGE = Limit(2, 0.5)
LIST = Limit(1, 0.1)
PAGE = Limit(0, 60, 1024, 2)
REAL = {
    "dikb-mp/initial-dikb-mp-oa.xml": "",
    "check-covid/Check-COVID_all.json": "check-covid",
    "pubmedqa/ori_pqal.json": "pubmedqa",
    "evidence-inference/prompts_merged.csv": "evidence-inference",
}
"""Published data sets in the folder of `--real`, and the mapping of each that is a table."""
FIRST_ROWS = Limit(0, 5)
PAGED = (
    *("who-says-what", "untraced-assertions", "findings", "timeline", "sources-and-status", "claims-on-bare-word"),
    *("no-evidence-remarks", "coverage-by-source", "defended-arguments", "interested-parties", "scope-of-conflicts"),
    *("interventions-and-outcomes", "interests-behind-claim"),
)
"""Questions over all claims of which a page is made for one node after the other (`kg/query/pages.py`)."""
COMMANDS = {
    "show relieves": NEAR,
    "explain relieves": NEAR,
    "standing relieves": NEAR,
    "what-if relieves --without amta": NEAR,
    "search massage": NEAR,
    "query counterclaims-to-agent -p agent=amta": NEAR,
    "query counterclaims-to-claim -p claim=relieves": NEAR,
    "query limits-of-claim -p claim=relieves": NEAR,
    "query evidence-for-claim -p claim=relieves": NEAR,
    "query trace-to-study -p assertion=trial-function": NEAR,
    "query claims-about-topic -p topic=massage": NEAR,
    "query contested-claims": Limit(),
    **{f"query {name} --limit 50": FIRST_ROWS for name in PAGED},
    "list claims --limit 50": LIST,
    "claims duplicates relieves": NEAR,
    "claims duplicates": Limit(0, 60, 1024),
    VALIDATE: NEAR,
    TOUCHED: NEAR,
    LOAD: CHANGE,
    DROP: CHANGE,
    "view --as table -o PAGE": PAGE,
    "view --as matrix -o PAGE": PAGE,
    "view --as timeline -o PAGE": PAGE,
    "view --as graph -o PAGE": Limit(0, 60, 1024),
    "export -o claims.ttl": Limit(),
}
"""Command -> its limit; FILE is one of `FILE_CLAIMS` claims of another dataset, PAGE a page that is written."""


class Measured(NamedTuple):
    """Cost of a command, and the size of the page that it wrote in MB."""

    cost: Cost
    page: float = 0


def loaded(folder: Path, claims: int, real: Path | None = None) -> str:
    """Load the seed, `claims` generated claims and the data sets of `real` into a store, and return its folder."""
    store = str(folder / f"store-{claims}")
    data = [str(SEED)]
    if claims:
        world.write(folder / f"world-{claims}", claims, FILES)
        data.append(str(folder / f"world-{claims}"))
    cost([KG, "load", *data, "--store", store])
    for file, mapping in REAL.items() if real else ():
        cost([KG, "load", str(real / file), *(["--mapping", mapping] if mapping else []), "--store", store])
    return store


def one_file(folder: Path) -> Path:
    """Write a file of claims that shares no record and no words with the store, and return its path."""
    (made,) = world.write(folder / "beside", FILE_CLAIMS, 1)
    text = made.read_text(encoding="utf-8").replace("/id/world/", "/id/beside/")
    text = text.replace('hc:text "', 'hc:text "Beside: ')  # claims with the same words would be one
    made.unlink()
    file = made.with_name("beside.ttl")
    file.write_text(text, encoding="utf-8")
    return file


def run(command: str, folder: Path, store: str) -> Cost:
    """Run a command on a store; `validate FILE` needs none.  A validation may end with 1, for violations."""
    given = {"FILE": str(folder / "beside" / "beside.ttl"), "PAGE": str(folder / "page.html")}
    given["claims.ttl"] = str(folder / "claims.ttl")
    words = [given.get(word, word) for word in command.removesuffix(" in the store").split()]
    named = [] if command == VALIDATE else ["--store", store]
    return cost([KG, *words, *named], most=int(command in (VALIDATE, TOUCHED)))


def measured(command: str, folder: Path, store: str) -> Measured | None:
    """Return the median cost of a command; None if it fails.  What a load brings in, a drop takes out again."""
    costs = []
    page = folder / "page.html"
    page.unlink(missing_ok=True)
    try:
        for _ in range(RUNS):
            if command in (DROP, TOUCHED):
                run(LOAD, folder, store)
            costs.append(run(command, folder, store))
            if command in (LOAD, TOUCHED):
                run(DROP, folder, store)
    except SystemExit as error:
        print(error, file=sys.stderr)
        return None
    median = Cost(statistics.median(each.cpu for each in costs), max(each.memory for each in costs))
    return Measured(median, page.stat().st_size / 1e6 if page.exists() else 0)


def exponent(sizes: list[int], costs: list[float]) -> float | None:
    """Return the slope of the costs over the sizes, both as logarithms, by least squares."""
    if len(sizes) < 2:
        return None
    slope, _ = statistics.linear_regression([log(size) for size in sizes], [log(max(cost, 1e-3)) for cost in costs])
    return slope


def over(limit: Limit, alone: Measured, last: Measured) -> bool:
    """Return True if a command takes more than its limit."""
    most = limit.times * alone.cost.cpu + limit.seconds
    return last.cost.cpu > most or last.cost.memory > limit.memory or last.page > limit.page


def row(command: str, sizes: list[int], found: list[Measured | None]) -> tuple[str, bool]:
    """Return a line of the table, and whether the command failed or was over its limit."""
    figures = [f"{each.cost.cpu:.2f} s, {each.cost.memory:.0f} MiB" if each else "failed" for each in found]
    whole = [each for each in found if each]
    is_over = len(whole) < len(found) or over(COMMANDS[command], whole[0], whole[-1])
    slope = exponent(sizes, [each.cost.cpu for each in whole[1:]]) if len(whole) == len(found) else None
    page = f"{whole[-1].page:.1f} MB" if whole and whole[-1].page else ""
    cells = [f"`{command}`", *figures, "" if slope is None else f"{slope:.2f}", page, "**over**" if is_over else ""]
    return f"| {' | '.join(cells)} |", is_over


def table(sizes: list[int], commands: list[str], real: Path | None = None) -> bool:
    """Print the table; return False if a command fails, or takes more than its limit beside the largest store."""
    good = True
    print(f"| `kg …` | seed alone | {' | '.join(f'{size:,} claims' for size in sizes)} | exponent | page | |")
    print(f"|---|--:|{'--:|' * len(sizes)}--:|--:|---|")
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        one_file(folder)
        stores = [loaded(folder, size, real if size else None) for size in (0, *sizes)]
        for command in commands:
            line, is_over = row(command, sizes, [measured(command, folder, store) for store in stores])
            good &= not is_over
            print(line, flush=True)
    print(
        "\nLimits beside the largest store: twice the CPU on the seed alone and 50 ms for what is about one node or a"
        "\nfile, and 0.5 s for load and drop; 0.1 s more than on the seed for a list; 5 s for the first rows of a"
        "\nquestion; for views 60 s, 1 GiB and a page of 2 MB (but for the graph). The exponent is the slope of CPU"
        "\nover claims, both as logarithms."
    )
    return good


def main() -> int:
    """Print the table of what is asked for; return 1 if a limit was not kept."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("sizes", nargs="*", type=int, help="numbers of claims beside the seed")
    parser.add_argument("--only", nargs="+", default=[""], help="beginnings of the commands to run")
    parser.add_argument("--real", type=Path, help="folder of published data sets, loaded beside the generated claims")
    asked = parser.parse_args()
    commands = [command for command in COMMANDS if command.startswith(tuple(asked.only))]
    if not commands:
        parser.error(f"no command begins so; there are: {', '.join(COMMANDS)}")
    return int(not table(sorted(asked.sizes) or list(SIZES), commands, asked.real))


if __name__ == "__main__":
    sys.exit(main())
