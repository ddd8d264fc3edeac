"""Style sheets are made smaller without a change of what they say."""

from __future__ import annotations

import pytest

from kg.pages.base.styles import compact, fitting


@pytest.mark.parametrize(
    ("css", "small"),
    [
        ("/* a */\n/* b */ a { color: red; }\n", "a{color:red}"),
        ("a :hover, b > c { margin: 0 calc(1px + 2px) }", "a :hover,b>c{margin:0 calc(1px + 2px)}"),
        ('a::before { content: " /* } ; */ "; }', 'a::before{content:" /* } ; */ "}'),
        ('a { content: "\\" , b"; }', 'a{content:"\\" , b"}'),
        ("@media (max-width: 9rem) { a { top: 0; } }", "@media (max-width:9rem){a{top:0}}"),
    ],
)
def test_only_comments_and_spare_spaces_go(css, small):
    assert compact(css) == small


@pytest.mark.parametrize(
    ("css", "left"),
    [
        (".a{top:0}.b{top:1px}p{top:2px}", ".a{top:0}p{top:2px}"),
        (".b,.a .c,.a{top:0}", ".a{top:0}"),
        ("@media print{.b{top:0}}@media screen{.a{top:0}}", "@media screen{.a{top:0}}"),
        (":is(.a,.b),.b:not(.a){top:0}", ":is(.a,.b){top:0}"),
        (".a:not(.b)[href$='.b']{top:0}", ".a:not(.b)[href$='.b']{top:0}"),
        ("p{top:0}p>em{top:1px}p,.a em{top:2px}:root em:hover{top:3px}", "p{top:0}p{top:2px}"),
        (":root{--x:1px;--y:2px}.a{top:var(--x)}", ":root{--x:1px}.a{top:var(--x)}"),
    ],
)
def test_a_rule_stays_if_it_can_match_something_on_the_page(css, left):
    assert fitting(css, {"a", "p"}) == left
