"""Rule of a dispute: which line speaks for a claim, against it, doubts it, limits it, or bears on the evidence for it.

The one place of this rule: pages, terminal, graph, matrix, tables, search, tallies and standings read their lines here.

- A *bare* line is an assertion of the claim.  Its stance says where it counts: affirms, denies, doubts, or finds no
  evidence or is inconclusive, which is neither for nor against.
- An *argued* line is an argument whose target is the claim.  Its direction says where it counts: it supports, opposes
  or qualifies.  If all its premises doubt, it opposes as a doubt; if all find no evidence or are inconclusive, it is
  neither for nor against.  An argument without a premise, or without a direction of ours, says nothing and is no line.
- What is told in an argument is not told again: an assertion of the claim that is the premise of an argument to the
  same side of it is no bare line.
- What opposes, supports or qualifies an argument or an assertion behind a line *for* the claim, or a study or source on
  which that rests, is on the evidence: a challenge, a backing or a limit.  What is said to any other line answers that
  line, and counts nowhere.
- Arguments with the same premises that do the same are one line with several nodes; one that rests on its target alone
  is no line.
- Interests behind a premise are of its speakers in the matter, and of anybody in the evidence that it rests on: who
  funded a study has an interest in it whoever cites it.
"""

from __future__ import annotations

from collections import Counter
from itertools import chain
from typing import TYPE_CHECKING, NamedTuple

from kg.model.graph import reached
from kg.model.vocabulary import (
    AFFIRMS,
    DENIES,
    DOUBTS,
    INCONCLUSIVE,
    NO_EVIDENCE,
    OPPOSES,
    QUALIFIES,
    REMARKS,
    SUPPORTS,
    Group,
    group_of,
    verbs,
)

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from kg.model.graph import Tables

ON_EVIDENCE: Mapping[str, tuple[Group, str]] = {
    SUPPORTS: (Group.BACKING, "backs"),
    OPPOSES: (Group.CHALLENGE, "challenges"),
    QUALIFIES: (Group.LIMIT, "limits"),
}
"""Direction -> the group and the verb of an argument about what speaks for the claim."""
_ANSWERS = "answers"
"""Verb of what opposes anything else."""
_SIDES: Mapping[str, frozenset[Group]] = {
    AFFIRMS: frozenset({Group.FOR}),
    DENIES: frozenset({Group.AGAINST, Group.DOUBT}),
    DOUBTS: frozenset({Group.AGAINST, Group.DOUBT}),
    NO_EVIDENCE: frozenset({Group.NO_EVIDENCE, Group.INCONCLUSIVE}),
    INCONCLUSIVE: frozenset({Group.INCONCLUSIVE}),
}
"""Stance -> the groups of arguments on the claim by which an assertion with that stance is told already."""
ORDER = (
    *(Group.FOR, Group.AGAINST, Group.DOUBT, Group.LIMIT, Group.NO_EVIDENCE, Group.INCONCLUSIVE),
    *(Group.CHALLENGE, Group.BACKING),
)
"""The groups in the order in which they are shown and counted."""
_DEEPEST = 6
"""Levels of answers to answers; beyond, a page would be all indentation."""


class Line(NamedTuple):
    """One thing said toward a claim, or toward another line."""

    group: Group
    direction: str
    """Local name of an argument's direction; empty for a bare assertion."""
    verb: str
    """Verb of its bearing on its target: affirms, doubts, supports, limits, challenges, backs, answers."""
    premises: tuple[str, ...]
    """Its premises; of a bare assertion itself."""
    nodes: tuple[str, ...]
    """The arguments, or the assertion."""
    targets: tuple[str, ...]
    """The claim, or the arguments and assertions that it is about."""
    answers: tuple[Line, ...] = ()

    @property
    def node(self) -> str:
        """The first of its nodes, by which it is named."""
        return self.nodes[0]


def lines(tables: Tables, claim: str) -> tuple[Line, ...]:
    """Return the lines that bear on `claim` or on the evidence for it, group by group, without what answers them."""
    direct = _direct(tables, claim)
    placed = {node for line in direct for node in line.nodes}
    found = [*direct, *_on_evidence(tables, direct, placed)]
    return tuple(line for group in ORDER for line in found if line.group is group)


def tally(tables: Tables, claim: str) -> dict[Group, int]:
    """Return how many lines each group has, in the order of `ORDER`; a group without lines is left out."""
    counts = Counter(line.group for line in lines(tables, claim))
    return {group: counts[group] for group in ORDER if counts[group]}


