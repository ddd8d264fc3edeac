"""Premises that do not affirm their claim: every view says so, and none shows the claim as if it were put forward."""

from __future__ import annotations

import re
from collections import Counter

import pytest

from kg.model.cards import dispute
from kg.namespaces import PREFIXES
from kg.pages import view
from kg.pages.base.html import anchor
from kg.pages.claim.diagram import diagram
from kg.pages.graph import network
from kg.pages.graph.page import render
from kg.pages.graph.page_data import PageData
from kg.pages.overview.dataset_columns import KINDS, SHARES, columns
from kg.pages.overview.page import overview_page
from kg.pages.terminal import render as show
from tests.support.browsing import go, quiet_tab
from tests.support.samples import argument, assertion, claim, node, store_of

VERBS = {
    "Denies": "denies",
    "Doubts": "doubts",
    "NoEvidence": "finds no evidence for",
    "Inconclusive": "looks and cannot tell of",
    None: "says something of",
}
DIRECTIONS = {"Supports": "supports", "Opposes": "opposes", None: "bears on"}
OTHER = "Massage harms"
EVERY = pytest.mark.parametrize("direction", ["Supports", "Opposes"])
STANCES = pytest.mark.parametrize("stance", list(VERBS))


def said(name: str, of: str, stance: str | None) -> str:
    """Return an assertion as Turtle; None for one that does not say its stance."""
    turtle = assertion(name, of, stance or "Affirms")
    return turtle if stance else turtle.replace("hc:stance hc:Affirms ;", "")


def turtle_of(stance: str | None, direction: str | None, of: str = "p") -> str:
    """Return a claim `:c`, and an argument toward it that rests on somebody's stance on `of`."""
    argued = argument("g", "said", direction or "Supports", "c")
    argued = argued if direction else argued.replace("hc:direction hc:Supports ;", "")
    return claim("c", "Massage helps") + claim("p", OTHER) + said("said", of, stance) + argued


def plain(html: str) -> str:
    """Return the words of a page, as one text."""
    return " ".join(re.sub(r"<[^>]+>", " ", html).split()).replace(" :", ":")


@EVERY
@STANCES
def test_the_drawing_its_table_and_the_cards_of_a_claim_say_the_stance(tmp_path, stance, direction):
    store = store_of(tmp_path, turtle_of(stance, direction))
    (box,) = (box for box in diagram(dispute(store, node("c")), lambda iri: anchor(iri.value)).boxes if box.sign)
    assert " ".join(text for text, style in box.lines if style == "say") == f"{VERBS[stance]}: {OTHER}"
    html = str(view(store, node("c").value))
    assert plain(html).count(f"{VERBS[stance]}: {OTHER}") == 3


@EVERY
@STANCES
def test_a_brief_page_says_the_stance(tmp_path, stance, direction):
    many = "".join(assertion(f"a{at:02}", "c") for at in range(13))
    html = str(view(store_of(tmp_path, turtle_of(stance, direction) + many), node("c").value))
    assert "told in brief" in html
    drawn, _, cards = html.partition("<svg")[2].partition("</svg>")
    assert plain(drawn).count(f"{VERBS[stance]}: ") == 1
    assert plain(cards).count(f"{VERBS[stance]}: {OTHER}") == 1


@pytest.mark.parametrize("direction", ["Supports", "Opposes", "Qualifies"])
def test_what_finds_no_evidence_for_the_page_s_own_claim_says_so_whatever_it_is_put_forward_for(tmp_path, direction):
    html = str(view(store_of(tmp_path, turtle_of("NoEvidence", direction, of="c")), node("c").value))
    for part in html.partition("<svg")[2].partition("</svg>")[::2]:
        assert "finds no evidence for" in plain(part)


@EVERY
@STANCES
def test_the_terminal_says_the_stance(tmp_path, stance, direction):
    again = argument("h", "said", "Opposes", "g") + argument("k", "said", "Opposes", "c")
    text = show(dispute(store_of(tmp_path, turtle_of(stance, direction) + again), node("c")))
    assert text.count(OTHER) == text.count(f"{VERBS[stance]}: {OTHER}") > 1


