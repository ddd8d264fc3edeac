"""The page on which a reader explores the graph: our template around the picture, offline and in one file.

The table on the page says the same as the picture, for those who have no script, no mouse or no sight.
"""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING, Any

from kg.errors import UsageError
from kg.model import phrases
from kg.pages.base.choice import choose
from kg.pages.base.html import asset, page
from kg.pages.base.palette import LOOKS, TALLIED
from kg.pages.graph.network import COUNTERS, near, network
from kg.pages.graph.page_data import GROUPS, SHOWN_AT_FIRST, PageData
from kg.pages.graph.query_graph import constructed
from kg.pages.options import GraphOptions
from kg.pages.overview.dataset_columns import columns
from kg.pages.overview.page import overview_page

if TYPE_CHECKING:
    from collections.abc import Callable

    import networkx as nx

    from kg.pages.base.palette import Look
    from kg.store import Store
    from kg.store.terms import IRI

MOST = 1500
"""Nodes beyond which a picture of boxes says nothing any more."""
MOST_CLAIMS = 150
"""Claims beyond which a whole dataset starts with its topics, to be unfolded."""

_IN_SHORT = dict.fromkeys(
    ("says", "stated in", "traced to", "reports", "reports on", "cites"), "who says it, where"
) | {
    "no evidence": "finds no evidence",
    "inconclusive": "cannot tell",
    "lead": "may go back to, differs",
}
"""First of some relations that look alike -> their name in the key, where their verbs would be too long."""


def graph_page(
    store: Store,
    claim: IRI | None = None,
    options: GraphOptions = GraphOptions(),
    remark: Callable[[str], None] = lambda _: None,
) -> str:
    """Return the HTML of the graph of `store`, of what is around `claim` or another node, or of a query's result.

    One file, offline.  `remark` is told if the query gives nothing to draw.

    A whole dataset, or what is about a topic, comes as an overview if it has more than MOST_CLAIMS claims or MOST
    nodes; `remark` is told if claims are left out of it.
    Raises NotFoundError if the graph has no such node, UsageError for more than one of a node, a query and a topic or a
    part of over MOST nodes, and for a query what `constructed` raises.
    """
    query, around = options.query, options.around or (claim.value if claim else None)
    if sum(given is not None for given in (query, around, options.topic)) > 1:
        raise UsageError("a graph is that around a node, that of a query or that of a topic, not several at once")
    if query is not None:
        drawn = constructed(store, query)
        if not len(drawn):
            remark("the query gives no triples; the page is empty")
        return _checked(drawn, store, "construct less")
    if around is not None:
        return _checked(network(store, around, options.hops), store, "take fewer hops")
    choice = choose(store, None, options, remark, with_quotes=True)
    if choice.of > MOST_CLAIMS:
        return overview_page(columns(store, choice), choice.of)
    graph = near(store, choice.claims, 1) if choice.topic else network(store)
    return (
        overview_page(columns(store, choice), choice.of)
        if len(graph) > MOST
        else render(PageData(graph, store.prefixes()))
    )


def _checked(graph: nx.MultiDiGraph[str], store: Store, way_out: str) -> str:
    if len(graph) > MOST:
        raise UsageError(f"the graph has {len(graph):,} nodes, and a picture holds {MOST:,}: {way_out}")
    return render(PageData(graph, store.prefixes()))


def render(page_data: PageData) -> str:
    """Return the HTML of the graph's page from its data."""
    return page(
        "graph/page.html",
        title=_title(page_data),
        styles=(asset("graph/page.css"),),
        scripts=(_without_source_map(asset("graph/vis-network/vis-network.min.js")), asset("graph/page.js")),
        page_class="graph-page",
        description="Who says what, on what evidence, and what answers it: a graph to explore.",
        summary=_summary(page_data),
        around=page_data.part,
        query=page_data.query,
        data=page_data.data(),
        families=_families(page_data),
        groups=_groups(page_data),
        topics=[(topic, topic) for topic in sorted(_topics(page_data))],
        speakers=_choices(page_data, "agents"),
        sources=_choices(page_data, "sources"),
        disputes=[_dispute(page_data, node) for node in page_data.answered()],
        rows=[_row(page_data, node) for node in page_data.nodes],
    )


