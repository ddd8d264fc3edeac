"""Exports that are loaded again: short ids, prefixes and written forms are those that they were."""

from __future__ import annotations

from pathlib import Path

import pytest

import kg
from kg.export import RDF
from kg.readers import rdf
from kg.store import written
from kg.store.terms import IRI, Literal

XSD = "http://www.w3.org/2001/XMLSchema#"
FORMS = [
    *(
        ("007", "integer"),
        ("7", "integer"),
        ("+3", "integer"),
        ("-0", "integer"),
        ("2.50", "decimal"),
        (".5", "decimal"),
    ),
    *(("4E1", "double"), ("4e1", "float"), ("1", "boolean"), ("9", "nonNegativeInteger"), ("9", "long")),
    *(("2021-03-04T05:06:07.000+02:00", "dateTime"), ("2021-03-04T05:06:07+00:00", "dateTime")),
    *(("2021-03-04+00:00", "date"), ("05:06:07.0", "time"), ("P12M", "duration"), ("2021-03+00:00", "gYearMonth")),
    *(("soon", "date"), ("2021-03-04", "date"), ("2021", "gYear")),
]
LINES = "".join(
    f'<http://tea.example/cup> <http://tea.example/has> "{text}"^^<{XSD}{kind}> .\n' for text, kind in FORMS
)


@pytest.mark.parametrize("held", [0, rdf.HELD], ids=["streamed", "held"])
@pytest.mark.parametrize("form", RDF)
def test_numbers_and_times_are_exported_as_they_were_written(tmp_path, monkeypatch, form, held):
    monkeypatch.setattr(rdf, "HELD", held)
    (tmp_path / "tea.nt").write_text(LINES)
    with kg.open() as first, kg.open() as second:
        first.load(tmp_path / "tea.nt")
        exported = first.export(tmp_path / f"out.{form}") or (tmp_path / f"out.{form}").read_bytes()
        second.load(tmp_path / f"out.{form}")
        assert second.export(format=form) == exported
        lines = second.export(format="nt").decode().splitlines()
    assert set(lines) == set(LINES.splitlines())


@pytest.mark.parametrize("number", ["1.50", "0.70", "+1", "01", "-.5", "2E3", "1.0"])
def test_a_number_of_turtle_is_exported_as_it_was_written_also_by_topic(tmp_path, monkeypatch, number):
    monkeypatch.setattr(rdf, "HELD", 0)
    path = tmp_path / "tea.ttl"
    path.write_text(
        f"@prefix hc: <{kg.namespaces.HC}> .\n<http://e/c> a hc:Claim ; hc:about <http://e/t> ; hc:n {number} ."
    )
    with kg.open() as graph:
        graph.load(path)
        for answer in (graph.export(), graph.export(topic="http://e/t"), graph.export(graph="tea.ttl")):
            assert f"hc:n {number} " in answer.decode()


def test_what_no_longer_is_loaded_leaves_no_note_of_how_it_was_written(tmp_path):
    (tmp_path / "tea.nt").write_text(LINES)
    with kg.open() as graph:
        graph.load(tmp_path / "tea.nt")
        (tmp_path / "tea.nt").write_text(f'<http://e/a> <http://e/p> "7"^^<{XSD}integer> .\n')
        graph.load(tmp_path / "tea.nt")
        assert graph.export(format="nt").decode() == f'<http://e/a> <http://e/p> "7"^^<{XSD}integer> .\n'
        graph.drop("tea.nt")
        assert "^^" not in str([quad.object.value for quad in graph.store.quads(IRI(kg.namespaces.CATALOG))])


def test_the_estimate_of_a_claim_file_keeps_its_digits(seed):
    assert written.changes(Literal("0.70", datatype=IRI(XSD + "decimal")))
    assert b'"-4.0"^^' in seed.export(format="nt")


@pytest.mark.parametrize("form", RDF)
def test_an_export_loads_back_with_its_short_ids(seed, tmp_path, form):
    path = tmp_path / "out" / f"x.{form}"
    path.parent.mkdir()
    with kg.open() as second:
        seed.export(path)
        second.load(path)
        agent = {"agent": "amta"}
        rows = [dict(row) for row in seed.query("counterclaims-to-agent", agent)]
        assert rows
        assert [dict(row) for row in second.query("counterclaims-to-agent", agent)] == rows
        assert second.list() == seed.list()
        assert list(second.claims) == list(seed.claims)
        assert second.prefixes == seed.prefixes
        assert second.export(format=form) == path.read_bytes()


