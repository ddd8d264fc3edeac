"""A dataset as a networkx graph that a person can read: claims and who says them, arguments as edges between them.

An assertion that affirms a claim is an edge from its agent to the claim, with the words.  One that denies, doubts or
finds no evidence is a small node of its own (kind "statement"), because its words answer the claim; so is one that an
argument targets.  An argument is an edge from its premise to its target; it becomes a small node (kind "argument") only
where something targets it: an undercut lands on the argument, not on the claim.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from kg.errors import NotFoundError
from kg.model.dispute import group_of_argument
from kg.model.vocabulary import RELATIONS as RELATIONS_OF
from kg.namespaces import local_name
from kg.pages.base.palette import LOOKS, SAYING, direction_relation, stance_relation
from kg.pages.base.summaries import tally
from kg.pages.graph import details
from kg.pages.graph.records import of_triples, read, read_within
from kg.store.terms import IRI

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable

    import networkx as nx

    from kg.pages.graph.records import Records
    from kg.store import Store
    from kg.store.terms import Triple

KINDS = ("claim", "statement", "argument", "study", "agent", "source", "interest", "thing")
ARGUES = ("supports", "opposes", "undercuts", "qualifies")
STANCES = ("affirms", "denies", "doubts", "no evidence", "inconclusive")
UNSTATED = ("stance not stated", "direction not stated")
"""Relations of an assertion or argument that does not say for or against: on neither side of anything."""
RELATIONS = tuple(LOOKS)
PRO = ("supports", "affirms")
COUNTERS = ("opposes", "undercuts", "qualifies", "denies", "doubts", "no evidence", "inconclusive")

_SAME_SIDE = {"affirms": "supports", **dict.fromkeys(("denies", "doubts", "no evidence", "inconclusive"), "opposes")}
"""Stance of an assertion of the target -> direction of an argument that says no more than it."""

JOINTS = ("statement", "argument")
_HUBS = ("agent", "source")
_LINKS = (
    ("Source", "reports", "reports", "study"),
    ("Source", "reportsOn", "reports on", "study"),
    ("Source", "cites", "cites", "source"),
    ("Source", "supersedes", "supersedes", "source"),
    ("Study", "includesStudy", "includes", "study"),
    ("Lead", "source", "lead", "source"),
    ("Drift", "driftFrom", "drift", "source"),
)


def network(
    store: Store | None = None,
    around: str | None = None,
    hops: int = 1,
    triples: Iterable[Triple] | None = None,
) -> nx.MultiDiGraph[str]:
    """Return the dataset of `store`, or the given `triples`, as a graph whose nodes are IRIs.

    Each node has `kind` (one of KINDS), `id`, `label`, `text`, `language`, `topics`, `agents` and `sources` (IRIs),
    `facts` (pairs of name and value), `figures`, `quotes`, `links` (pairs of label and address), `note`, `state` and
    `standing` (the assessed standing and its sentence, or empty texts), `disputed` (arguments link it to something
    that is answered) and `tally` (of a claim, by relation: how much its page has for it, against it, on the evidence,
    limiting it).  Each edge has `kind` (one of RELATIONS), `id`, `text`, `note` and `quotes`; its key is the IRI of
    the assertion or argument that it stands for.  A quote has `text`, `language`, `who`, `stance`, `source`, `date`
    and `id`.  All values are plain texts, truth values and lists, so `networkx.node_link_data` of it is JSON.

    `around` names (short id, CURIE or IRI; of bare triples only an IRI) a node, an assertion, an argument, a finding
    or a topic: then only its neighbourhood comes, `hops` steps in either direction.  Statements and arguments cost no
    step, and no step leads on from an agent or a source, through which everything is near everything.

    No more of the store is read than that, so `disputed` is then only as far as what is near it tells.

    Raises NotFoundError if the graph has nothing by that name.
    """
    if store is not None and around is not None:
        return near(store, [store.resolve(around)], hops)
    builder = _Builder(read(store) if store is not None else of_triples(triples or ()))
    return builder.build() if around is None else _part(builder, [around], hops)


def near(store: Store, nodes: Collection[IRI], hops: int) -> nx.MultiDiGraph[str]:
    """Return the neighbourhood of several nodes of a store, as `network` that of one."""
    return _part(_Builder(read_within(store, nodes, hops)), [node.value for node in nodes], hops)


def neighbourhood(graph: nx.MultiDiGraph[str], centre: Iterable[str], hops: int) -> nx.MultiDiGraph[str]:
    """Return a copy of the part of `graph` within `hops` steps of nodes of it; they stand in its `graph["around"]`."""
    frontier = centre = sorted(set(centre))
    reached = dict.fromkeys(centre, 0)
    while frontier:
        node, *frontier = frontier
        if reached[node] == hops or (reached[node] and graph.nodes[node]["kind"] in _HUBS):
            continue
        for other in sorted({*graph.successors(node), *graph.predecessors(node)}):
            steps = reached[node] + (graph.nodes[other]["kind"] not in JOINTS)
            if steps <= hops and steps < reached.get(other, hops + 1):
                reached[other] = steps
                frontier.append(other)
    part = graph.subgraph(reached).copy()
    part.graph.update(around=centre)
    return part


def graph_of(records: Records) -> nx.MultiDiGraph[str]:
    """Return the graph of records, whole."""
    return _Builder(records).build()


def _part(builder: _Builder, nodes: Iterable[str], hops: int) -> nx.MultiDiGraph[str]:
    graph = builder.build()
    centre = {node: [seat for seat in builder.seats(node) if seat in graph] for node in nodes}
    for node, seats in centre.items():
        if not seats:
            raise NotFoundError(f"{node}: no claim, source, study or other node of the graph has this id")
    return neighbourhood(graph, (seat for seats in centre.values() for seat in seats), hops)


class _Builder:
    """Builder of one graph from records."""

    def __init__(self, records: Records) -> None:
        import networkx as nx

        self.records = records
        self.graph: nx.MultiDiGraph[str] = nx.MultiDiGraph()
        self.arguments = list(records.nodes("Argument"))
        self.folded = {node: premise for node in self.arguments if (premise := self._said_by(node))}
        self.statements = self._statements()

    def build(self) -> nx.MultiDiGraph[str]:
        """Return the whole graph."""
        for name in ("Claim", "Study", "Agent", "Source", "Interest"):
            for node in self.records.nodes(name):
                self._node(node, name.lower())
        for node in self.records.nodes("Assertion"):
            self._assertion(node)
        own = [node for node in self.arguments if node not in self.folded]
        targets = self._targets()
        for node in own:
            if node in targets:
                self._node(node, "argument")
        for node in own:
            self._argument(node)
        self._links()
        self._interests()
        _summarise(self.graph)
        for node, data in self.graph.nodes(data=True):
            data["tally"] = tally(self.records.graph, IRI(node)) if data["kind"] == "claim" else {}
        topics = list(self.records.nodes("Topic"))
        self.graph.graph.update(topics={topic: self.records.name(topic) for topic in topics})
        return self.graph

    def seats(self, node: str) -> list[str]:
        """Return the nodes at which `node` lies: itself, the ends of the edge that it became, the claims of a topic."""
        if self.records.is_a(node, "Topic"):
            return self.records.users(node, "about")
        ends = {end for *edge, key in self.graph.edges(keys=True) if key == node for end in edge}
        return [node] if node in self.graph else sorted(ends) or [self._seat(node)]

    def _said_by(self, argument: str) -> str:
        """Return the assertion that already says the whole argument: it is of the target, to the same side."""
        records = self.records
        premises, targets = records.all(argument, "premise"), records.all(argument, "target")
        side = direction_relation(records.one(argument, "direction"), False)
        says_it = all(
            records.one(premise, "asserts") in targets and _SAME_SIDE.get(self._stance(premise)) == side
            for premise in premises
        )
        return premises[0] if premises and says_it else ""

    def _stance(self, assertion: str) -> str:
        return stance_relation(self.records.one(assertion, "stance"))

    def _targets(self) -> set[str]:
        return {target for node in self.arguments for target in self.records.all(node, "target")}

    def _statements(self) -> set[str]:
        """Return the assertions that become nodes: all but affirmations that nothing targets."""
        targets = self._targets()
        hit = {premise for argument, premise in self.folded.items() if argument in targets} | targets
        assertions = self.records.nodes("Assertion")
        hit |= self._turned()
        return {node for node in assertions if node in hit or self._stance(node) != "affirms"}

    def _turned(self) -> set[str]:
        """Return the assertions that an argument turns on the claim that they assert: it limits or opposes it."""
        records = self.records
        return {
            premise
            for argument in self.arguments
            if argument not in self.folded
            for premise in records.all(argument, "premise")
            if set(records.all(premise, "asserts")) & set(records.all(argument, "target"))
        }

    def _seat(self, node: str) -> str:
        """Return the node of the graph that stands for an end of an argument, a lead or a drift."""
        if node in self.folded:
            return self._seat(self.folded[node])
        if node in self.statements or node in self.graph:
            return node
        if claim := self.records.one(node, "asserts"):
            return claim
        holders = self.records.users(node, "finding")
        studies = [holder for holder in holders if self.records.is_a(holder, "Study")]
        return self._seat((studies or holders)[0]) if holders else node

    def _node(self, node: str, kind: str) -> str:
        if node not in self.graph:
            self.graph.add_node(node, **details.describe(self.records, node, kind))
        return node

    def _assertion(self, node: str) -> None:
        records, stance = self.records, self._stance(node)
        if not (claim := records.one(node, "asserts")):
            return
        quotes = details.quotes(records, node)
        self._node(claim, "claim")
        self.graph.nodes[claim]["quotes"].extend(quotes)
        speaker, verb = claim, stance
        if node in self.statements:
            speaker, verb = self._node(node, "statement"), "says"
            self._edge(node, claim, stance, node, quotes)
        for agent in records.all(node, "agent"):
            self._edge(self._node(agent, "agent"), speaker, verb, node, quotes)
        for name, kind in (("source", "stated in"), ("tracedTo", "traced to")):
            for place in records.all(node, name):
                place_kind = "study" if records.is_a(place, "Study") else "source"
                self._edge(speaker, self._node(place, place_kind), kind, node, quotes)

    def _argument(self, node: str) -> None:
        """Add the edges of an argument: from each premise to its target, through a node of its own if it has one."""
        records = self.records
        for target in records.all(node, "target"):
            kind = self._relation(node, target)
            end = self._node(self._seat(target), "claim")
            starts = {premise: self._node(self._seat(premise), "source") for premise in records.all(node, "premise")}
            if node in self.graph:
                self.graph.nodes[node]["text"] = self._inference(node, self._stated(node, target))
                self._edge(node, end, kind, node, [], records.one(node, "note"))
                end = node
            for premise, start in starts.items():
                quotes = details.quotes(records, premise) if records.is_a(premise, "Assertion") else []
                figure = details.figure(records, premise) if records.is_a(premise, "Finding") else ""
                self._edge(start, end, kind, node, quotes, figure or records.one(node, "note"))

    def _inference(self, argument: str, kind: str) -> str:
        """Return an argument in words: from which premises, to which target."""
        names = [self._premise(end) for end in self.records.all(argument, "premise")]
        target = self.records.one(argument, "target")
        hit = [self._premise(end) for end in self.records.all(target, "premise")]
        return details.inference(names, kind, hit, self._premise(target))

    def _premise(self, node: str) -> str:
        is_said = self.records.is_a(node, "Assertion")
        return details.premise(self.records, node if is_said else self._seat(node))

    def _relation(self, argument: str, target: str) -> str:
        """Return the relation of an argument to its target: to a claim, the one by which it counts."""
        group = group_of_argument(self.records.graph.tables, argument)
        counted = RELATIONS_OF[group] if group and self.records.is_a(target, "Claim") else ""
        return counted or self._stated(argument, target)

    def _stated(self, argument: str, target: str) -> str:
        on_inference = any(self.records.is_a(target, name) for name in ("Argument", "Assertion", "Study", "Source"))
        return direction_relation(self.records.one(argument, "direction"), on_inference)

    def _links(self) -> None:
        """Add the edges that bind sources and studies to each other, and findings of curators about an assertion."""
        records = self.records
        for subject_class, name, kind, end_kind in _LINKS:
            for node in records.nodes(subject_class):
                said = records.all(node, "leadFor") + records.all(node, "driftOf")
                note = ": ".join(filter(None, (records.words(node, "driftKind"), records.one(node, "reason"))))
                for start in map(self._seat, said or [node]):
                    for end in map(self._seat, records.all(node, name)):
                        key = node if said else kind
                        self._edge(self._node(start, "claim"), self._node(end, end_kind), kind, key, [], note)

    def _interests(self) -> None:
        for node in self.records.nodes("Interest"):
            for agent in self.records.all(node, "interestOf"):
                self._edge(self._node(agent, "agent"), node, "interest", node, [])
            for thing in self.records.all(node, "interestIn"):
                if thing in self.graph:
                    self._edge(node, thing, "interest", node, [])
            for source in self.records.all(node, "source"):
                self._edge(node, self._node(source, "source"), "stated in", node, [])

    def _edge(self, start: str, end: str, kind: str, key: str, quotes: list[dict[str, str]], note: str = "") -> None:
        if start == end or self.graph.has_edge(start, end, key):
            return
        text = details.sentence(self.graph.nodes[start], kind, self.graph.nodes[end])
        said = [quote for quote in quotes if quote["text"]]
        identity = "" if key == kind else local_name(key)
        self.graph.add_edge(start, end, key, kind=kind, id=identity, text=text, note=note, quotes=said)


def _summarise(graph: nx.MultiDiGraph[str]) -> None:
    """Add to each node who speaks in it, in which sources, on which topics, and whether it is part of a dispute."""
    nodes = graph.nodes
    for start, end, relation in relations(graph):
        if nodes[start]["kind"] == "agent" and relation != "interest":
            _add(nodes[end]["agents"], start)
        if relation == "reports":
            _add(nodes[end]["sources"], start)
        elif relation in ("stated in", "traced to") and nodes[end]["kind"] == "source":
            _add(nodes[start]["sources"], end)
    for start, end, relation in relations(graph):
        if relation in SAYING and nodes[start]["kind"] == "statement":
            nodes[start]["topics"] = list(nodes[end]["topics"])
            for name in ("agents", "sources"):
                for value in nodes[start][name]:
                    _add(nodes[end][name], value)
    for node in _disputed(graph):
        nodes[node]["disputed"] = True


def relations(graph: nx.MultiDiGraph[str]) -> list[tuple[str, str, str]]:
    """Return start, end and relation of each edge, in their order."""
    return [(start, end, str(data["kind"])) for start, end, data in graph.edges(data=True)]


def argues(graph: nx.MultiDiGraph[str], start: str, relation: str) -> bool:
    """Return True if an edge from `start` is part of an argument: not a plain affirmation, nor a record."""
    return relation in ARGUES or (relation in STANCES and graph.nodes[start]["kind"] in JOINTS)


def _disputed(graph: nx.MultiDiGraph[str]) -> set[str]:
    """Return the nodes that arguments link, over however many steps, to something that is answered."""
    beside: dict[str, set[str]] = {}
    reached = set()
    for start, end, relation in relations(graph):
        if argues(graph, start, relation):
            beside.setdefault(start, set()).add(end)
            beside.setdefault(end, set()).add(start)
        if relation in COUNTERS:
            reached |= {start, end}
    frontier = list(reached)
    while frontier:
        new = beside[frontier.pop()] - reached
        reached |= new
        frontier += new
    return reached


def _add(values: list[str], value: str) -> None:
    if value not in values:
        values.append(value)
