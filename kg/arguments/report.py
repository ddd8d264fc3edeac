"""Text of standings, explanations and changes: plain words for any reader, figures for a methodologist."""

from __future__ import annotations

import textwrap
from collections import Counter
from typing import TYPE_CHECKING

from kg.arguments.lines import (
    AGAINST,
    DOUBT,
    FOR,
    LIMIT,
    LOST,
    OWN_DOUBT,
    POOLED,
    POOLS_RETRACTED,
    PREPRINT,
    SIDES,
    SILENT,
    EvidenceLine,
)
from kg.arguments.origins import CAVEATS, RETRACTED, SUPERSEDED
from kg.arguments.standing import CONTESTED, REFERENCE_SEMANTICS, STATES, UNSUPPORTED
from kg.model.labels import NOT_NAMED, labels, unstated_label
from kg.model.phrases import count, sentence_list, superseded
from kg.model.vocabulary import AFFIRMS, INCONCLUSIVE, NO_EVIDENCE, verbs, words_of
from kg.store.resolve import id_of, only_namespace, told_for
from kg.store.terms import IRI, hc

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from kg.arguments.explain import Change, Contribution, Explanation
    from kg.arguments.facts import Rating
    from kg.arguments.policy import Policy
    from kg.arguments.standing import Standing
    from kg.model.graph import Tables
    from kg.model.vocabulary import Group
    from kg.store import Store

_BEARING = {FOR: "Backed by", AGAINST: "Challenged by", DOUBT: "Doubted by"}
_CLOSING = "This says what has been said and on what evidence; it is no medical advice."
_ONCE = {
    "spare": "Without any one of {lines} here the others would carry this side just as far.",
    "idle": "Beside the stronger evidence {lines} here add nothing.",
}
"""Effect of many lines -> the sentence that says it once."""
_ALONE = {
    "spare": "Without it the others would carry this side just as far.",
    "idle": "It adds nothing beside the stronger evidence.",
}
_EXCLUDED = {
    RETRACTED: "its source is retracted",
    SUPERSEDED: "its source is {gone}",
    LOST: "its review has lost studies on which it rested to retractions",
    POOLED: "a review includes its study, and does not take this side",
    OWN_DOUBT: "its study itself takes a side, so that its doubt is the certainty which it states",
}
_MARKS = {
    PREPRINT: "Not peer-reviewed.",
    SILENT: "Its source is superseded, and the update does not say.",
    POOLS_RETRACTED: "It pools a study that was retracted.",
    CAVEATS["PartiallyRetracted"]: "A paper behind it was retracted in part.",
    CAVEATS["WithdrawnByAnAuthor"]: "An author no longer stands by a paper behind it.",
}
_REMARKS = {
    NO_EVIDENCE: "Remarks that there is no evidence (neither for nor against)",
    INCONCLUSIVE: "Remarks that what was found cannot tell (neither for nor against)",
}
_RULES = {
    "R1": "as rated",
    "R3": "indirect",
    "R4": "imprecise",
    "R6": "hedged",
    "R7": "one group only",
    "R8": "its own report",
    "R10": "as what it reviews",
    "R11": "for this kind of claim",
    "retraction": "less what was retracted",
}
"""Name of a rule -> its mark beside a base score."""
_SMALL = 0.0005
"""Bound below which a figure rounds to 0.000."""


