"""Making of a page, the one way: every text escaped, everything inside the file, nothing runs that we did not write.

Use: `page("graph/page.html", title="T", styles=(asset("graph/page.css"),), scripts=(asset("graph/page.js"),), **data)`
returns the whole HTML file.  The template extends base/base.html and fills its blocks; the Content-Security-Policy
names the SHA-256 of each script and of the one style sheet, so no other runs.  Hence in templates: no `style="..."`,
no `onclick="..."`, no <script> or <style> of their own.  A library that writes styles itself needs `free_styles=True`.
Data for a script goes into the page as `{{ data_block("graph-data", value) }}`, read with
`JSON.parse(document.getElementById("graph-data").textContent)`.
Filters: `{{ iri | web }}` is the address if it is http(s), else None (`nearby`: or a relative path of ours);
`{{ iri | anchor }}` a safe fragment id.
`lang` other than the page's: `<q{{ text | lang }}>`.
"""

from __future__ import annotations

import base64
import gzip
import hashlib
import io
import json
import re
import tarfile
from collections import Counter
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any
from urllib.parse import quote as percent_encode
from urllib.parse import urlsplit

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from markupsafe import Markup, escape

from kg.namespaces import local_name, shrink
from kg.pages.base import palette

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

_PAGES = Path(__file__).parents[1]
_UNSAFE_IN_JSON = {ord(character): f"\\u{ord(character):04x}" for character in "<>&\u2028\u2029"}
_LANGUAGE = re.compile(r"[A-Za-z]{1,8}(-[A-Za-z0-9]{1,8})*")
_RELATIVE = re.compile(r"[A-Za-z0-9._~-]+(/[A-Za-z0-9._~-]+)*(#[A-Za-z0-9._-]+)?")
_PLAIN = "/:;,.()[]{}@=+*!?$~_-|"
"""Characters that may stand in a data: address as they are, beside letters and digits."""
_POLICY, _SHEET = "%policy%", "%sheet%"
"""Places of the policy and the style sheet in base.html: both depend on all the rest."""
_LOCAL = re.compile(r"[a-z0-9]+(?:[-.][a-z0-9]+)*")

_STRING = r'"[^"\\]*(?:\\.[^"\\]*)*"'
_COMMENT = re.compile(rf"({_STRING})|/\*.*?\*/", re.DOTALL)
_SPACE = re.compile(rf"({_STRING})|\s*([{{}};,>])\s*|(?<=:)\s+|(\s+)")
_RULE = re.compile(r"([^{}]+)\{((?:[^{}]|\{[^{}]*\})*)\}")
_NAME = re.compile(r"(?:^|[\s>+~.])(-?[A-Za-z_][\w-]*)")
"""A class or an element, in a selector without brackets."""
_COMMA = re.compile(r",(?![^(]*\))")
_BRACKETS = re.compile(r"\([^()]*\)|\[[^\]]*\]")
"""Arguments of a pseudo-class, which may be choices or a negation: they take no rule away."""
_VARIABLE = re.compile(r"(?<=[{;])(--[\w-]+):[^;}]*;?")


def page(
    template: str,
    *,
    title: str,
    styles: Iterable[str] = (),
    scripts: Iterable[str] = (),
    free_styles: bool = False,
    slim: bool = False,
    **values: Any,
) -> str:
    """Return the HTML of `template`, one file that needs nothing else.

    `styles` and `scripts` are texts, put in after those of every page, in this order; `values` are what the template
    names.  Jinja's UndefinedError if the template names one that is not given.  With `slim` only those rules of the
    styles stay whose elements and classes are on the page or words of its scripts: not for one that makes up names.
    """
    sheet = _lines("\n".join((palette.css(), asset("base/base.css"), *styles))).replace("</style", "<\\/style")
    script_texts = [_script(text) for text in scripts]
    rendered = (
        environment()
        .get_template(template)
        .render(values, title=title, scripts=[Markup(text) for text in script_texts])  # noqa: S704 -- our own files
    )
    if slim:
        sheet = fitting(compact(sheet), _words(rendered, script_texts))
    policy = _policy(["'unsafe-inline'"] if free_styles else [_hash(sheet)], map(_hash, script_texts))
    # The first of each is the frame's own: nothing of the data stands before it.
    whole = rendered.replace(_POLICY, escape(policy), 1).replace(_SHEET, sheet, 1)
    return whole.rstrip("\n") + "\n"


def _words(html: str, scripts: Iterable[str]) -> set[str]:
    """Return the elements and classes on a page, and every word of its scripts: those may make or set one."""
    texts = [*re.findall(r'<([a-z][a-z0-9]*)|class="([^"]*)"', html), scripts]
    return {word for text in texts for each in text for word in re.findall(r"[\w-]+", each)}


