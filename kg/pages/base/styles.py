"""Style sheets as small as one page needs them: no comments, no spare spaces, no rule that nothing on it can match."""

from __future__ import annotations

import re
from functools import cache

_STRING = r'"[^"\\]*(?:\\.[^"\\]*)*"'
_COMMENT = re.compile(rf"({_STRING})|/\*.*?\*/", re.DOTALL)
_SPACE = re.compile(rf"({_STRING})|\s*([{{}};,>])\s*|(?<=:)\s+|(\s+)")
_RULE = re.compile(r"([^{}]+)\{((?:[^{}]|\{[^{}]*\})*)\}")
_NAME = re.compile(r"(?:^|[\s>+~.])(-?[A-Za-z_][\w-]*)")
"""A class or an element, in a selector without brackets."""
_COMMA = re.compile(r",(?![^(]*\))")
_BRACKETS = re.compile(r"\([^()]*\)|\[[^\]]*\]")
"""What stands in them may be a choice, or what must not be: it takes no rule away."""
_VARIABLE = re.compile(r"(?<=[{;])(--[\w-]+):[^;}]*;?")


@cache
def compact(css: str) -> str:
    """Return a style sheet without comments and without the spaces that mean nothing (CSS Syntax 3, 4 and 5)."""
    bare = _COMMENT.sub(lambda match: match[1] or "", css)
    return _SPACE.sub(lambda match: match[1] or match[2] or (" " if match[3] else ""), bare).replace(";}", "}").strip()


def fitting(css: str, words: set[str]) -> str:
    """Return the rules of `compact` CSS whose classes and elements are all in `words`, with the variables they read.

    `words` are the names and classes of the page's elements, and those that its scripts may make or set.
    """
    chosen = _rules(css, words)
    read = set(re.findall(r"var\((--[\w-]+)", chosen))
    slim = _VARIABLE.sub(lambda match: match[0] if match[1] in read else "", chosen)
    return slim.replace(";}", "}")


def _rules(css: str, words: set[str]) -> str:
    return "".join(_rule(prelude, body, words) for prelude, body in _RULE.findall(css))


def _rule(prelude: str, body: str, words: set[str]) -> str:
    if prelude.startswith("@"):
        inner = _rules(body, words) if "{" in body else body
        return f"{prelude}{{{inner}}}" if inner else ""
    matching = [part for part in _COMMA.split(prelude) if words.issuperset(_NAME.findall(_BRACKETS.sub("", part)))]
    return f"{','.join(matching)}{{{body}}}" if matching else ""