def with_answers(tables: Tables, found: Iterable[Line]) -> tuple[Line, ...]:
    """Return `found`, the lines of one dispute, each with what is said to it: answers, and answers to answers.

    What is on the evidence for the claim is among `found`, and so is no answer to a line for it.
    """
    found = tuple(found)
    placed = {node for line in found for node in line.nodes}
    return tuple(_answered(tables, line, placed) for line in found)


def group_of_argument(tables: Tables, argument: str) -> Group | None:
    """Return the group in which an argument counts toward a claim that it targets; None if it says nothing."""
    direction = tables.one(argument, "direction") or ""
    stances = {stance_of(tables, premise) for premise in tables.all(argument, "premise")}
    if direction not in ON_EVIDENCE or not stances:
        return None
    if stances <= REMARKS:
        return group_of(min(stances))  # inconclusive where some are: they have looked
    return Group.DOUBT if direction == OPPOSES and stances - REMARKS == {DOUBTS} else group_of(direction)


def stance_of(tables: Tables, premise: str) -> str:
    """Return the local name of the stance of an assertion; empty for one that states none, and for any other node."""
    return tables.one(premise, "stance") or ""


def is_circle(tables: Tables, argument: str, target: str) -> bool:
    """Return True if an argument rests on its target alone: what is held for or against itself adds nothing.

    A finding of a study is that study's own.
    """
    own = tables.inverse("finding") if not tables.all(target, "asserts") else {}
    premises = tables.all(argument, "premise")
    return bool(premises) and all(target in (premise, *own.get(premise, ())) for premise in premises)


def is_told(tables: Tables, assertion: str, claim: str) -> bool:
    """Return True if an assertion of `claim` is the premise of an argument to the same side of it."""
    sides = _SIDES.get(stance_of(tables, assertion), frozenset())
    uses = tables.inverse("premise").get(assertion, ())
    return any(claim in tables.all(use, "target") and group_of_argument(tables, use) in sides for use in uses)


def _direct(tables: Tables, claim: str) -> list[Line]:
    """Return the lines whose target is the claim itself."""
    found: list[Line] = []
    for argument in tables.inverse("target").get(claim, ()):
        group = group_of_argument(tables, argument)
        if group and not is_circle(tables, argument, claim):
            direction = tables.one(argument, "direction") or ""
            verb = _verb(tables, argument, claim, group) or verbs()[direction]
            premises = tuple(tables.all(argument, "premise"))
            found.append(Line(group, direction, verb, premises, (argument,), (claim,)))
    for assertion in tables.inverse("asserts").get(claim, ()):
        stance = stance_of(tables, assertion)
        if (group := group_of(stance)) and not is_told(tables, assertion, claim):
            found.append(Line(group, "", verbs()[stance], (assertion,), (assertion,), (claim,)))
    return _merged(found)


def _verb(tables: Tables, argument: str, claim: str, group: Group) -> str:
    """Return the verb of the stance that all premises take on the claim itself, if it is of the argument's side.

    Empty without one: whoever affirms a claim and is held to limit it does not read as affirming.
    """
    premises = tables.all(argument, "premise")
    stances = {stance_of(tables, premise) if claim in tables.all(premise, "asserts") else "" for premise in premises}
    stance = stances.pop() if len(stances) == 1 else ""
    return verbs()[stance] if group in _SIDES.get(stance, frozenset()) else ""


def _on_evidence(tables: Tables, direct: Iterable[Line], placed: set[str]) -> list[Line]:
    """Return what is said to the arguments and assertions behind the lines for the claim."""
    found = []
    for line in direct:
        if line.group is Group.FOR:
            for argument, direction, target in _hits(tables, line, placed):
                group, verb = ON_EVIDENCE[direction]
                premises = tuple(tables.all(argument, "premise"))
                found.append(Line(group, direction, verb, premises, (argument,), (target,)))
                placed.add(argument)
    return _merged(found)


def _hits(tables: Tables, line: Line, placed: set[str]) -> Iterator[tuple[str, str, str]]:
    """Yield argument, direction and target of what is said to the nodes of a line, or to what is behind it."""
    behind = (premise for premise in line.premises if premise not in tables.claim_set)
    origins = chain.from_iterable(grounds(tables, premise) for premise in line.premises)
    for target in dict.fromkeys((*line.nodes, *behind, *origins)):
        for argument in tables.inverse("target").get(target, ()):
            direction = tables.one(argument, "direction") or ""
            if (
                argument not in placed
                and not is_circle(tables, argument, target)
                and group_of_argument(tables, argument)
            ):
                yield argument, direction, target


