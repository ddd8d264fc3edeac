"""Data of the page's script: pyvis's nodes, edges and options, and the words to each of them.

pyvis builds the network in vis-network's own terms.  Beside it travel the cards (what the details say), the places of
the other pictures of the same nodes (the answered claims alone, and a close-up of each node), and the quotes.
"""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any, NamedTuple

from kg.model import phrases
from kg.namespaces import local_name
from kg.pages.base.assessed import STATES
from kg.pages.base.html import address_keys
from kg.pages.base.palette import LOOKS
from kg.pages.graph import details as cards
from kg.pages.graph import layout
from kg.pages.graph.collapse import folded
from kg.pages.graph.network import ARGUES, COUNTERS, JOINTS, KINDS, PRO, STANCES, UNSTATED, argues, neighbourhood

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    import networkx as nx

    from kg.pages.graph.layout import Box, Places

GROUPS = {
    "disputed": "disputed claims",
    "claim": "other claims",
    "statement": "doubts, denials",
    "evidence": "studies put forward",
    "study": "other studies",
    "agent": "voices",
    "source": "sources",
    "interest": "interests",
    "thing": "other things",
}
"""Nodes that the reader shows and hides together, in the order of the page."""
SHOWN_AT_FIRST = ("disputed", "statement", "evidence")

_KIND_COLOURS = {"statement": "agent", "interest": "agent", "argument": "claim", "thing": "topic"}


class Link(NamedTuple):
    """All edges of one relation from one node to another: the page draws them as one line."""

    start: str
    end: str
    kind: str
    keys: tuple[str, ...]
    notes: tuple[str, ...]
    quotes: tuple[dict[str, str], ...]