class Names:
    """Names of nodes, looked up once."""

    def __init__(self, store: Store, tables: Tables) -> None:
        self._store = store
        self._tables = tables
        self._prefixes, self._namespace = store.prefixes(), only_namespace(store)
        self._known: dict[str, str] = {}

    def id(self, node: str) -> str:
        """Return what a person types for a node: its short id where the store has one dataset, else its CURIE."""
        return id_of(node, self._prefixes, self._namespace)

    def of(self, node: str) -> str:
        """Return what a node is called."""
        if node not in self._known:
            self._known[node] = labels(self._store, [IRI(node)]).get(IRI(node)) or unstated_label(IRI(node))
        return self._known[node]

    def contrary(self, claim: str) -> list[str]:
        """Return the texts of the claims that somebody says are contrary to one."""
        node, name = IRI(claim), hc("contraryTo")
        ends = [quad.object for quad in self._store.about(node) if quad.predicate == name]
        ends += [quad.subject for quad in self._store.pointing_many([node], name)]
        told = {
            told_for(self._store, end).value for end in ends if isinstance(end, IRI) and any(self._store.about(end))
        }
        return [self.of(other) for other in sorted(told)]

    def know(self, texts: dict[str, str]) -> None:
        """Add the texts of nodes that were read together."""
        self._known.update(texts)

    def line(self, line: EvidenceLine) -> str:
        """Return the speakers of a line with their words: "Critics: Time in a relaxing environment improves pain"."""
        found: dict[str, list[str]] = {}
        for premise in line.premises:
            who, what = self._voice(premise)
            found.setdefault(who, []).append(what)
        return "; ".join(f"{who}: {' / '.join(dict.fromkeys(whats))}" if who else " / ".join(whats)
                         for who, whats in found.items())  # fmt: skip

    def remark(self, assertion: str) -> str:
        """Return the speaker of an assertion with its words."""
        return ": ".join(part for part in self._voice(assertion) if part)

    def remarks(self, standing: Standing, stance: str) -> list[str]:
        """Return those remarks on a claim that are of a stance, each with its speaker."""
        of = [remark for remark in standing.remarks if self._tables.one(remark, "stance") == stance]
        return [self.remark(remark) for remark in of]

    def speaker(self, assertion: str) -> str:
        """Return the name of the speaker of an assertion."""
        agent = self._tables.one(assertion, "agent")
        return self.of(agent) if agent else NOT_NAMED

    def origin(self, line: EvidenceLine) -> str:
        """Return what a line is from: the study, or of somebody's word the speaker."""
        premise = line.premises[0]
        if not line.is_evidence and self._tables.one(premise, "agent"):
            return self.speaker(premise)
        nodes = self._tables.all(premise, "tracedTo") or self._tables.inverse("finding").get(premise) or [premise]
        studies = self._tables.all(nodes[0], "reports") or self._tables.all(nodes[0], "reportsOn")
        return self.of((studies or nodes)[0])

    def interest(self, interest: str) -> str:
        """Return an interest: "American Massage Therapy Association (trade association)"."""
        kind = self._tables.one(interest, "interestKind")
        agent = self._tables.one(interest, "interestOf")
        return f"{self.of(agent) if agent else interest} ({words_of(hc(kind)) if kind else 'interest'})"

    def _voice(self, premise: str) -> tuple[str, str]:
        tables = self._tables
        if claim := tables.one(premise, "asserts"):
            who = self.speaker(premise)
            stance = tables.one(premise, "stance") or AFFIRMS
            verb = verbs().get(stance, "").removesuffix(" for").removesuffix(" of")
            return who if stance == AFFIRMS or not verb else f"{who} ({verb})", self.of(claim)
        holders = tables.inverse("finding").get(premise)
        return (self.of(holders[0]) if holders else ""), self.of(premise)


def sentence(standing: Standing, policy: Policy) -> str:
    """Return the state with its tiers: "supported, by opinion only"; never that a claim is right or wrong."""
    pro, con, doubt = (standing.tiers[side] for side in SIDES)
    doubted = f", doubted by {doubt.label}" if doubt else ""
    if pro and con:
        return f"{CONTESTED}: {pro.label} for, {con.label} against{doubted}"
    if tier := pro or con:
        return f"{standing.state}, by {tier.label}{' only' if tier.rank <= policy.untraced.rank else ''}{doubted}"
    gone = {x.line.excluded_because for x in standing.lines} & {RETRACTED, SUPERSEDED}
    reasons = [f"what was said is {reason}" for reason in sorted(gone)]
    reasons += ["only doubted"] if doubt else []
    reasons += ["a remark that there is no evidence"] if standing.remarks else []
    return f"{UNSUPPORTED}: {', '.join(reasons)}" if reasons else UNSUPPORTED


def explanation(found: Explanation, names: Names, policy: Policy, said: str, width: int = 100) -> str:
    """Return an explanation as text: `said`, the standing as a sentence, then each line, the words before figures."""
    return "\n".join(_filled(_explanation(found, names, policy, said), width)) + "\n"


