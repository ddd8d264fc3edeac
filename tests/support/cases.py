"""Small claim files on one claim, each paper of one study written in a line, and how the claim then stands."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import kg
from kg.arguments.evaluator import Evaluator
from kg.arguments.standing import Standing

REVIEW, TRIAL, COHORT = "systematic review", "randomised trial", "cohort study"


def paper(
    name: str,
    design: str = TRIAL,
    date: int = 2010,
    people: int | None = 500,
    *,
    stance: str = "affirms",
    kind: str = "journal article",
    source: dict[str, Any] | None = None,
    study: dict[str, Any] | None = None,
    **assertion: Any,
) -> dict[str, dict[str, dict[str, Any]]]:
    """Return the records of a study, of its paper `s-NAME`, and of what that says of the claim "works"."""
    published = {"type": kind, "title": name, "reports": name, "date": date} | (source or {})
    said = {"claim": "works", "agent": f"a-{name}", "stance": stance, "source": f"s-{name}"}
    said |= {"evidence": design, "traced-to": name, "read": "in full"} | assertion
    done = {"label": name, "design": design} | ({"participants": people} if people else {}) | (study or {})
    records = {"agents": {f"a-{name}": {"name": f"Team {name}", "kind": "collective"}}, "studies": {name: done}}
    records |= {"sources": {f"s-{name}": {key: value for key, value in published.items() if value}}}
    return records | {"assertions": {f"{name}-says": {key: value for key, value in said.items() if value}}}


def voice(
    name: str, stance: str = "affirms", kind: str = "person", claim: str = "works", **more: Any
) -> dict[str, dict[str, dict[str, Any]]]:
    """Return the records of somebody who says something without evidence."""
    page = {"type": "blog post", "title": name, "date": 2012}
    said = {"claim": claim, "agent": f"a-{name}", "stance": stance, "source": f"s-{name}", "read": "in full"} | more
    return {
        "agents": {f"a-{name}": {"name": name.capitalize(), "kind": kind}},
        "sources": {f"s-{name}": page},
        "assertions": {f"{name}-says": said},
    }


def written(folder: Path, *records: dict[str, dict[str, dict[str, Any]]], **claim: Any) -> Path:
    """Write a claim file (JSON is YAML) in `folder`, and return its path; `claim` are more keys of its claim."""
    topic = {"label": "willow tea", "kind": "intervention"}
    works = {"text": "Willow tea relieves headache", "kind": "efficacy", "about": "willow", "intervention": "willow"}
    whole: dict[str, Any] = {"claim-file": 1, "topics": {"willow": topic}}
    whole["claims"] = {"works": {key: value for key, value in (works | claim).items() if value}}
    for each in records:
        for section, found in each.items():
            whole.setdefault(section, {}).update(found)
    path = folder / "case.yaml"
    path.write_text(json.dumps(whole))
    return path


def told(folder: Path, *records: dict[str, dict[str, dict[str, Any]]], **more: Any) -> str:
    """Return the sentence of the claim of a claim file, as `written`, as of 2020."""
    with kg.open() as graph:
        graph.load(written(folder, *records, **more))
        evaluator = Evaluator(graph.store, as_of="2020")
        return evaluator.sentence(evaluator.standings(["works"])[0])


def case(folder: Path, *records: dict[str, dict[str, dict[str, Any]]], claim: str = "works", **more: Any) -> Standing:
    """Return the standing of the claim of a claim file, as `written`."""
    with kg.open() as graph:
        graph.load(written(folder, *records, **more))
        (found,) = Evaluator(graph.store).standings([claim])
        (whole,) = (each for each in Evaluator(graph.store).standings() if each.claim == found.claim)
    assert found == whole, "what bears on a claim is all that its standing needs"
    return found