class PageData:
    """A graph on its way to the page; `ids` are the names of nodes in the script, `keys` those in addresses."""

    def __init__(self, graph: nx.MultiDiGraph[str], prefixes: Mapping[str, str]) -> None:
        self.graph = graph
        self.around: list[str] = graph.graph.get("around", [])
        self.query: str = graph.graph.get("query", "")
        self.part = bool(self.around or self.query)
        self.nodes = sorted(graph, key=lambda node: (*_rank(graph.nodes[node]), node))
        self.ids = {node: f"n{at}" for at, node in enumerate(self.nodes)}
        self.keys = address_keys(self.nodes, prefixes)
        self.links = _links(graph)
        self.groups = {node: _group(graph.nodes[node]) for node in self.nodes}
        self.bearing = _bearing(graph, self.links)
        self.tallies = {node: _tally(graph.nodes[node]) for node in self.nodes if graph.nodes[node]["kind"] == "claim"}
        self.boxes = {node: self._box(node) for node in self.nodes}
        self._quotes: dict[str, int] = {}
        self._facts: dict[tuple[str, str], int] = {}

    def data(self) -> dict[str, Any]:
        """Return what the script works on; every text in it is data, none is HTML."""
        places, relations = self.places(), list(LOOKS)
        nodes, edges, options = self._pyvis(places)
        card_of = {self.ids[node]: self._card(node) for node in self.nodes}
        links = [self._link(link) for link in self.links]
        drawn = {} if self.part else {node: self.closeups(node) for node in self.nodes}
        closeups, unfolded = ({node: places[n] for node, places in drawn.items()} for n in range(2))
        left = {node: self._folded(closeups[node], unfolded[node]) for node in closeups}
        return {
            "nodes": _columns(nodes, ("id", "x", "y")),
            "edges": _columns(edges, ("from", "to", "arrows")),
            "kinds": [relations.index(link.kind) for link in self.links],
            "places": self._flat(places),
            "options": options,
            "cards": card_of,
            "links": links,
            "quotes": [json.loads(quote) for quote in self._quotes],
            "facts": list(self._facts),
            "nouns": cards.NOUNS,
            "stateWords": STATES,
            "looks": {kind: look._asdict() for kind, look in LOOKS.items()},
            "closeups": {self.ids[node]: self._flat(places) for node, places in closeups.items()},
            "unfolded": {self.ids[node]: self._flat(unfolded[node]) for node in unfolded if left[node]},
            "folded": {self.ids[node]: count for node, count in left.items() if count},
            "contents": None if self.part else self._contents(),
            "around": [self.ids[node] for node in self.around],
            "colours": _KIND_COLOURS,
            "shown": list(GROUPS if self.part else SHOWN_AT_FIRST),
            "type": {"size": layout.TYPE, "line": layout.LINE, "pad": layout.PAD, "gap": layout.FOOT_GAP},
        }

    def places(self) -> Places:
        """Return the places of all nodes."""
        if self.around:
            return layout.closeup(self.graph, self.boxes, self.around)
        return layout.overview(self.graph, self.boxes)

    def closeups(self, node: str) -> tuple[Places, Places]:
        """Return the places of a node's neighbourhood, folded to what is taken in at a glance, and whole."""
        part = neighbourhood(self.graph, [node], 1)
        whole = layout.closeup(part, self.boxes, [node])
        if not (left := folded(part, node)):
            return whole, whole
        part.remove_nodes_from(left)
        return layout.closeup(part, self.boxes, [node]), whole

    def _folded(self, shown: Places, whole: Places) -> int:
        """Return how many boxes a close-up leaves out."""
        return sum(self.graph.nodes[node]["kind"] != "argument" for node in whole if node not in shown)

    def answered(self) -> list[str]:
        """Return the claims that something answers, those first about which most is said."""
        countered = {end for _, end, kind in self.bearing if kind in COUNTERS}
        found = [node for node in self.tallies if node in countered]
        return sorted(found, key=lambda node: (-sum(self.tallies[node].values()), node))

    def word(self, node: str) -> str:
        """Return what a node is: "claim, efficacy", "randomised trial", "recent reviews: doubt"."""
        data = self.graph.nodes[node]
        facts = dict(data["facts"])
        words = {
            "claim": ", ".join(filter(None, ("claim", facts.get("Kind")))),
            "statement": data["label"],
            "study": facts.get("Design", "study"),
            "agent": facts.get("Kind", "who says it"),
            "source": facts.get("Kind", "source"),
            "argument": f"inference: {self._verb(node)}",
        }
        return str(words.get(data["kind"], data["kind"]))

    def topic(self, topic: str) -> str:
        """Return the name of a topic."""
        return str(self.graph.graph.get("topics", {}).get(topic) or local_name(topic))

    def _pyvis(self, places: Places) -> tuple[list[dict[str, Any]], list[dict[str, Any]], dict[str, Any]]:
        """Return nodes, edges and options as pyvis hands them to vis-network; nothing of its HTML is used."""
        from pyvis.network import Network

        net = Network(directed=True)
        net.set_options(json.dumps(_OPTIONS))
        for node in self.nodes:
            place = places[node]
            net.add_node(self.ids[node], " ", "box", x=round(place.x), y=round(place.y))
        for link in self.links:
            # A line to an inference goes on from there, and bears its arrow and sign only then.
            arrows = "" if link.end in link.keys else "to"
            net.add_edge(self.ids[link.start], self.ids[link.end], arrows=arrows)
        nodes, edges, _, _, _, options = net.get_network_data()
        return nodes, edges, json.loads(options)

    def _card(self, node: str) -> dict[str, Any]:
        """Return what the details of a node say, and the lines of its box."""
        data, box = self.graph.nodes[node], self.boxes[node]
        relation = self._relation(node)
        card = {
            "key": self.keys[node],
            "kind": data["kind"],
            "group": self.groups[node],
            "word": self.word(node),
            "name": data["text"],
            "language": data["language"],
            "facts": [self._facts.setdefault((name, value), len(self._facts)) for name, value in data["facts"]],
            "figures": data["figures"],
            "links": data["links"],
            "note": data["note"],
            "quotes": self._numbered(sorted(data["quotes"], key=lambda quote: not quote["text"])),
            "topics": [self.topic(topic) for topic in data["topics"]],
            "agents": [self.ids[agent] for agent in data["agents"] if agent in self.ids],
            "sources": [self.ids[source] for source in data["sources"] if source in self.ids],
            "box": [box.width, box.height],
            "foot": box.foot,
            "relation": relation,
            "state": data["state"],
            "standing": data["standing"],
            "tally": list(self.tallies.get(node, {}).items()),
        }
        return {name: value for name, value in card.items() if value not in ("", [], ())}

    def _link(self, link: Link) -> dict[str, Any]:
        card = {
            "keys": [local_name(key) for key in link.keys if key != link.kind],
            "notes": link.notes,
            "quotes": self._numbered(link.quotes),
        }
        return {name: value for name, value in card.items() if value}

    def _contents(self) -> dict[str, Any]:
        """Return the places of the answered claims alone, and how they bear on each other."""
        import networkx as nx

        answered = set(self.answered())
        found = {(start, end, kind) for start, end, kind in self.bearing if start != end and {start, end} <= answered}
        lifted: nx.MultiDiGraph[str] = nx.MultiDiGraph()
        lifted.add_nodes_from((node, self.graph.nodes[node]) for node in self.answered())
        lifted.add_edges_from((start, end, {"kind": kind}) for start, end, kind in sorted(found))
        ends = [[self.ids[start], self.ids[end], kind] for start, end, kind in sorted(found)]
        first = [self.ids[node] for node in self.answered()[:1]]
        return {"places": self._flat(layout.contents(lifted, self.boxes)), "edges": ends, "first": first}

    def _flat(self, places: Places) -> list[int]:
        """Return places as number of the node, x, y, number, x, y ..."""
        by_number = sorted((int(self.ids[node][1:]), round(place.x), round(place.y)) for node, place in places.items())
        return [number for triple in by_number for number in triple]

    def _numbered(self, said: Sequence[dict[str, str]]) -> list[int]:
        """Return the numbers of quotes in the page's one list of quotes; each stands there once."""
        texts = [json.dumps(quote, sort_keys=True, ensure_ascii=False) for quote in said]
        return list(dict.fromkeys(self._quotes.setdefault(text, len(self._quotes)) for text in texts))

    def _box(self, node: str) -> Box:
        return layout.box(self.graph.nodes[node], self.word(node), self._foot(node), bool(self.tallies.get(node)))

    def _foot(self, node: str) -> str:
        """Return the last line of a box: who affirms a claim, how large a study is, when a source came out."""
        data = self.graph.nodes[node]
        facts = dict(data["facts"])
        if data["kind"] == "claim":
            said = [quote["who"] for quote in data["quotes"] if quote["stance"] == "affirms"]
            speakers = [speaker for speaker in dict.fromkeys(said) if speaker]
            if len(speakers) > 3:
                speakers = [*speakers[:2], f"{len(speakers) - 2} more"]
            return f"said by {phrases.sentence_list(speakers)}" if speakers else ""
        if data["kind"] == "source":
            return ", ".join(filter(None, (facts.get("By", "").partition(",")[0], facts.get("Date"))))
        participants = facts.get("Participants")
        return f"{participants} participants" if participants else ""

    def _relation(self, node: str) -> str:
        """Return the relation in which a statement or an argument that is a node stands to its target."""
        out = sorted((data["kind"], key) for _, _, key, data in self.graph.out_edges(node, keys=True, data=True))
        return next((str(kind) for kind, key in out if key == node and kind in (*ARGUES, *STANCES, *UNSTATED)), "")

    def _verb(self, node: str) -> str:
        relation = self._relation(node)
        return LOOKS[relation].word if relation else ""