@pytest.mark.parametrize("form", ["ttl", "trig", "nt"])
def test_an_export_of_two_datasets_loads_back_as_two(tmp_path, form):
    for name in ("tea", "coffee"):
        (tmp_path / name).mkdir()
        own, other = (f"{{kind: efficacy, text: {words} {name}.}}" for words in ("A claim of", "It calms with"))
        text = f"claim-file: 1\nclaims:\n  calms: {other}\n  own-{name}: {own}\n"
        (tmp_path / name / "claims.yaml").write_text(text)
    with kg.open() as first, kg.open() as second:
        first.load(tmp_path / "tea", tmp_path / "coffee")
        first.export(tmp_path / f"x.{form}")
        second.load(tmp_path / f"x.{form}")
        assert second.list() == first.list()
        assert second.claims["own-tea"].text == "A claim of tea."
        with pytest.raises(kg.errors.NotFoundError, match="in several datasets: say which, coffee:calms, tea:calms"):
            second.store.resolve("calms")


def test_an_id_that_is_also_a_word_of_the_ontology_is_that_of_the_dataset(tmp_path: Path) -> None:
    (tmp_path / "tea").mkdir()
    text = "claim-file: 1\nclaims:\n  no-difference: {kind: efficacy, text: Yes.}\n"
    (tmp_path / "tea" / "claims.yaml").write_text(text)
    with kg.open() as graph:
        graph.load(tmp_path / "tea")
        assert graph.store.resolve("no-difference").value.endswith("/tea/no-difference")


OWN = {
    "own.ttl": "@prefix tea: <http://tea.example/> .\ntea:cup tea:has tea:sugar .",
    "sparql.ttl": "PREFIX tea: <http://tea.example/>\ntea:cup tea:has tea:sugar .",
    "own.trig": "@prefix tea: <http://tea.example/> . tea:g { tea:cup tea:has tea:sugar }",
    "own.jsonld": '{"@context": {"tea": "http://tea.example/"}, "@id": "tea:cup", "tea:has": {"@id": "tea:sugar"}}',
    "own.rdf": '<r:RDF xmlns:r="http://www.w3.org/1999/02/22-rdf-syntax-ns#" xmlns:tea="http://tea.example/">'
    '<r:Description r:about="http://tea.example/cup"><tea:has r:resource="http://tea.example/sugar"/>'
    "</r:Description></r:RDF>",
}


@pytest.mark.parametrize("held", [0, rdf.HELD], ids=["streamed", "held"])
@pytest.mark.parametrize("name", OWN)
def test_the_prefixes_of_a_file_are_kept(tmp_path, monkeypatch, name, held):
    monkeypatch.setattr(rdf, "HELD", held)
    (tmp_path / name).write_text(OWN[name])
    with kg.open() as graph:
        graph.load(tmp_path / name)
        assert b"tea:cup tea:has tea:sugar ." in graph.export()
        assert len(graph.query("SELECT * { tea:cup tea:has ?what }")) == 1
        assert graph.store.resolve("tea:cup").value == "http://tea.example/cup"
        graph.drop(*(entry.graph for entry in graph.store.graphs()))
        assert "tea" not in graph.prefixes


@pytest.mark.parametrize(
    ("head", "left_out"),
    [
        ("@prefix dct: <http://purl.org/dc/terms/> .", "dct"),  # it has a prefix
        ("@prefix http: <http://tea.example/> .", "http"),  # no address could be told from a CURIE
        ("@prefix hc: <http://tea.example/> .", ""),  # ours
        ("@prefix : <http://tea.example/> .", ""),
    ],
)
def test_a_prefix_of_a_file_takes_nothing_from_the_table(tmp_path, head, left_out):
    (tmp_path / "a.ttl").write_text(f"{head}\n<http://tea.example/a> <http://tea.example/b> 1 .")
    with kg.open() as graph:
        graph.load(tmp_path / "a.ttl")
        assert left_out not in graph.prefixes
        assert graph.prefixes["hc"] == kg.namespaces.HC


def test_of_two_files_with_one_prefix_the_first_is_followed(tmp_path):
    for name in ("a", "b"):
        (tmp_path / f"{name}.ttl").write_text(f"@prefix t: <http://{name}.example/> .\nt:x t:y t:z .")
    with kg.open() as graph:
        graph.load(tmp_path)
        assert graph.prefixes["t"] == "http://a.example/"
        assert b"t:x t:y t:z ." in graph.export()
        assert b"<http://b.example/x>" in graph.export()