def _answered(tables: Tables, line: Line, placed: set[str], friendly: bool | None = None, depth: int = 1) -> Line:
    """Return a line with its answers; `friendly` is True if the line speaks for the claim."""
    friendly = line.group in (Group.FOR, Group.BACKING) if friendly is None else friendly
    found = _answers_to(tables, line, placed, friendly)
    if depth < _DEEPEST:
        answers = [_answered(tables, answer, placed, side, depth + 1) for answer, side in found]
        return line._replace(answers=tuple(answers))
    # The list grows as it is gone through: the rest of a long exchange stands on one level.
    for answer, side in found:
        found += _answers_to(tables, answer, placed, side)
    return line._replace(answers=tuple(answer for answer, _ in found))


def _answers_to(tables: Tables, line: Line, placed: set[str], friendly: bool) -> list[tuple[Line, bool]]:
    """Return what is said to a line, each with whether it speaks for the claim."""
    found, sides = list[Line](), dict[str, bool]()
    for argument, direction, target in _hits(tables, line, placed):
        placed.add(argument)
        group, verb = ON_EVIDENCE[direction]
        verb = _ANSWERS if direction == OPPOSES and not friendly else verb
        found.append(Line(group, direction, verb, tuple(tables.all(argument, "premise")), (argument,), (target,)))
        sides[argument] = friendly == (direction == SUPPORTS)
    return [(answer, sides[answer.node]) for answer in _merged(found)]


def _merged(found: Iterable[Line]) -> list[Line]:
    """Return the lines, those with one verb and the same premises as one."""
    merged: dict[object, Line] = {}
    for line in found:
        key = line.group, line.direction, line.verb, line.premises
        if other := merged.get(key):
            nodes = tuple(dict.fromkeys((*other.nodes, *line.nodes)))
            line = other._replace(nodes=nodes, targets=tuple(dict.fromkeys((*other.targets, *line.targets))))
        merged[key] = line
    return list(merged.values())


SECOND_HAND = {"NewspaperArticle", "WebPage", "PressRelease", "ExperimentalProtocol", "PositionPaper"}
"""Kinds of sources that report on a study without publishing its results."""
UNPUBLISHED = SECOND_HAND | {"BlogPost", "Micropost", "NewsReport", "MagazineArticle", "Report", "Comment"}
"""Kinds of sources that publish no study of their own."""


def interests_behind(tables: Tables, premise: str, targets: Iterable[str]) -> set[str]:
    """Return the interests (their IRIs) behind `premise`, which bears on `targets` and on what it asserts."""
    in_what = tables.inverse("interestIn")
    if not in_what:
        return set()
    found = {interest for node in evidence(tables, premise) & in_what.keys() for interest in in_what[node]}
    speakers = reached(tables.all(premise, "agent"), lambda agent: tables.all(agent, "isPartOf"))
    own = {interest for speaker in speakers for interest in tables.inverse("interestOf").get(speaker, ())}
    if own:
        claims = {*targets, *tables.all(premise, "asserts")}
        subjects = claims.union(*map(tables.topics, claims))
        found |= {interest for interest in own if subjects.intersection(tables.all(interest, "interestIn"))}
    return found


def grounds(tables: Tables, premise: str) -> list[str]:
    """Return the sources and studies that a premise comes from itself: what is said to one of them is said to it."""
    holders = tables.inverse("finding").get(premise, [])
    found = [x for node in (premise, *holders) for name in ("tracedTo", "source") for x in tables.all(node, name)]
    found += holders
    reports = ("reports", "reportsOn")
    return [*found, *(x for node in (premise, *found) for name in reports for x in tables.all(node, name))]


def evidence(tables: Tables, premise: str) -> set[str]:
    """Return the sources and studies that a premise rests on: itself if it is one, with all that a review includes."""
    origins = tables.all(premise, "tracedTo") or tables.inverse("finding").get(premise) or [premise]
    sources = {*origins, *tables.all(premise, "source")}
    sources = reached(sources, lambda node: tables.all(node, "sameSourceAs"))
    studies = {study for node in sources for study in tables.all(node, "reports")} | set(origins)
    papers = {paper for study in studies for paper in tables.inverse("reports").get(study, ())}
    first_hand = {paper for paper in papers if not SECOND_HAND & set(tables.all(paper, "genre"))}
    included = reached(studies, lambda one: tables.all(one, "includesStudy") + tables.all(one, "sameStudyAs"))
    return sources | first_hand | included
