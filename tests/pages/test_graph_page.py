"""The page of the graph in a real browser: finding, filtering, permalinks, the keyboard, saving."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from kg.pages.graph import graph_page, network
from kg.pages.options import GraphOptions
from kg.store import MemoryStore
from tests.support.browsing import assert_legible, colours, go, quiet_tab, unguarded, until
from tests.support.browsing import says as said_in
from tests.support.samples import PAYLOADS, argument, assertion, claim, everything, store_of

if TYPE_CHECKING:
    from collections.abc import Iterator

    from playwright.sync_api import Browser, Page

SURGEONS = "the benefits are short term in relation to increase in function and pain relief"


@pytest.fixture(scope="module")
def whole(seed, tmp_path_factory) -> str:
    """The address of the page of the whole seed dataset."""
    file = tmp_path_factory.mktemp("graph") / "whole.html"
    file.write_text(graph_page(seed.store), encoding="utf-8")
    return file.as_uri()


@pytest.fixture(scope="module")
def near(seed, tmp_path_factory) -> str:
    """The address of the page around the surgeons' claim."""
    file = tmp_path_factory.mktemp("graph") / "near.html"
    file.write_text(graph_page(seed.store, options=GraphOptions("short-term")), encoding="utf-8")
    return file.as_uri()


@pytest.fixture
def tab(browser: Browser) -> Iterator[Page]:
    with quiet_tab(browser, reduced_motion="reduce") as page:
        yield page


def says(tab: Page, text: str, part: str = "#g_details") -> None:
    said_in(tab, text, part)


def test_the_page_starts_on_the_disputes_without_a_request_or_an_error(tab, whole):
    go(tab, whole)
    assert tab.locator("h1").count() == 1
    assert tab.locator("html").get_attribute("lang") == "en"
    assert "Massage relieves low back pain" in tab.locator("#g_start").inner_text()
    assert "no medical advice" in tab.locator("footer.page-foot").inner_text()


def test_the_picture_is_painted(tab, whole):
    go(tab, whole)
    assert colours(tab) > 50


def test_find_leads_to_a_node_and_its_quote(tab, whole):
    go(tab, whole)
    tab.fill("#g_find", "Orthopedic and neurosurgeons")
    tab.press("#g_find", "Enter")
    says(tab, SURGEONS)
    assert tab.url.endswith("#surgeons")
    assert tab.evaluate("document.activeElement.id") == "g_panel"


def test_find_says_when_nothing_is_called_so(tab, whole):
    go(tab, whole)
    tab.fill("#g_find", "zinc lozenges")
    tab.press("#g_find", "Enter")
    says(tab, "zinc lozenges", "#g_status")


def test_the_page_around_a_claim_opens_on_it(tab, near):
    go(tab, near)
    says(tab, SURGEONS)
    assert tab.locator("h1").inner_text().startswith("Around “The benefits of massage")


def test_a_permalink_opens_a_node_and_back_and_forward_work(tab, whole):
    go(tab, whole + "#short-term")
    says(tab, "short term", "#g_details h2")
    tab.locator("#g_details a", has_text="nerve and skeletal nature").click()
    says(tab, "nerve and skeletal nature", "#g_details h2")
    tab.go_back()
    says(tab, "short term", "#g_details h2")
    tab.go_forward()
    says(tab, "nerve and skeletal nature", "#g_details h2")


def test_an_assertion_and_an_argument_have_permalinks_too(tab, whole):
    go(tab, whole + "#surgeons-short-term")
    says(tab, SURGEONS)


def test_a_filter_is_part_of_the_address(tab, whole):
    go(tab, whole)
    tab.select_option("#g_who", "surgeons")
    says(tab, "short term")
    assert "who=surgeons" in tab.url
    assert "insomnia" not in tab.locator("#g_details").inner_text()
    address = tab.url
    go(tab, address)
    assert tab.input_value("#g_who") == "surgeons"
    says(tab, "short term")


