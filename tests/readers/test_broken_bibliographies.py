"""Bibliographies that are empty, cut, wrongly encoded or hostile are refused with the place, and nothing is loaded."""

from __future__ import annotations

from pathlib import Path

import pytest

import kg
from kg.errors import KgError, UnreadableError
from kg.readers import bibliographies
from kg.readers import xml as elements
from tests.support.publication import BIBTEX, FORMS, JATS, PUBMED, RIS, write


def complaint(path: Path) -> tuple[int, str]:
    """Load a file beside one that is whole; return the exit code and the sentence, and see that nothing was loaded."""
    whole = write(path.parent, "whole.bib", BIBTEX)
    graph = kg.open()
    with pytest.raises(KgError) as caught:
        graph.load(whole, path)
    assert graph.store.graphs() == ()
    assert "\n" not in str(caught.value)
    return caught.value.exit_code, str(caught.value)


@pytest.mark.parametrize("name", ["a.ris", "a.nbib", "a.bib"])
def test_an_empty_file_is_no_bibliography(name: str, tmp_path: Path) -> None:
    assert complaint(write(tmp_path, name, "")) == (
        3,
        f"{tmp_path / name}: no reference in this file; is it empty, or not what its name says?",
    )


@pytest.mark.parametrize("name", ["a.nxml", "a.json", "a.xml"])
def test_an_empty_file_whose_name_alone_does_not_tell_its_kind_is_refused(name: str, tmp_path: Path) -> None:
    path = write(tmp_path, name, "")
    with pytest.raises(UnreadableError) as caught:
        bibliographies.read(path)
    assert str(caught.value).startswith(f"{path}:1: " if name != "a.json" else str(path))


@pytest.mark.parametrize(
    ("name", "line"),
    [
        ("a.ris", 14),
        ("a.nbib", 1),
        ("a.pubmed.xml", 11),
        ("a.nxml", 11),
        ("a.endnote.xml", 6),
        ("a.bib", 3),
        ("a.json", 27),
    ],
)
def test_a_file_that_is_cut_is_refused_with_the_place(name: str, line: int, tmp_path: Path) -> None:
    text = FORMS[name]
    end = {"a.nbib": text.find("LID"), "a.json": text.find("CD001929"), "a.ris": len(text) - 20}
    code, sentence = complaint(write(tmp_path, name, text[: end.get(name, int(len(text) * 0.75))]))
    assert code == 3
    assert sentence.startswith(f"{tmp_path / name}:{line}: "), sentence


@pytest.mark.parametrize("name", [name for name in FORMS if name.endswith(".xml")])
def test_xml_in_another_encoding_than_it_declares_is_refused_with_the_place(name: str, tmp_path: Path) -> None:
    text = FORMS[name].replace("Imamura", "Ímamura")
    code, sentence = complaint(write(tmp_path, name, text.encode("latin-1")))
    line = text[: text.index("Í")].count("\n") + 1
    assert (code, sentence.startswith(f"{tmp_path / name}:{line}: ")) == (3, True), sentence


def test_a_record_without_title_and_identifier_stops_the_load(tmp_path: Path) -> None:
    path = write(tmp_path, "a.ris", RIS + "TY  - JOUR\nAU  - Nobody\nER  - \n")
    code, sentence = complaint(path)
    assert (code, sentence) == (
        1,
        f"{path}:20: this record has neither a title nor an identifier; give it one, or take it out",
    )


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("TY  - JOUR\nTI  - One\nTY  - JOUR\nTI  - Two\nER  - \n", ":1: this record has no ER line before the next"),
        ("AU  - Nobody\nTY  - JOUR\nTI  - One\nER  - \n", ":1: the tag AU stands outside a record"),
    ],
)
def test_records_that_run_into_each_other_are_not_read_as_one(text: str, words: str, tmp_path: Path) -> None:
    assert words in complaint(write(tmp_path, "a.ris", text))[1]


def test_a_line_that_is_no_tag_of_medline_is_refused(tmp_path: Path) -> None:
    assert ":1: neither a tag" in complaint(write(tmp_path, "a.nbib", "<html>\n"))[1]


@pytest.mark.parametrize("bomb", ["xmlbomb.xml", "xmlbomb2.xml", "quadratic.xml", "cyclic.xml", "external.xml"])
def test_a_bomb_of_entities_is_refused_before_it_unfolds(bomb: str, shared: Path, tmp_path: Path) -> None:
    text = (shared / "data" / "hostile" / "defusedxml" / bomb).read_text()
    path = write(tmp_path, "a.nxml", text.replace("<bomb>", "<article>").replace("</bomb>", "</article>"))
    with pytest.raises(UnreadableError, match=r":\d+: this XML declares entities"):
        bibliographies.read(path)


def test_an_entity_that_only_a_doctype_elsewhere_would_declare_is_refused_and_not_fetched(tmp_path: Path) -> None:
    path = write(tmp_path, "a.xml", PUBMED.replace("Massage for", "Massage&nbsp;for"))
    assert ":5: broken XML" in complaint(path)[1]


@pytest.mark.parametrize(("limit", "words"), [("DEEPEST", "nested more than 3 deep"), ("LONGEST", "longer than 0 MiB")])
def test_a_record_that_goes_over_a_limit_is_refused(
    limit: str, words: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(elements, limit, 3)
    monkeypatch.setattr(elements, "CHUNK", 64)
    code, sentence = complaint(write(tmp_path, "a.xml", PUBMED))
    assert (code, words in sentence) == (3, True), sentence


@pytest.mark.parametrize("encoding", ["EUC-JP", "unheard-of", "utf-16"])
def test_xml_in_an_encoding_that_cannot_be_read_is_refused(encoding: str, tmp_path: Path) -> None:
    text = f'<?xml version="1.0" encoding="{encoding}"?>{JATS}'
    code, sentence = complaint(write(tmp_path, "a.nxml", text))
    assert (code, sentence.startswith(f"{tmp_path / 'a.nxml'}:1: ")) == (3, True), sentence


def test_nesting_outside_any_record_is_limited_too(tmp_path: Path) -> None:
    with pytest.raises(UnreadableError, match="nested more than 200 deep"):
        bibliographies.read(write(tmp_path, "a.xml", "<a>" * 100_000))


def test_json_that_is_nested_too_deep_or_is_no_list_of_items_is_refused(tmp_path: Path) -> None:
    for text, words in (
        ('[{"issued": ' + "[" * 100_000, "nested too deep"),
        ('[{"issued": 1}, 2]', ":1: this is no item"),
    ):
        assert words in complaint(write(tmp_path, "a.json", text))[1]
