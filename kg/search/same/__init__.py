"""Claims that are likely the same, or contrary: proposed with the reasons, ranked, and never merged."""

from __future__ import annotations

from dataclasses import dataclass
from heapq import nsmallest
from typing import TYPE_CHECKING

from kg.errors import UsageError
from kg.model.decisions import decided
from kg.model.ids import same_words
from kg.model.labels import labels, not_a_claim
from kg.model.vocabulary import SCOPE
from kg.search.same.candidates import Candidates
from kg.search.same.form import form_of
from kg.search.same.score import CONTRARY, SAME, judge
from kg.store.local.text_index import Word
from kg.store.terms import IRI, Literal, hc

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from kg.search.same.form import ClaimForm
    from kg.search.same.score import Judgement
    from kg.store import Store

__all__ = ["CONTRARY", "SAME", "Proposal", "proposals"]

_NEAR = 100
"""Claims of the index of words that are judged for one claim."""
_LEAST_SHARED = 0.5
"""Part of the rare words that contrary claims share, at least: in a store on massage, "massage" tells little."""
_BONUS = 0.03
"""Score that each part of a scope adds that two claims have in common."""
_TEXTS = "SELECT ?claim ?text {{ {only} ?claim a hc:Claim ; hc:text ?text }}"
_TOLD = "SELECT ?claim ?first { ?claim hc:canonicalClaim ?first }"
# Two lists of values would be joined before the data are looked at.
_SCOPES = "SELECT ?claim ?role ?of {{ VALUES ?role {{ {roles} }} ?claim ?role ?of }}"
_SCOPES_OF = "SELECT ?claim ?role ?of {{ {only} ?claim ?role ?of FILTER(?role IN ({roles})) }}"
_ROLES = {hc(role): role for role in (*SCOPE, "timeFrame")}


@dataclass(frozen=True)
class Proposal:
    """Two claims of which it is proposed that they are the same, or contrary."""

    first: str
    second: str
    """Their IRIs."""
    relation: str
    """"same" or "contrary"."""
    score: float
    """Likeness from 0 to 1; from 0.95, nothing but question, inflection and the order of words differs."""
    reasons: tuple[str, ...]


def proposals(store: Store, claim: str | None = None, limit: int | None = None) -> list[Proposal]:
    """Return the claims of `store` that are likely the same or contrary, the likeliest pair first.

    With `claim` (an id, a CURIE or an IRI) only its own.  Claims that are told as one, and those of which somebody
    stated how they are related, do not come.  UsageError for a limit below 1, NotFoundError for no claim.
    """
    if limit is not None and (isinstance(limit, bool) or not isinstance(limit, int) or limit < 1):
        raise UsageError("a limit is a whole number above 0")
    found = _Body(store, claim).proposals()
    ranked = ((-each.score, each.relation != SAME, each.first, each.second, each) for each in found)
    return [each[-1] for each in (sorted(ranked) if limit is None else nsmallest(limit, ranked))]


