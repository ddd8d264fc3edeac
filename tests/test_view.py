from __future__ import annotations

import pytest

from kg.errors import NotFoundError, UsageError
from kg.views import View, view


def test_a_view_is_its_html_and_can_be_saved(seed, tmp_path):
    page = view(seed.store, "relieves")
    page.save(tmp_path / "page.html")
    assert (tmp_path / "page.html").read_text(encoding="utf-8") == str(page)


def test_a_notebook_shows_a_view_in_a_frame_of_its_own():
    frame = View('<p title="a">&</p>')._repr_html_()
    assert 'srcdoc="&lt;p title=&quot;a&quot;&gt;&amp;&lt;/p&gt;"' in frame
    assert 'sandbox="allow-scripts"' in frame


def test_a_page_needs_a_claim(seed):
    with pytest.raises(UsageError, match="which claim"):
        view(seed.store)


def test_an_unknown_kind_of_view_is_refused(seed):
    with pytest.raises(UsageError, match="page or graph"):
        view(seed.store, "relieves", kind="poster")


def test_a_node_that_is_no_claim_has_no_page(seed):
    with pytest.raises(NotFoundError, match="no claim"):
        view(seed.store, "amta")