def test_a_kind_of_line_or_box_can_be_hidden_and_stays_so_after_a_reload(tab, whole):
    go(tab, whole + "#relieves")
    tab.locator("#g_relations label", has_text="challenges").click()
    tab.locator("#g_groups label", has_text="voices").click()
    tab.wait_for_url("**show=**")
    go(tab, tab.url)
    assert not tab.locator("#g_relations label", has_text="challenges").locator("input").is_checked()
    assert not tab.locator("#g_groups label", has_text="voices").locator("input").is_checked()
    assert tab.locator("#g_relations label", has_text="supports").locator("input").is_checked()


BEHIND = """() => {
  const { boxes, lines } = graphDrawn();
  // Liang and Barsky 1984: the part of a segment within a box.
  const runs = (one, two, { x, y, box: [w, h] }, inset) => {
    let [enter, leave] = [0, 1];
    for (const [from, by, low, high] of [[one.x, two.x - one.x, x - w / 2 + inset, x + w / 2 - inset],
                                         [one.y, two.y - one.y, y - h / 2 + inset, y + h / 2 - inset]]) {
      if (by === 0 && (from <= low || from >= high)) return false;
      if (by === 0) continue;
      const times = [(low - from) / by, (high - from) / by].sort((a, b) => a - b);
      [enter, leave] = [Math.max(enter, times[0]), Math.min(leave, times[1])];
    }
    return enter < leave;
  };
  return lines.flatMap((line) => boxes.filter((box) => line.points.some((point, at) =>
    at && runs(line.points[at - 1], point, box, [line.from, line.to].includes(box.id) ? 3 : 0)))
    .map((box) => `${line.from} ${line.kind} ${line.to} behind ${box.key}`));
}"""
LONELY = """() => {
  const { boxes, lines } = graphDrawn();
  const ends = new Set(lines.flatMap(({ from, to }) => [from, to]));
  return boxes.filter(({ id, faded }) => !ends.has(id) && !faded).map(({ key }) => key);
}"""


def turn_to(tab: Page, key: str) -> None:
    tab.evaluate("key => new Promise(done => { location.hash = key; setTimeout(done, 0) })", key)


def test_no_line_runs_behind_a_box_and_no_box_is_without_a_line_in_any_close_up(tab, whole, seed):
    go(tab, whole)
    assert tab.evaluate(BEHIND) == []
    for each in network(seed.store):
        key = each.rpartition("/")[2]
        turn_to(tab, key)
        assert tab.evaluate(BEHIND) == [], key
        assert set(tab.evaluate(LONELY)) <= {key}, key


def test_no_line_runs_behind_a_box_in_the_graph_around_a_claim(tab, near):
    go(tab, near)
    assert tab.evaluate(BEHIND) == []
    assert tab.evaluate(LONELY) == []


def test_a_defender_of_an_inference_ends_at_the_undercut_and_not_at_the_claim(tab, tmp_path):
    turtle = "".join(map(claim, ("c", "trial", "setting", "usual"))) + assertion("says", "c")
    turtle += argument("from-trial", "trial", "Supports", "c")
    turtle += argument("undercut", "setting", "Opposes", "from-trial")
    turtle += argument("defence", "usual", "Opposes", "undercut")
    file = tmp_path / "page.html"
    file.write_text(graph_page(store_of(tmp_path, turtle)), encoding="utf-8")
    go(tab, file.as_uri() + "#c")
    drawn = tab.evaluate("graphDrawn()")
    keys = {box["id"]: box["key"] for box in drawn["boxes"]}
    assert ("usual", "undercut") in {(keys[line["from"]], keys[line["to"]]) for line in drawn["lines"]}
    assert tab.evaluate(BEHIND) == []