class _Body:
    """Claims of a store with what is known of them beside their words."""

    def __init__(self, store: Store, claim: str | None) -> None:
        self._store = store
        told = {row["claim"].value: row["first"].value for row in store.select(_TOLD)}
        self._wanted = store.resolve(claim).value if claim is not None else ""
        only = self._beside(told) if claim is not None else ""
        rows = sorted(
            (told.get(row["claim"].value, row["claim"].value), row["text"].value, row["text"].language or "")
            for row in store.select(_TEXTS.format(only=only))
            if isinstance(row["text"], Literal)
        )
        if claim is not None and all(node != self._wanted for node, _, _ in rows):
            raise not_a_claim(store, IRI(self._wanted))
        self._nodes = [node for node, _, _ in rows]
        self._forms: list[ClaimForm] = [form_of(text, language) for _, text, language in rows]
        self._settled = {frozenset(told.get(node, node) for node in pair) for pair in decided(store)}
        self._scopes = self._read_scopes(told, only)
        self._candidates = Candidates(self._forms)
        self._near: dict[int, set[int]] = {}
        self._names: dict[str, ClaimForm] = {}

    def _beside(self, told: dict[str, str]) -> str:
        """Return the pattern for a claim and those that share words with it; none for a store without an index."""
        index = self._store.text_index()
        if index is None:
            return ""
        own = [node for node, first in told.items() if first == self._wanted] + [self._wanted]
        rows = self._store.select(_TEXTS.format(only=_values(own)))
        forms = [form_of(text.value, text.language or "") for row in rows if isinstance(text := row["text"], Literal)]
        words = {word for form in forms for token in form.tokens for word in form.said[token].split()}
        return _values({*own, *index.sharing(map(Word, sorted(words)), "claim", _NEAR)})

    def _read_scopes(self, told: dict[str, str], only: str) -> dict[str, dict[str, frozenset[str]]]:
        """Return claim -> part of the scope -> names of the topics, by which those of several datasets compare."""
        query = (_SCOPES_OF if only else _SCOPES).format(
            only=only, roles=(", " if only else " ").join(map(str, _ROLES))
        )
        rows = [
            (told.get(row["claim"].value, row["claim"].value), _ROLES[IRI(row["role"].value)], row["of"])
            for row in self._store.select(query)
        ]
        topics = sorted({of for _, _, of in rows if isinstance(of, IRI)}, key=str)
        names = {topic: same_words(name) for topic, name in labels(self._store, topics).items()}
        scopes: dict[str, dict[str, frozenset[str]]] = {}
        for claim, role, of in rows:
            name = names.get(of, of.value) if isinstance(of, IRI) else same_words(of.value)
            parts = scopes.setdefault(claim, {})
            parts[role] = parts.get(role, frozenset()) | {name}
        return scopes

    def proposals(self) -> Iterator[Proposal]:
        """Yield each pair once, as its best texts have it."""
        best: dict[tuple[str, str], Judgement] = {}
        for pair in self._pairs():
            one, other = sorted(pair, key=self._nodes.__getitem__)
            first, second = self._nodes[one], self._nodes[other]
            judged = self._judged(one, other)
            if judged and ((first, second) not in best or best[first, second].score < judged.score):
                best[first, second] = judged
        return (Proposal(*pair, judged.relation, judged.score, judged.reasons) for pair, judged in best.items())

    def _pairs(self) -> Iterator[tuple[int, int]]:
        """Yield the places of claims that are judged together, of each pair the lower one first or alone wanted."""
        many = len(self._nodes)
        near = self._candidates
        if self._wanted:
            own = (place for place, node in enumerate(self._nodes) if node == self._wanted)
            few = range(many) if many <= 2 * _NEAR else None
            yield from ((place, other) for place in own for other in few or near.of(place, _NEAR))
            return
        for place in range(many):
            found = near.of(place)
            self._near[place] = {other for other in found if other > place}
            # A pair of which the lower one has the other among its candidates was judged before.
            yield from ((place, other) for other in found if other > place or place not in self._near[other])
        self._near.clear()

    def _judged(self, one: int, other: int) -> Judgement | None:
        """Return how two claims are related; None if they are not, or if somebody has said it."""
        first, second = self._nodes[one], self._nodes[other]
        forms = self._forms[one], self._forms[other]
        if first == second or forms[0].language != forms[1].language:
            return None
        scopes = self._scopes.get(first, {}), self._scopes.get(second, {})
        both = sorted(scopes[0].keys() & scopes[1].keys())
        if any(self._apart(scopes[0][role], scopes[1][role]) for role in both):
            return None
        equal = [role for role in both if scopes[0][role] == scopes[1][role]]
        judged = judge(*forms, _BONUS * len(equal))
        if not judged.relation or frozenset((first, second)) in self._settled:
            return None
        if judged.relation == CONTRARY and self._candidates.share(one, other) < _LEAST_SHARED:
            return None
        words = ", ".join(_ROLES_IN_WORDS.get(role, role) for role in equal)
        return judged._replace(reasons=(*judged.reasons, f"the same {words}")) if equal else judged

    def _apart(self, names: frozenset[str], others: frozenset[str]) -> bool:
        """Return True if the topics of two scopes have no word in common, or other numbers."""
        if names == others:
            return False
        for name in names ^ others:
            if name not in self._names:
                self._names[name] = form_of(name)
        one, other = ([self._names[name] for name in each] for each in (names - others, others - names))
        return bool(one and other) and not any(
            first.tokens & second.tokens and first.numbers == second.numbers for first in one for second in other
        )


_ROLES_IN_WORDS = {"timeFrame": "time"}


def _values(nodes: Iterable[str]) -> str:
    return f"VALUES ?claim {{ {' '.join(str(IRI(node)) for node in sorted(nodes))} }}"
