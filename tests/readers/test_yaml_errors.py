"""Slips of the pen in a claim file are told where they were made, with what was probably meant."""

from __future__ import annotations

import pytest

from kg.errors import UnreadableError
from kg.readers import suggestions
from kg.readers.claim_files.yaml import parse


@pytest.mark.parametrize(
    ("lines", "place"),
    [
        (['a: {x: "one, b: c}', 'd: {e: "two", f: g}'], (2, 10)),
        (['a: {x: "one, b: c}', "d: {e: two}", 'f: "three"'], (2, 10)),
        (['a: [one, "two]', 'b: ["three", four]'], (2, 12)),
        (["a: 'one", "b: it's two"], (2, 6)),
        (['a: "one', "b: two"], (2, 6)),
        (["a: one", 'b: "one', 'c: "two: three"'], (3, 6)),
    ],
)
def test_a_quotation_mark_that_was_never_closed_is_pointed_to_where_it_was_opened(
    lines: list[str], place: tuple[int, int]
) -> None:
    text = "\n  ".join(["top:", *lines]) + "\n"
    with pytest.raises(UnreadableError, match=rf"^f:{place[0]}:{place[1]}: not valid YAML: a quotation mark is opened"):
        parse("f", text)


@pytest.mark.parametrize(
    ("line", "told"),
    [
        ("a: {quote: Coffee: protects}", "1:18: not valid YAML: a colon and a space inside plain text"),
        ("a: {n: 1, x: 'b: c', y: Tea: hot, z: 2}", "1:28: not valid YAML: a colon and a space inside plain text"),
        ("a: [x: y: z]", "1:9: not valid YAML: a colon and a space inside plain text"),
        ("a: {x: y\nb: c}", "2:2: not valid YAML: a mapping in { } lacks its comma"),
        ("a: {x: 'y' b: c}", "1:12: not valid YAML: text after a closing quotation mark"),
        ('a: "wrapped\n  text" b', "2:9: not valid YAML: text after a closing quotation mark"),
    ],
)
def test_what_stands_wrongly_inside_braces_is_named(line: str, told: str) -> None:
    with pytest.raises(UnreadableError) as error:
        parse("f", line)
    assert str(error.value).startswith(f"f:{told}")


@pytest.mark.parametrize(
    ("word", "meant"),
    [
        ("deny", "denies"),
        ("denied", "denies"),
        ("doubt", "doubts"),
        ("cohort", "cohort study"),
        ("mech", "mechanistic study"),
        ("case", None),
        ("none", None),
        ("no", None),
    ],
)
def test_a_slip_is_known_by_its_letters_or_its_stem(word: str, meant: str | None) -> None:
    words = ["denies", "doubts", "no evidence", "cohort study", "mechanistic study", "case series", "case report form"]
    assert suggestions.nearest(word, words) == meant