def page(found: Sequence[tuple[Explanation, str]], names: Names, policy: Policy) -> str:
    """Return the explanations of many claims, each with its sentence, as Markdown: by state, the weightiest first."""
    rows = []
    for state in STATES:
        mine = [each for each in found if each[0].standing.state == state]
        mine.sort(
            key=lambda x: (*(-strength for strength in x[0].standing.strengths.values()), names.of(x[0].standing.claim))
        )
        rows.append(f"## {state.capitalize()}: {len(mine)}\n")
        for each, said in mine:
            text = explanation(each, names, policy, said).partition("\n\n")[2].removesuffix(f"\n{_CLOSING}\n").strip()
            rows.append(f"### {names.of(each.standing.claim)}\n")
            rows.append(f"`{names.id(each.standing.claim)}`\n\n```text\n{text}\n```\n")
    return "\n".join(rows)


def change(found: Change, names: Names, policy: Policy) -> str:
    """Return a change of standing as text: the claim, before, after."""
    rows = [names.of(found.claim)]
    for word, standing in (("before", found.before), ("after", found.after)):
        rows.append(f"  {word + ':':8}{figures(standing, policy) if standing else 'not in the data'}")
    rows += [] if found.changed else ["  nothing changes"]
    return "\n".join(rows) + "\n"


def rests_on(standing: Standing, names: Names) -> dict[str, list[str]]:
    """Return side -> what its strength rests on: the studies, or the speakers, of the lines that make it.

    No two of them depend on one another.
    """
    found: dict[str, list[str]] = {}
    for side in (FOR, AGAINST):
        found[side.value] = list(dict.fromkeys(map(names.origin, standing.makers(side))))
    return found


def figures(standing: Standing, policy: Policy) -> str:
    """Return a standing on one line, with its strengths."""
    return f"{sentence(standing, policy)} ({_strengths(standing)})"


def _strengths(standing: Standing) -> str:
    """Return the strengths, that of doubt where there is one: "for 0.800, against 0.000, doubt 0.280"."""
    shown = (side for side in SIDES if side != DOUBT or standing.tiers[side])
    return ", ".join(f"{side} {standing.strengths[side]:.3f}" for side in shown)


def _explanation(found: Explanation, names: Names, policy: Policy, said: str) -> Iterator[tuple[int, str]]:
    """Yield (indentation, paragraph)."""
    standing = found.standing
    yield 0, names.of(standing.claim)
    yield 0, names.id(standing.claim)
    yield 0, ""
    yield 0, said
    yield 0, ""
    state = sentence(standing, policy)
    yield 0, f"{state[0].upper()}{state[1:]}."
    yield 0, f"Strength: {_strengths(standing)}, each from 0 to 1; to be compared within a claim, not between claims."
    for side, rests in rests_on(standing, names).items():
        if rests:
            yield 0, f"What is {side} it rests on {count(len(rests), 'independent line')}: {'; '.join(rests)}."
    yield 0, _ways(standing)
    for rating in standing.ratings:
        yield 0, _certainty(rating, names)
    yield from _side("What speaks for it", found, names, FOR)
    yield from _side("What speaks against it", found, names, AGAINST)
    if standing.doubts:
        yield from _side("What doubts it (a doubt is no refutation)", found, names, DOUBT)
    yield from _listed("What limits it (a limit takes nothing away)", map(names.line, standing.limits))
    for stance, title in _REMARKS.items():
        yield from _listed(title, names.remarks(standing, stance))
    contrary = names.contrary(standing.claim)
    yield from _listed("Said to be contrary to it (it stands by itself, and nothing follows from that here)", contrary)
    flags = map(names.interest, standing.flags)
    yield from _listed("Interests stated behind these lines (flagged, not subtracted)", flags)
    yield 0, ""
    if found.contributions and not found.exact:
        error = max(max(each.error) for each in found.contributions)
        yield 0, f"Shares over {found.orders} random orders of the lines; standard error at most {error:.3f}."
    yield 0, _CLOSING


def _ways(standing: Standing) -> str:
    if not standing.weighing_matters:
        return f"The way of weighing does not matter: the same state under {sentence_list(REFERENCE_SEMANTICS)}."
    return (
        "The way of weighing matters: "
        + ", ".join(f"{standing.states[x]} under {x}" for x in REFERENCE_SEMANTICS)
        + "."
    )


def _certainty(rating: Rating, names: Names) -> str:
    """Return a rating: "Certainty of the evidence: low to very low, as assessed by … (2015), for risk of bias"."""
    what = "Certainty of the evidence on a broader claim" if rating.broader else "Certainty of the evidence"
    reasons = sentence_list([words_of(hc(reason)) for reason in rating.reasons])
    text = f"{what}: {' to '.join(reversed(rating.levels))}, as assessed by {names.of(rating.review)}"
    text += f" ({rating.year})" if rating.year else ""
    text += f", for {reasons}" if reasons else ""
    return f"{text}, before a study in it was retracted: it binds, and says no more." if rating.withheld else f"{text}."


