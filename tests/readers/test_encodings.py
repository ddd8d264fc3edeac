"""The encodings of text files: Windows-1252 before its neighbours, a guess that is told, and a way to state one."""

# ruff: noqa: RUF001 -- letters that look like others are the subject

from __future__ import annotations

from contextlib import suppress
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

import kg
from kg.errors import KgError, UnreadableError, UsageError
from kg.load import sources
from kg.readers import encodings

if TYPE_CHECKING:
    from pathlib import Path

MAPPING = "mapping-file: 1\nclaim: Claim\nstance: Verdict\nagent: Who\n"


def table(who: str) -> str:
    return f"Claim,Verdict,Who\nGinger settles the stomach,affirms,{who}\nGinger cures colds,denies,Team East\n"


@pytest.mark.parametrize(
    ("words", "encoding"),
    [
        *((words, "windows-1252") for words in ("Ibáñez", "Bjørn", "Groß", "naïve – it’s", "¿por qué?", "25 ºC")),
        *((words, "windows-1252") for words in ("5 µg", "Håkan", "3 m³", "Núñez & Sønderby & Weiß")),
        *((words, "windows-1250") for words in ("příliš žhavý čaj", "Łódź", "erős fű", "čaj za đaka")),
        *((words, "windows-1251") for words in ("Имбирь", "Імбир корисний")),
        ("zencefil çayı iğne şart", "windows-1254"),
        ("生姜は体に良い", "shift_jis"),
    ],
)
def test_a_guess_is_windows_1252_unless_the_letters_speak_for_another(
    tmp_path: Path, words: str, encoding: str
) -> None:
    path = tmp_path / "t.csv"
    path.write_bytes(table(words).encode(encoding))
    found = encodings.encoding(path)
    assert encodings.called(found.name) == encoding
    assert encodings.text_of(path) == table(words)
    assert found.guess
    assert f"read as {encoding}, which is a guess" in found.guess.message


@given(st.lists(st.sampled_from("xñøßåéçüâ’–"), min_size=1))
def test_any_text_of_western_letters_is_read_as_it_was_written(letters: list[str]) -> None:
    text = " ".join(f"a{letter}" for letter in letters)
    content = text.encode("cp1252")
    name = encodings._one_byte(content)
    assert name
    assert content.decode(name) == text


FILES = {
    "a.ris": "TY  - JOUR\nTI  - Jengibre y niños\nAU  - Ibáñez, L\nER  - \n",
    "a.bib": "@article{a, title = {Jengibre y niños}, author = {Ibáñez, L}}\n",
    "a.nbib": "PMID- 1234567\nTI  - Jengibre y niños\nFAU - Ibáñez, L\nSO  - Rev 2001\n",
    "a.json": '[{"type": "article-journal", "title": "Jengibre y niños", "issued": {"raw": "2001"}}]',
    "a.yaml": "claim-file: 1\nclaims:\n  a: {text: Jengibre y niños, kind: efficacy}\n",
    "a.html": '<script type="application/ld+json">{"@type": "ClaimReview", "claimReviewed": "Jengibre y niños", '
    '"url": "https://example.org/a"}</script>',
}


@pytest.mark.parametrize("name", FILES)
def test_a_guess_is_told_at_every_load_with_the_words_it_matters_for(tmp_path: Path, name: str) -> None:
    (tmp_path / name).write_bytes(FILES[name].encode("cp1252"))
    with kg.open() as graph:
        for _ in range(2):
            warnings = [str(each) for each in graph.load(tmp_path / name).warnings if each.rule == "encoding-guessed"]
            assert len(warnings) == 1
            assert 'read as windows-1252, which is a guess: "niños" (line ' in warnings[0]
            assert "--encoding" in warnings[0]
        assert [*graph.query('SELECT * { ?node ?key ?text FILTER(STRENDS(?text, "Jengibre y niños")) }')]
        loaded = graph.load(tmp_path / name, encoding="windows-1252")
        assert "encoding-guessed" not in {each.rule for each in loaded.warnings}


def test_an_encoding_that_is_stated_is_taken_or_refused_in_one_sentence(tmp_path: Path) -> None:
    path, mapping = tmp_path / "t.csv", tmp_path / "m.yaml"
    mapping.write_text(MAPPING)
    path.write_bytes(table("Ibáñez").encode("cp850"))
    assert "Ibáñez affirms" in kg.KnowledgeGraph.preview(path, mapping, "cp850").rows[0]
    assert "# table" not in kg.KnowledgeGraph.propose_mapping(path, "cp850")
    with kg.open() as graph:
        with pytest.raises(UsageError, match='"klingon" is no encoding that is known'):
            graph.load(path, mapping=mapping, encoding="klingon")
        with pytest.raises(UnreadableError, match=r"t.csv:2: not UTF-8 text; .*--encoding NAME"):
            graph.load(path, mapping=mapping, encoding="utf-8")
        assert graph.store.graphs() == ()


def test_a_character_cut_by_the_end_of_a_block_hides_no_line(tmp_path: Path) -> None:
    path = tmp_path / "t.csv"
    path.write_bytes(b"a,b\n" + b"x" * (64 * 1024 - 6) + b"\n\xc3" + "ñ,ñ\n".encode("cp1252"))
    assert encodings.encoding(path).guess.place.line == 3  # type: ignore[union-attr]


@pytest.mark.parametrize("name", ["utf-16", "utf-32", "utf-7", "shift_jis", "punycode", "undefined", "no such", "\0"])
def test_a_wrong_encoding_is_one_sentence_for_every_kind_of_file(tmp_path: Path, name: str) -> None:
    mapping = tmp_path / "m.yaml"
    mapping.write_text("mapping-file: 1\nclaim: Claim\n")
    files = {
        **FILES,
        "t.csv": table("Ibáñez"),
        "t.json": '[{"Claim": "ñ"}]',
        "t.jsonl": '{"Claim": "ñ"}\n{"Claim": "ñ"}',
    }
    for file, text in files.items():
        (tmp_path / file).write_bytes(text.encode("cp1252"))
        with kg.open() as graph, suppress(KgError):  # any other error is a fault of kg
            graph.load(tmp_path / file, mapping=mapping if file.startswith("t") else None, encoding=name)


def test_what_was_stated_at_a_load_is_kept_for_reading_the_file_again(tmp_path: Path) -> None:
    """A validation reads the files of a store once more, and must not guess what somebody had said."""
    claims = tmp_path / "claims.yaml"
    claims.write_bytes("claim-file: 1\nclaims:\n  honey: {text: Miód łagodzi, kind: efficacy}\n".encode("cp1250"))
    with kg.open(tmp_path / "store") as graph:
        graph.load(claims, encoding="iso-8859-2")
        stated = [record.encoding for record in graph.store.graphs()]
        assert stated == ["iso-8859-2"]
        read = list(sources(graph.store))
        assert [problem.rule for reading in read for problem in reading.problems] == []
        (again,) = graph.load(claims).entries
        assert again.encoding == ""