@pytest.mark.parametrize(
    ("address", "left_out"),
    [
        ("#nonsense", ["nonsense"]),
        ("#nonsense&topic=zzz", ["nonsense", "topic zzz"]),
        ("#short-term&on=nowhere&who=nobody&source=none", ["on nowhere", "who nobody", "source none"]),
        ("#&view=some&off=cites,yells&show=claim,ghosts&round=1", ["view some", "off yells", "show ghosts", "round"]),
    ],
)
def test_what_the_address_names_and_the_graph_has_not_is_left_out_and_said(tab, whole, address, left_out):
    go(tab, whole + address)
    for words in left_out:
        says(tab, f"“{words}”", "#g_status:visible")
    assert [tab.input_value(f"#g_{field}") for field in ("topic", "who", "source")] == ["", "", ""]
    assert not any(box["faded"] for box in tab.evaluate("graphDrawn().boxes"))
    turn_to(tab, "relieves")
    assert "left out" not in tab.locator("#g_status").inner_text()


def test_a_box_whose_lines_are_all_hidden_fades_and_keeps_its_place(tab, whole):
    go(tab, whole + "#short-term")
    before = tab.evaluate("graphDrawn().boxes.map(box => box.key)")
    tab.locator("#g_relations label", has_text="supports").click()
    until(tab, "graphDrawn().boxes.some((box) => box.faded)")
    boxes = tab.evaluate("graphDrawn().boxes")
    assert {box["key"] for box in boxes if box["faded"]} >= {"surgeons", "muscle-only"}
    assert {box["key"] for box in boxes} <= set(before)
    assert tab.evaluate(LONELY) == []


@pytest.mark.parametrize("key", ["", "#relieves", "#relieves&open=1", "#&topic=massage", "#surgeons&to=amta"])
def test_no_label_is_small_or_lies_on_another(tab, whole, key):
    tab.set_viewport_size({"width": 1440, "height": 900})
    go(tab, whole + key)
    until(tab, "graphDrawn().labels.length > 0")
    assert_legible(tab.evaluate("graphDrawn().labels"))


@pytest.mark.parametrize("width", [1280, 1440])
def test_the_overview_begins_within_its_frame(tab, whole, width):
    tab.set_viewport_size({"width": width, "height": 900})
    go(tab, whole)
    wide, high = tab.evaluate("(({ clientWidth, clientHeight }) => [clientWidth, clientHeight])(g_canvas)")
    until(tab, "graphDrawn().labels.length > 3")
    for x, y in tab.evaluate("graphDrawn().corners"):
        assert 0 <= x <= wide
        assert 0 <= y <= high


def test_each_relation_is_told_apart_without_colour(whole, tab):
    go(tab, whole)
    marks = tab.evaluate(
        """() => [...document.querySelectorAll("#g_relations label")].map((label) => {
        const sign = label.querySelector(".sign");
        return `${sign ? sign.textContent : ""} ${label.querySelector("path").getAttribute("stroke-dasharray")}`; })"""
    )
    assert len(set(marks)) == len(marks) >= 5


def test_a_large_close_up_is_folded_and_unfolds(tab, whole):
    go(tab, whole + "#relieves")
    few = tab.evaluate("graphDrawn().boxes.length")
    tab.click("#g_more")
    until(tab, f"graphDrawn().boxes.length > {few + 10}")
    assert "open=1" in tab.url
    assert tab.locator("#g_more").is_hidden()


@pytest.mark.parametrize(
    ("field", "value"), [("stance", "doubts"), ("standing", "contested"), ("since", "2017"), ("until", "2001")]
)
def test_stance_standing_and_date_filter_too(tab, whole, field, value):
    go(tab, whole)
    tab.evaluate("document.getElementById('g_key').open = true")
    tab.select_option(f"#g_{field}", value)
    tab.wait_for_url(f"**{field}={value}**")
    says(tab, " boxes")
    assert tab.locator("#g_details li").count() > 0
    go(tab, tab.url)
    assert tab.input_value(f"#g_{field}") == value


def test_find_suggests_what_fits(tab, whole):
    go(tab, whole)
    tab.locator("#g_find").press_sequentially("endor")
    tab.wait_for_selector("#g_names option", state="attached")
    assert "endorphin" in tab.locator("#g_names option").first.get_attribute("value")