def _side(title: str, found: Explanation, names: Names, side: Group) -> Iterator[tuple[int, str]]:
    mine = [each for each in found.contributions if each.direct and each.weighed.line.side == side]
    excluded = [each.line for each in found.standing.lines if each.line.side == side and each.line.excluded_because]
    yield 0, ""
    yield 0, f"{title}:" if mine or excluded else f"{title}: nothing."
    effects = {each.weighed.line.name: _plainly(each, found, side) for each in mine}
    often = Counter(effects.values())
    for each in mine:
        line = each.weighed.line
        yield 2, f"- {names.line(line)}"
        kind, effect = f"{line.tier.label[0].upper()}{line.tier.label[1:]}.", effects[line.name]
        yield 4, kind if effect in _ONCE and often[effect] > 1 else f"{kind} {_ALONE.get(effect, effect)}"
        yield from ((4, _MARKS[mark]) for mark in line.marks)
        yield 4, _in_figures(each, side)
        yield from _bearing(each, found, names, side)
    for line in excluded:
        yield 2, f"- {names.line(line)}"
        date = found.lines.facts.update(line.rests)[0] if line.excluded_because == SUPERSEDED else ""
        yield 4, f"Carries nothing: {_EXCLUDED[line.excluded_because].format(gone=superseded(date))}."
    for effect, text in _ONCE.items():
        if often[effect] > 1:
            yield 2, text.format(lines=count(often[effect], "line"))


def _plainly(each: Contribution, found: Explanation, side: Group) -> str:
    """Return the effect of a line in plain words, or a key of `_ONCE`."""
    standing, name = found.standing, each.weighed.line.name
    whole, removal = standing.strengths[side], each.removal.of(side)
    if name in standing.beside:
        return "It stands beside the evidence, which alone makes the state."
    if not each.weighed.stands[standing.semantics]:
        return "Defeated by what is said against it, so it does not count."
    if name in standing.questioned:
        return "Its data are questioned, and not yet refuted."
    if each.state != standing.state:
        return f"Without it the claim would be {each.state}."
    if removal > _SMALL:
        return f"Without it this side would weigh {whole - removal:.3f} and not {whole:.3f}."
    return "spare" if each.share.of(side) > _SMALL else "idle"


def _in_figures(each: Contribution, side: Group) -> str:
    line, error = each.weighed.line, each.error.of(side)
    rules = ", ".join(_RULES[rule] for rule in line.rules)
    base = f"base {line.base:.3f}{f' ({rules})' if rules else ''}, strength {each.weighed.strength:.3f}"
    more = f" ± {error:.3f}" if error else ""
    return f"[{base}; removal {_signed(each.removal.of(side))}, Shapley {_signed(each.share.of(side))}{more}]"


def _signed(value: float) -> str:
    return f"{value:+.3f}" if abs(value) >= _SMALL else "0.000"


def _bearing(each: Contribution, found: Explanation, names: Names, side: Group) -> Iterator[tuple[int, str]]:
    """Yield the lines that bear on a line: what challenges, doubts or backs it."""
    line = each.weighed.line
    by_name = {x.weighed.line.name: x for x in found.contributions}
    for hit in found.lines.hits.get(line.name, ()):
        if hit.excluded_because or hit.side == LIMIT:
            continue
        is_weaker = hit.side != FOR and hit.tier.rank < line.tier.rank
        weaker = ", of a lower tier, which cannot defeat it" if is_weaker else ""
        share = _signed(by_name[hit.name].share.of(side))
        yield 4, f"{_BEARING[hit.side]} {names.line(hit)} ({hit.tier.label}{weaker}; Shapley {share})"


def _listed(title: str, items: Iterable[str]) -> Iterator[tuple[int, str]]:
    found = list(dict.fromkeys(items))
    if found:
        yield 0, ""
        yield 0, f"{title}:"
        yield from ((2, f"- {item}") for item in found)


def _filled(paragraphs: Iterable[tuple[int, str]], width: int) -> Iterator[str]:
    for indent, text in paragraphs:
        hang = " " * (indent + (2 if text.startswith("- ") else 0))
        yield textwrap.fill(text, width, initial_indent=" " * indent, subsequent_indent=hang) if text else ""