def test_a_doubt_is_drawn_under_what_is_against_the_claim_with_the_answers_to_it(tmp_path):
    turtle = claim("c") + claim("p") + assertion("no", "c", "Denies") + assertion("doubt", "c", "Doubts")
    store = store_of(tmp_path, turtle + argument("answer", "p", "Opposes", "doubt"))
    drawn = diagram(dispute(store, node("c")), lambda iri: anchor(iri.value))
    boxes = {box.key.removeprefix("x-"): box for box in drawn.boxes}
    assert boxes["no"].x == boxes["doubt"].x < boxes["answer"].x
    assert boxes["no"].y + boxes["no"].height < boxes["doubt"].y
    assert {"doubts", "opposes", "undercuts"} <= {edge.relation for edge in drawn.edges}
    assert "Doubting" in {heading.text for heading in drawn.headings}


def test_many_against_and_many_in_doubt_of_a_claim_have_a_line_each(tmp_path):
    said_so = "".join(assertion(f"{stance}{at}", "c", stance) for stance in ("Denies", "Doubts") for at in range(15))
    drawn = diagram(dispute(store_of(tmp_path, claim("c") + said_so), node("c")), lambda iri: anchor(iri.value))
    assert sorted(edge.relation for edge in drawn.edges if edge.ends) == ["doubts", "opposes"]
    rest = {box.key for box in drawn.boxes if box.lines[0][0] == "and 3 more, in the list below"}
    assert rest == {"con", "doubts"}


@STANCES
def test_a_premise_that_a_page_has_shown_already_keeps_its_stance(tmp_path, stance):
    twice = argument("h", "said", "Opposes", "g") + argument("k", "said", "Opposes", "c")
    html = str(view(store_of(tmp_path, turtle_of(stance, "Supports") + twice), node("c").value))
    cards = plain(html.partition('class="cards"')[2])
    assert cards.count(OTHER) == cards.count(f"{VERBS[stance]}: {OTHER}") >= 3


@STANCES
def test_the_reading_view_says_the_stance_of_what_answers_a_claim(tmp_path, stance):
    article = ':article a hc:Source ; dcterms:title "Article" ; schema:text "Massage helps" .\n'
    own = assertion("own", "c", extra="; hc:source :article")
    html = str(view(store_of(tmp_path, turtle_of(stance, "Opposes") + article + own), kind="reading"))
    assert f"opposes, from said speaker: {VERBS[stance]}: {OTHER}" in plain(html)


@pytest.mark.parametrize("direction", list(DIRECTIONS))
@STANCES
def test_the_graph_draws_no_claim_as_put_forward_that_is_not_affirmed(tmp_path, stance, direction):
    graph = network(store_of(tmp_path, turtle_of(stance, direction)))
    ends = {
        (graph.nodes[start]["id"], data["kind"], graph.nodes[end]["id"]) for start, end, data in graph.edges(data=True)
    }
    relation = (direction or "direction not stated").lower()
    remarks = {"NoEvidence": "no evidence", "Inconclusive": "inconclusive"}
    if direction and (stance in remarks or (stance, direction) == ("Doubts", "Opposes")):
        relation = (remarks | {"Doubts": "doubts"})[stance]  # as the rule of a dispute counts it
    verb = {**remarks, None: "stance not stated"}.get(stance, (stance or "").lower())
    assert {("said", verb, "p"), ("said", relation, "c")} <= ends
    assert not [each for each in ends if each[0] == "p"]
    assert graph.nodes[node("said").value]["text"] == f"{VERBS[stance]}: {OTHER}"
    html = plain(render(PageData(graph, PREFIXES)))
    verbs = {"no evidence": "finds no evidence for", "doubts": "doubts", "inconclusive": VERBS["Inconclusive"]}
    assert f"{verbs.get(relation, DIRECTIONS[direction])} Massage helps" in html
    assert f"{VERBS[stance]} {OTHER}" in html


@STANCES
def test_an_inference_of_the_graph_says_the_stance_of_its_premise(tmp_path, stance):
    graph = network(store_of(tmp_path, turtle_of(stance, "Supports") + argument("u", "p", "Opposes", "g")))
    words = f"“{VERBS[stance]}: {OTHER}” supports “Massage helps”"
    assert graph.nodes[node("g").value]["text"] == words