@cache
def environment() -> Environment:
    """Return the Jinja environment of all views: autoescape always on, an undefined name is an error."""
    jinja = Environment(
        loader=FileSystemLoader(_PAGES, encoding="utf-8"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=False,
    )
    jinja.filters.update(web=web, nearby=nearby, anchor=anchor, lang=lang, exactly=exactly)
    jinja.globals.update(data_block=data_block, relations=palette.RELATIONS, kinds=palette.KINDS)
    return jinja


@cache
def asset(name: str) -> str:
    """Return the text of a file of a page's folder, such as "graph/page.css"."""
    return (_PAGES / name).read_text(encoding="utf-8")


def web(address: str | None) -> str | None:
    """Return `address` if a reader may follow it (http or https, with a host, printable), else None."""
    if not address or any(character.isspace() or not character.isprintable() for character in address):
        return None
    try:
        parts = urlsplit(address)
    except ValueError:
        return None
    return address if parts.scheme.lower() in ("http", "https") and parts.hostname else None


def nearby(address: str | None) -> str | None:
    """Return `address` if it is `web`, or a plain relative path such as "relieves.html#map", else None."""
    return address if address and _RELATIVE.fullmatch(address) else web(address)


def download(media_type: str, text: str) -> str:
    """Return a data: address (RFC 2397) that holds `text` as UTF-8, for a link with `download`: a file in the page.

    `media_type` is a word of ours, and one that no browser runs.
    """
    return f"data:{media_type};charset=utf-8,{percent_encode(text, safe=_PLAIN)}"


def archive(files: Mapping[str, str]) -> str:
    """Return a data: address that holds `files` (name -> text) as a tar archive (POSIX ustar), gzipped (RFC 1952).

    The same files give the same bytes: no owner and no time is in it.
    """
    buffer = io.BytesIO()
    with gzip.GzipFile("", "wb", 9, buffer, mtime=0) as packed, tarfile.open(None, "w", packed) as tar:
        for name, text in files.items():
            member = tarfile.TarInfo(name)
            content = text.encode()
            member.size = len(content)
            tar.addfile(member, io.BytesIO(content))
    return f"data:application/gzip;base64,{base64.b64encode(buffer.getvalue()).decode()}"


def anchor(iri: str) -> str:
    """Return the fragment id of `iri`: "x-" and its short id if that is plain, else "x-" and a digest of the IRI.

    Never the data's own text: an id that a stranger chose could shadow one of ours.
    """
    local = re.split(r"[/#]", iri)[-1]
    return f"x-{local if _LOCAL.fullmatch(local) else hashlib.sha256(iri.encode()).hexdigest()[:12]}"


def address_keys(nodes: Sequence[str], prefixes: Mapping[str, str]) -> dict[str, str]:
    """Return what stands for each node in an address: its short id, or its CURIE where two share one."""
    counts = Counter(map(local_name, nodes))
    return {node: name if counts[name := local_name(node)] == 1 else shrink(node, dict(prefixes)) for node in nodes}


def lang(text: object) -> Markup:
    """Return ` lang="..."` for a text whose `language` is a well-formed tag (BCP 47) and not English, else nothing."""
    language = getattr(text, "language", text)
    if not isinstance(language, str) or not _LANGUAGE.fullmatch(language) or language.lower().split("-")[0] == "en":
        return Markup("")
    return Markup(' lang="{}"').format(language)


def exactly(text: str) -> Markup:
    """Return `text` escaped such that the HTML parser gives back every character, a carriage return too."""
    return escape(text).replace("\r", Markup("&#13;"))


def data_block(element_id: str, value: object) -> Markup:
    """Return a <script type="application/json"> that holds `value`; it never runs, and cannot end before its end."""
    text = json.dumps(value, ensure_ascii=False, separators=(",", ":")).translate(_UNSAFE_IN_JSON)
    json_text = Markup(text)  # noqa: S704 -- no <, > or & is left in it
    return Markup('<script type="application/json" id="{}">{}</script>').format(element_id, json_text)


def _policy(styles: Iterable[str], scripts: Iterable[str]) -> str:
    return "; ".join(
        (
            "default-src 'none'",
            f"script-src {' '.join(scripts) or chr(39) + 'none' + chr(39)}",
            f"style-src {' '.join(styles)}",
            "img-src data:",
            "base-uri 'none'",
            "form-action 'none'",
        )
    )


def _hash(text: str) -> str:
    """Return the CSP source of an inline script or style (CSP 3, 6.7.2.3): what stands between the tags, as UTF-8."""
    return f"'sha256-{base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()}'"


def _script(text: str) -> str:
    """Return `text` such that the HTML parser reads it to its end: both are the same in a string, regex or template."""
    text = re.sub(r"</(?=script)", r"\\x3c/", _lines(text), flags=re.IGNORECASE)
    return text.replace("<!--", r"\x3c!--")


def _lines(text: str) -> str:
    # The HTML parser reads \r\n as \n; the hash must be of what it reads.
    return text.replace("\r\n", "\n").replace("\r", "\n")


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
    return _inlined(slim.replace(";}", "}"))


def _rules(css: str, words: set[str]) -> str:
    return "".join(_rule(prelude, body, words) for prelude, body in _RULE.findall(css))


def _rule(prelude: str, body: str, words: set[str]) -> str:
    if prelude.startswith("@"):
        inner = _rules(body, words) if "{" in body else body
        return f"{prelude}{{{inner}}}" if inner else ""
    matching = [part for part in _COMMA.split(prelude) if words.issuperset(_NAME.findall(_BRACKETS.sub("", part)))]
    return f"{','.join(matching)}{{{body}}}" if matching else ""


def _inlined(css: str) -> str:
    """Return CSS with the value in place of each variable that its first rule declares, nothing else, and one reads."""
    first = re.match(r":root\{[^}]*", css)
    for name, value in re.findall(r"(--[\w-]+):([^;]*)", first[0]) if first else ():
        if css.count(f"{name}:") == 1 and css.count(f"var({name})") == css.count(f"({name}") == 1:
            css = re.sub(rf"{name}:[^;}}]*(;|(?=}}))", "", css, count=1).replace(f"var({name})", value)
    return css.replace(";}", "}").removeprefix(":root{}")