def _columns(rows: Sequence[Mapping[str, Any]], names: Sequence[str]) -> dict[str, list[Any]]:
    """Return the values of rows by their names: each name once, and not with each row."""
    return {name: [row[name] for row in rows] for name in names}


def _bearing(graph: nx.MultiDiGraph[str], links: Sequence[Link]) -> list[tuple[str, str, str]]:
    """Return what bears on each claim, as start, claim and relation; also what lands on an inference for it.

    What lands on an answer to the claim bears on that answer alone: a defence is no challenge.
    """
    joints = {node for node, data in graph.nodes(data=True) if data["kind"] in JOINTS}
    onward = {link.start: link for link in links if link.start in joints and link.start in link.keys}
    found = []
    for link in links:
        if argues(graph, link.start, link.kind) and graph.nodes[link.start]["kind"] != "argument":
            lands = link
            for _ in onward:
                passed = onward.get(lands.end)
                if passed and (passed.kind in PRO or lands.end in lands.keys):
                    lands = passed
            if graph.nodes[lands.end]["kind"] == "claim":
                found.append((link.start, lands.end, link.kind))
    return found


def _tally(data: Mapping[str, Any]) -> dict[str, int]:
    """Return the tally of a claim in the order in which relations stand everywhere."""
    return {kind: data["tally"][kind] for kind in LOOKS if kind in data["tally"]}


def _rank(data: Mapping[str, Any]) -> tuple[int, bool]:
    return KINDS.index(data["kind"]), not data["disputed"]


def _group(data: Mapping[str, Any]) -> str:
    if data["kind"] == "study" and data["disputed"]:
        return "evidence"
    return "disputed" if data["kind"] == "claim" and data["disputed"] else str(data["kind"])


def _links(graph: nx.MultiDiGraph[str]) -> list[Link]:
    merged: dict[tuple[str, str, str], list[tuple[str, dict[str, Any]]]] = {}
    for start, end, key, data in graph.edges(keys=True, data=True):
        merged.setdefault((start, end, data["kind"]), []).append((key, data))
    return [
        Link(
            *ends,
            keys=tuple(sorted(key for key, _ in edges)),
            notes=tuple(dict.fromkeys(data["note"] for _, data in edges if data["note"])),
            quotes=tuple(quote for _, data in edges for quote in data["quotes"]),
        )
        for ends, edges in sorted(merged.items(), key=lambda each: each[0])
    ]


_OPTIONS = {
    "physics": {"enabled": False},
    "layout": {"improvedLayout": False, "randomSeed": 1},
    "interaction": {"dragNodes": False, "hover": True, "multiselect": False, "selectConnectedEdges": False},
    "nodes": {"borderWidth": 0, "chosen": False, "physics": False},
}
