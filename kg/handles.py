"""Claims and their neighbours as objects: what `graph.claims["lasts"]` and its like give."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import suppress
from functools import cached_property, partial
from html import escape
from typing import TYPE_CHECKING, Any, Generic, TypeVar

from kg.display import ShownTable, total
from kg.errors import NotFoundError, UsageError
from kg.model.labels import Listed, listing, not_a_claim
from kg.namespaces import expand, shrink
from kg.query.questions import Question, question, questions
from kg.store.resolve import ids, told_for
from kg.store.terms import IRI

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence

    from kg.arguments.evaluator import Evaluator
    from kg.arguments.explain import Explanation
    from kg.arguments.standing import Standing
    from kg.model.cards import Card, Dispute
    from kg.pages import Page
    from kg.store import Store

T = TypeVar("T")
_GROUPS = {
    "for": "for_",
    "against": "against",
    "doubts": "doubts",
    "limits": "limits",
    "no evidence": "no_evidence",
    "inconclusive": "inconclusive",
    "on the evidence": "on_evidence",
}
"""Heading of a group of lines -> the property of a claim that has them."""


class Readings:
    """Readings of one store that its handles share; each is read again when the store has changed."""

    def __init__(self, store: Store) -> None:
        self.store = store
        self._kept: dict[object, tuple[object, Any]] = {}

    def evaluator(self, semantics: str) -> Evaluator:
        """Return what weighs the claims under the policy that ships with kg."""
        from kg.arguments.evaluator import Evaluator

        return self._keep(("evaluator", semantics), lambda: Evaluator(self.store, None, semantics))

    def standings(self) -> dict[str, Standing]:
        """Return claim -> standing for all claims: to weigh one takes as long."""
        from kg.arguments.standing import DEFAULT

        return self._keep("standings", lambda: {each.claim: each for each in self.evaluator(DEFAULT).standings()})

    def listed(self, kind: str) -> dict[str, Listed]:
        """Return the nodes of a kind, by IRI, in the order of their ids."""
        return self._keep(
            kind, lambda: {each.node: each for each in sorted(listing(self.store, kind), key=lambda each: each.id)}
        )

    def dispute(self, claim: IRI) -> Dispute:
        """Return what is said toward a claim."""
        from kg.model.cards import dispute

        return dispute(self.store, claim)

    def _keep(self, key: object, read: Callable[[], T]) -> T:
        state = self.store.state()
        if key not in self._kept or self._kept[key][0] != state:
            self._kept[key] = (state, read())
        kept: T = self._kept[key][1]
        return kept


class Claim:
    """Claim of a store, with all that is said toward it."""

    def __init__(self, readings: Readings, iri: str) -> None:
        self._readings = readings
        self.iri = iri

    @property
    def id(self) -> str:
        """Short id where the store has one dataset, else the CURIE."""
        return ids(self._readings.store, [self.iri])[self.iri]

    @property
    def curie(self) -> str:
        """IRI in short, with a prefix of the store."""
        return shrink(self.iri, self._readings.store.prefixes())

    @property
    def text(self) -> str:
        """The claim in one sentence."""
        return str(self._dispute.claim.text)

    @property
    def kind(self) -> str | None:
        """Kind of the claim, such as "efficacy"."""
        return self._dispute.claim.kind

    @property
    def topics(self) -> tuple[str, ...]:
        """Labels of the topics that it is about."""
        return self._dispute.claim.topics

    @property
    def scope(self) -> dict[str, str]:
        """Scope as stated: population, intervention, comparator, outcome and time -> label."""
        return dict(self._dispute.claim.scope)

    @property
    def for_(self) -> list[Card]:
        """Lines that affirm or support the claim."""
        return list(self._dispute.pro)

    @property
    def against(self) -> list[Card]:
        """Lines that deny or oppose the claim; doubts are apart."""
        return list(self._dispute.con)

    @property
    def doubts(self) -> list[Card]:
        """Lines that doubt the claim."""
        return list(self._dispute.doubts)

    @property
    def limits(self) -> list[Card]:
        """Lines that limit the claim to some people, to a time or to a comparison."""
        return list(self._dispute.limits)

    @property
    def no_evidence(self) -> list[Card]:
        """Lines that find no evidence for the claim: neither for nor against it."""
        return list(self._dispute.silent)

    @property
    def inconclusive(self) -> list[Card]:
        """Lines that looked and cannot tell: neither for nor against it."""
        return list(self._dispute.inconclusive)

    @property
    def on_evidence(self) -> list[Card]:
        """Lines that challenge or back the evidence for the claim; challenges first."""
        return list(self._dispute.evidence)

    @property
    def standing(self) -> Standing:
        """Standing of the claim, under the policy and the semantics that `kg standing` takes if not told otherwise."""
        return self._readings.standings()[self.iri]

    def explain(self) -> Explanation:
        """Return what each line contributes to the standing; `print` shows the text of `kg explain`."""
        from kg.arguments.standing import DEFAULT

        return self._readings.evaluator(DEFAULT).explain(self.iri)

    def page(self, *, full: bool = False) -> Page:
        """Return the page of the claim; `full` has all notes and figures of a large dispute."""
        from kg.pages import view

        return view(self._readings.store, self.iri, full=full)

    def show(self, width: int = 100) -> str:
        """Return the claim and what is said toward it as text, as `kg show` does."""
        from kg.pages.base.assessed import stands
        from kg.pages.terminal import render

        standing = stands(self._readings.store, IRI(self.iri))
        return render(self._dispute, width, standing.sentence if standing else "")

    @property
    def _dispute(self) -> Dispute:
        state = self._readings.store.state()
        if self._read is None or self._read[0] != state:
            self._read = state, self._readings.dispute(IRI(self.iri))
        return self._read[1]

    _read: tuple[object, Dispute] | None = None

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Claim) and (other.iri, other._readings) == (self.iri, self._readings)

    def __hash__(self) -> int:
        return hash(self.iri)

    def __repr__(self) -> str:
        return f"<Claim {self.id}: {self.text}>"

    def _repr_html_(self) -> str:
        groups = "".join(_group(heading, getattr(self, name)) for heading, name in _GROUPS.items())
        return (
            f"<h4>{escape(self.text)}</h4><p>{escape(self.standing.state)} (<code>{escape(self.id)}</code>)</p>{groups}"
        )


class Topic:
    """Topic that claims are about."""

    def __init__(self, readings: Readings, iri: str) -> None:
        self._readings = readings
        self.iri = iri

    @property
    def id(self) -> str:
        """Short id where the store has one dataset, else the CURIE."""
        return self._readings.listed("topics")[self.iri].id

    @property
    def label(self) -> str:
        """Name of the topic."""
        return self._readings.listed("topics")[self.iri].label

    @property
    def claims(self) -> list[Claim]:
        """Claims that are about it, in the order of their IRIs."""
        rows = self._readings.store.select(
            "SELECT DISTINCT ?claim { VALUES ?topic { UNDEF } ?claim a hc:Claim ; hc:about ?topic } ORDER BY ?claim",
            topic=IRI(self.iri),
        )
        return [Claim(self._readings, row["claim"].value) for row in rows]

    def __repr__(self) -> str:
        return f"<Topic {self.id}: {self.label}>"


class Collection(ShownTable, Mapping[str, T], Generic[T]):
    """Nodes of one kind by their ids: a mapping, in which a short id, a CURIE or an IRI finds one."""

    def __init__(self, readings: Readings, kind: str, make: Callable[[Readings, str], T]) -> None:
        self._readings = readings
        self._kind = kind
        self._make = make

    def __getitem__(self, name: str) -> T:
        return self._make(self._readings, self._node(name))

    def __contains__(self, name: object) -> bool:
        try:
            return isinstance(name, str) and bool(self._node(name))
        except NotFoundError:
            return False

    def get(self, name: str, default: Any = None) -> Any:
        """Return the node that `name` names, or `default`."""
        return self[name] if name in self else default  # noqa: SIM401 -- this is what `get` is made of

    def __iter__(self) -> Iterator[str]:
        return (each.id for each in self._listed.values())

    def __len__(self) -> int:
        return len(self._listed)

    def find(self, words: str, *, limit: int = 20) -> list[T]:
        """Return those in whose texts all `words` occur, the best first; see `kg.search.search`."""
        from kg.search import search

        hits = search(self._readings.store, words, kinds=[_SINGULAR[self._kind]], limit=limit)
        return [self._make(self._readings, hit.node) for hit in hits]

    @property
    def _listed(self) -> dict[str, Listed]:
        return self._readings.listed(self._kind)

    def _node(self, name: str) -> str:
        if not isinstance(name, str):
            kind = _SINGULAR[self._kind]
            raise UsageError(
                f"a {kind} is found by its id, as in graph.{self._kind}['ID'], and not by {name!r};"
                f" list(graph.{self._kind}.values()) has all in order"
            )
        store, known = self._readings.store, self._listed
        iri = expand(name, store.prefixes())
        found = [iri] if iri else sorted({space + name for entry in store.graphs() for space in entry.namespaces})
        there = (told_for(store, IRI(node)).value for node in found if store.contains(IRI(node)))
        found = [node for node in dict.fromkeys(there) if node in known]
        if len(found) == 1:
            return found[0]
        if found:
            choices = ", ".join(known[node].id for node in found)
            raise NotFoundError(f"'{name}' is in several datasets: say which, {choices}")
        raise self._missing(name)

    def _missing(self, name: str) -> NotFoundError:
        """Return the error for a name that no node of the kind has; where a claim is wanted, with what it is."""
        with suppress(NotFoundError):
            if self._kind == "claims":
                return not_a_claim(self._readings.store, self._readings.store.resolve(name))
        return NotFoundError(f"no {_SINGULAR[self._kind]} '{name}'{self._nearest(name)}")

    def _nearest(self, name: str) -> str:
        from rapidfuzz import fuzz, process

        near = process.extract(name, list(self), scorer=fuzz.ratio, limit=3, score_cutoff=60)
        return f"; nearest: {', '.join(match for match, _, _ in near)}" if near else ""

    def _shown(self) -> tuple[Sequence[str], Iterable[tuple[str, str]], str]:
        rows = ((each.id, each.label) for each in self._listed.values())
        return ("id", "label"), rows, total(len(self), _SINGULAR[self._kind], self._kind)


class Questions(ShownTable, Mapping[str, Question]):
    """Competency questions by name; `graph.query(name)` answers one."""

    @cached_property
    def _known(self) -> dict[str, Question]:
        return {question.name: question for question in questions()}

    def __getitem__(self, name: str) -> Question:
        return question(name)

    def __contains__(self, name: object) -> bool:
        return name in self._known

    def get(self, name: str, default: Any = None) -> Any:
        """Return the question that `name` names, or `default`."""
        return self._known.get(name, default)

    def __iter__(self) -> Iterator[str]:
        return iter(self._known)

    def __len__(self) -> int:
        return len(self._known)

    def find(self, words: str) -> list[Question]:
        """Return the questions in whose name or words all of `words` occur."""
        wanted = words.casefold().split()
        return [
            each for each in self.values() if all(word in f"{each.name} {each.words}".casefold() for word in wanted)
        ]

    def _shown(self) -> tuple[Sequence[str], Iterable[tuple[str, str, str]], str]:
        rows = ((each.name, ", ".join(each.params), each.words) for each in self.values())
        return ("name", "parameters", "words"), rows, total(len(self), "question")


def collection(readings: Readings, kind: str) -> Collection[Any]:
    """Return the collection of a kind: claims, sources, agents, topics or studies."""
    handles = {"claims": Claim, "topics": Topic}
    return Collection(readings, kind, handles.get(kind) or partial(_record, _SINGULAR[kind]))


def _record(kind: str, readings: Readings, iri: str) -> Any:
    """Return the record of a source, an agent or a study."""
    from kg.model import nodes, reading

    return getattr(nodes, kind)(reading.beside(readings.store, IRI(iri)), IRI(iri))


def _group(heading: str, lines: Sequence[Card]) -> str:
    if not lines:
        return ""
    items = "".join(f"<li>{escape(repr(line)[1:-1])}</li>" for line in lines)
    return f"<p>{heading}: {len(lines)}</p><ul>{items}</ul>"


_SINGULAR = {"claims": "claim", "sources": "source", "agents": "agent", "topics": "topic", "studies": "study"}