def test_the_path_between_two_has_an_address(tab, whole):
    go(tab, whole + "#surgeons")
    tab.fill("#g_details .path input", "American Massage Therapy Association")
    tab.press("#g_details .path input", "Enter")
    says(tab, "lines between two")
    assert "to=amta" in tab.url
    drawn = tab.evaluate("graphDrawn()")
    assert len(drawn["lines"]) >= len(drawn["boxes"]) - 1 > 0
    go(tab, tab.url)
    says(tab, "lines between two")


@pytest.mark.parametrize("kind", ["svg", "png"])
def test_the_picture_is_saved(tab, whole, kind):
    go(tab, whole + "#short-term")
    tab.evaluate("document.getElementById('g_key').open = true")
    with tab.expect_download() as waiting:
        tab.click(f"#g_{kind}")
    content = Path(waiting.value.path()).read_bytes()
    assert waiting.value.suggested_filename.endswith(f".{kind}")
    assert content.startswith(b"\x89PNG" if kind == "png" else b"<svg")
    assert len(content) > 5000


def test_a_saved_picture_holds_the_words_and_no_markup_of_the_data(tab, tmp_path):
    from xml.etree import ElementTree

    file = tmp_path / "page.html"
    payload = '<script>hit()</script>"&\u0001\ufffe'
    file.write_text(graph_page(store_of(tmp_path, everything(lambda field: payload))), encoding="utf-8")
    go(tab, file.as_uri() + "#c")
    tab.evaluate("document.getElementById('g_key').open = true")
    with tab.expect_download() as waiting:
        tab.click("#g_svg")
    tree = ElementTree.fromstring(Path(waiting.value.path()).read_text(encoding="utf-8"))
    assert {element.tag.rpartition("}")[2] for element in tree.iter()} <= {"svg", "path", "rect", "text"}
    assert any("hit()" in (element.text or "") for element in tree.iter())


def test_the_graph_of_a_query_opens_whole(tab, tmp_path, seed):
    file = tmp_path / "page.html"
    query = "CONSTRUCT { ?claim hc:about ?topic } WHERE { ?claim hc:about ?topic }"
    file.write_text(graph_page(seed.store, options=GraphOptions(query=query)), encoding="utf-8")
    go(tab, file.as_uri())
    assert "hc:about" in tab.locator("#g_start pre").inner_text()
    turn_to(tab, "insomnia")
    says(tab, "is linked to")
    says(tab, "about")


def test_a_click_on_a_box_opens_it(tab, whole):
    go(tab, whole)
    until(tab, "graphDrawn().labels.length > 3")
    key, x, y = tab.evaluate(
        """() => { const { boxes, corners } = graphDrawn();
        const { left, top } = g_canvas.querySelector("canvas").getBoundingClientRect();
        const middle = (at, axis) => (corners[2 * at][axis] + corners[2 * at + 1][axis]) / 2;
        const places = boxes.map(({ key }, at) => [key, left + middle(at, 0), top + middle(at, 1)]);
        return places.find(([, x, y]) => document.elementFromPoint(x, y)?.tagName === "CANVAS"); }"""
    )
    tab.mouse.click(x, y)
    until(tab, "!g_details.hidden && location.hash.length > 1")
    assert tab.url.endswith(f"#{key}")


def test_the_keyboard_walks_along_the_lines_reads_and_leaves(tab, whole):
    from playwright.sync_api import expect

    go(tab, whole + "#relieves")
    tab.focus("#g_canvas .vis-network")
    tab.keyboard.press("ArrowRight")
    expect(tab.locator("#g_details h2")).not_to_have_text("Massage relieves low back pain")
    tab.keyboard.press("Enter")
    expect(tab.locator("#g_panel")).to_be_focused()
    tab.focus("#g_canvas .vis-network")
    tab.keyboard.press("Escape")
    expect(tab.locator("#g_start")).to_be_visible()


def test_each_node_is_a_link_in_the_table_that_does_what_a_click_does(tab, whole, seed):
    go(tab, whole)
    assert tab.locator("#g_table tbody tr").count() == network(seed.store).number_of_nodes()
    tab.locator("#g_table th a[href='#short-term']").press("Enter")
    says(tab, SURGEONS)