def test_what_states_no_stance_or_no_direction_is_drawn_on_neither_side_in_a_style_of_its_own(tmp_path):
    answered = argument("u", "p", "Opposes", "g") + argument("v", "p", "Opposes", "said")
    store = store_of(tmp_path, turtle_of(None, None) + answered)
    drawn = PageData(network(store), PREFIXES)
    data = drawn.data()
    assert {data["looks"][kind]["colour"] for kind in ("stance not stated", "direction not stated")} == {"unstated"}
    for name, relation in (("g", "direction not stated"), ("said", "stance not stated")):
        assert data["cards"][drawn.ids[node(name).value]]["relation"] == relation
    assert drawn.tallies[node("c").value] == {}
    table = plain(render(drawn).partition('id="g_table"')[2].partition("</table>")[0])
    assert "… bears on Massage helps" in table
    assert not re.search("affirms|supports", table)


def test_an_argument_to_the_other_side_than_its_premise_is_drawn_beside_it(tmp_path):
    graph = network(store_of(tmp_path, turtle_of("Denies", "Supports", of="c")))
    kinds = sorted(data["kind"] for start, _, data in graph.edges(data=True) if start == node("said").value)
    assert kinds == ["denies", "supports"]


@EVERY
@STANCES
def test_an_argument_of_the_overview_is_of_the_kind_that_is_counted(tmp_path, stance, direction):
    found = columns(store_of(tmp_path, turtle_of(stance, direction)))
    counted = {share: sum(found.claims[share]) for share in SHARES} | {"direction not stated": 0}
    # The claim that it rests on has a line of its own.
    remarks = {"NoEvidence": "no evidence", "Inconclusive": "inconclusive"}
    on_other = {"Denies": "opposes", "Doubts": "doubts", **remarks}.get(stance)
    kind = KINDS[found.lines["kind"][0]]
    assert {share: number for share, number in counted.items() if number} == Counter(filter(None, (kind, on_other)))


@pytest.mark.parametrize("direction", list(DIRECTIONS))
@STANCES
def test_the_overview_and_its_table_say_the_stance(tmp_path, stance, direction):
    found = columns(store_of(tmp_path, turtle_of(stance, direction)))
    assert found.lines["by"] == [-1]
    html = plain(overview_page(found))
    assert f"{VERBS[stance]}: {OTHER}" in html
    inverse = {"Supports": "is supported by", "Opposes": "is opposed by", None: "is borne on by"}
    assert f"{inverse[direction]} {VERBS[stance]}: {OTHER}" in html


@pytest.mark.parametrize("direction", list(DIRECTIONS))
@STANCES
def test_the_close_up_of_the_overview_says_the_stance_in_box_name_and_details(browser, tmp_path, stance, direction):
    file = tmp_path / "page.html"
    html = overview_page(columns(store_of(tmp_path, turtle_of(stance, direction))))
    file.write_text(html, encoding="utf-8")
    with quiet_tab(browser) as tab:
        go(tab, f"{file.as_uri()}#c")
        box = tab.locator("#o_closeup svg a", has_text=VERBS[stance])
        assert OTHER in " ".join(box.locator("text").all_text_contents())
        label = box.get_attribute("aria-label")
        assert label.startswith(f"{DIRECTIONS[direction]}: {VERBS[stance]}: {OTHER}")
        details = " ".join(tab.locator("#o_details").inner_text().split())
        assert f"{DIRECTIONS[direction]} {VERBS[stance]}: {OTHER}" in details
        go(tab, f"{file.as_uri()}#p")
        assert "It is held for or against" not in tab.locator("#o_details").inner_text()


@STANCES
def test_the_timeline_and_the_reading_view_leave_open_what_is_not_stated(tmp_path, stance):
    article = ':article a hc:Source ; dcterms:title "Article" ; dcterms:date "2015" ; schema:text "Massage helps" .\n'
    turtle = claim("c", "Massage helps") + said("own", "c", stance).replace(" .\n", " ; hc:source :article .\n", 1)
    store = store_of(tmp_path, turtle + article)
    past = {"Denies": "denied", "Doubts": "doubted", "NoEvidence": "found no evidence for"}
    past |= {"Inconclusive": "looked and could not tell of"}
    counted = {
        "Denies": "1 denying",
        "Doubts": "1 doubting",
        "NoEvidence": "1 finding no evidence",
        "Inconclusive": "1 inconclusive",
        None: "1 stance not stated",
    }[stance]
    timeline = plain(str(view(store, kind="timeline")))
    assert f"own speaker {past.get(stance, 'said something of')}: Massage helps" in timeline
    assert counted in timeline
    assert f"own speaker {VERBS[stance]} Massage helps" in plain(str(view(store, kind="reading")))