def _title(page_data: PageData) -> str:
    names = [page_data.graph.nodes[node]["label"] for node in page_data.around]
    if page_data.query:
        return "What a query constructs"
    return f"Around “{phrases.shorten(names[0], 90)}”" if names else "The claims, and what answers them"


def _summary(page_data: PageData) -> str:
    kinds = Counter(data["kind"] for _, data in page_data.graph.nodes(data=True))
    counters = sum(link.kind in COUNTERS for link in page_data.links)
    counted = (
        (kinds["claim"], "claim", "claims"),
        (counters, "answer to a claim", "answers to claims"),
        (kinds["agent"], "voice", "voices"),
        (kinds["source"], "source", "sources"),
        (kinds["thing"], "other thing", "other things"),
    )
    return phrases.sentence_list([phrases.count(*each) for each in counted if each[0]] or ["Nothing to draw"])


def _families(page_data: PageData) -> list[tuple[str, str, Look]]:
    """Return the relations that look alike, with their names and words: one entry of the key each."""
    alike: dict[tuple[str, str, tuple[int, ...]], list[str]] = {}
    present = {link.kind for link in page_data.links}
    for kind in (kind for kind in LOOKS if kind in present):
        drawn = LOOKS[kind]
        alike.setdefault((drawn.colour, drawn.sign, drawn.dash), []).append(kind)
    words = {kinds[0]: ", ".join(LOOKS[kind].word for kind in kinds) for kinds in alike.values()}
    return [(",".join(kinds), _IN_SHORT.get(kinds[0], words[kinds[0]]), LOOKS[kinds[0]]) for kinds in alike.values()]


def _groups(page_data: PageData) -> list[tuple[str, str, int, bool]]:
    """Return the groups of boxes: name, words, how many, and whether they are shown at first."""
    counts = Counter(page_data.groups.values())
    shown = tuple(GROUPS) if page_data.part else SHOWN_AT_FIRST
    return [(name, word, counts[name], name in shown) for name, word in GROUPS.items() if counts[name]]


def _topics(page_data: PageData) -> set[str]:
    return {page_data.topic(topic) for _, data in page_data.graph.nodes(data=True) for topic in data["topics"]}


def _choices(page_data: PageData, name: str) -> list[tuple[str, str]]:
    """Return key and label of each agent or source that something in the graph comes from."""
    nodes = page_data.graph.nodes
    found = {node for _, data in page_data.graph.nodes(data=True) for node in data[name] if node in page_data.keys}
    return sorted(((page_data.keys[node], nodes[node]["label"]) for node in found), key=lambda each: each[::-1])


def _dispute(page_data: PageData, node: str) -> dict[str, Any]:
    tally = [(LOOKS[kind], TALLIED[kind], count) for kind, count in page_data.tallies[node].items()]
    return {"iri": node, "key": page_data.keys[node], "text": page_data.graph.nodes[node]["text"], "tally": tally}


def _row(page_data: PageData, node: str) -> dict[str, Any]:
    """Return a row of the table: the node, its words, and what it is linked to."""
    data = page_data.graph.nodes[node]
    ends = [(LOOKS[link.kind], link.end) for link in page_data.links if link.start == node]
    return {
        "iri": node,
        "key": page_data.keys[node],
        "kind": page_data.word(node),
        "text": data["text"],
        "standing": data["standing"],
        "language": data["language"],
        "quotes": data["quotes"] if data["kind"] in ("claim", "statement") else [],
        "figures": data["figures"],
        "linked": [{"look": drawn, "iri": end, "text": page_data.graph.nodes[end]["text"]} for drawn, end in ends],
    }


def _without_source_map(script: str) -> str:
    """Return a script without the last line that sends a browser's developer tools after a file that is not here."""
    return script.rstrip().rpartition("\n//# sourceMappingURL=")[0] or script