@pytest.mark.parametrize(
    ("page", "width", "scheme"),
    [
        ("whole", 1280, "light"),
        ("near", 1280, "dark"),
        ("near", 390, "light"),
        ("near", 390, "dark"),
        ("whole#relieves", 390, "dark"),
    ],
)
def test_axe_finds_no_violation(tab, whole, near, page, width, scheme):
    from axe_playwright_python.sync_playwright import Axe

    name, _, key = page.partition("#")
    tab.set_viewport_size({"width": width, "height": 844})
    tab.emulate_media(color_scheme=scheme)
    go(tab, unguarded({"whole": whole, "near": near}[name]) + f"#{key or '&'}")
    tab.evaluate("document.querySelectorAll('details').forEach(details => details.open = true)")
    options = {"runOnly": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]}
    results = Axe().run(tab, options=options)
    assert results.violations_count == 0, results.generate_report()


@pytest.mark.parametrize("width", [320, 390, 1280])
def test_the_page_is_no_wider_than_the_screen(tab, whole, width):
    tab.set_viewport_size({"width": width, "height": 844})
    for address in ("", "#relieves", "#trial-401"):
        go(tab, whole + address)
        assert tab.evaluate("document.documentElement.scrollWidth") <= width


def test_on_a_desktop_the_picture_and_its_details_fit_the_screen(tab, whole):
    go(tab, whole + "#relieves")
    stage = tab.locator(".graph-stage").bounding_box()
    assert stage["y"] + stage["height"] <= 900


def test_without_a_script_the_table_says_it_all(browser, whole, seed):
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto(whole)
    text = page.locator("#g_table").inner_text()
    assert SURGEONS in text
    assert "limits" in text
    assert page.locator("#g_bar").is_hidden()
    assert "The picture needs JavaScript" in page.locator("#g_canvas").inner_text()
    context.close()


@pytest.mark.parametrize("payload", PAYLOADS)
def test_no_text_of_the_data_runs(browser, tmp_path, payload):
    hits: list[str] = []
    page = browser.new_page()
    page.expose_function("hit", lambda: hits.append("hit"))
    page.on("dialog", lambda dialog: hits.append(dialog.message))
    file = tmp_path / "page.html"
    store = store_of(tmp_path, everything(lambda field: payload))
    file.write_text(graph_page(store), encoding="utf-8")
    go(page, file.as_uri())
    scripts = page.locator("script:not([type])").count()
    for each in network(store).nodes:
        page.evaluate("key => { location.hash = key }", each.rpartition("/")[2])
        page.wait_for_selector("#g_details h2")
        assert page.locator("script:not([type])").count() == scripts
        assert page.locator("iframe, object, embed, base, form[action], math, img, b[onclick]").count() == 0
        names = page.evaluate("[...document.querySelectorAll('*')].flatMap(e => [...e.attributes].map(a => a.name))")
        assert not [name for name in names if name.startswith("on")]
        links = page.evaluate("[...document.querySelectorAll('[href]')].map(e => e.getAttribute('href'))")
        assert all(link.startswith(("#", "https://", "data:,")) for link in links)
    assert hits == []
    page.close()


def test_it_runs_in_a_notebook_s_sandboxed_frame(tab, tmp_path, seed):
    from kg.pages import Page

    file = tmp_path / "notebook.html"
    file.write_text(Page(graph_page(seed.store, options=GraphOptions("surgeons")))._repr_html_(), encoding="utf-8")
    tab.goto(file.as_uri())
    frame = tab.frames[1]
    frame.wait_for_selector("html[data-ready]")
    says(frame, SURGEONS)


def test_each_button_of_an_empty_graph_can_be_pressed(tab, tmp_path):
    file = tmp_path / "empty.html"
    file.write_text(graph_page(MemoryStore()), encoding="utf-8")
    go(tab, file.as_uri())
    buttons = [button for button in tab.locator("button").all() if button.is_visible()]
    assert len(buttons) >= 3
    for button in buttons:
        button.click()
    with tab.expect_download() as saved:
        tab.locator("#g_png").click()
    assert saved.value.suggested_filename.endswith(".png")
