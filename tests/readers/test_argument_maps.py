"""Argument maps of seven formats: what they say, what is refused, and what is said to be left out."""

from __future__ import annotations

import gzip
import json
import re
from pathlib import Path

import pytest
from click.testing import CliRunner
from hypothesis import given
from hypothesis import strategies as st

import kg
from kg.cli.store import load
from kg.errors import KgError
from kg.graph import KnowledgeGraph
from kg.model.ids import claim_id
from kg.readers import argument_maps, in_order, read
from kg.readers.argument_maps.argdown import parsed as argdown
from kg.readers.argument_maps.frameworks import facts, numbered
from kg.store.terms import IRI, Literal

EXAMPLES = Path(__file__).parents[1] / "examples" / "argument-maps"
SAMPLES = sorted(EXAMPLES.iterdir())
HC = "https://w3id.org/health-claims/ontology#"

ARGUED = """
SELECT ?said ?direction ?claim ?inference WHERE {
  ?argument hc:premise ?premise ; hc:direction ?direction ; hc:target ?target .
  OPTIONAL { ?premise hc:text ?bare }
  OPTIONAL { ?premise hc:asserts ?asserted . ?asserted hc:text ?text }
  OPTIONAL { ?target hc:text ?claim }
  OPTIONAL { ?target hc:target ?end . ?end hc:text ?inference }
  BIND(COALESCE(?bare, ?text) AS ?said)
}
"""


def argued(graph: KnowledgeGraph) -> set[tuple[str, str, str]]:
    """Return premise, direction and target of the arguments; the target of an undercut is "to " and a conclusion."""
    return {
        (str(row["said"]), str(row["direction"]).removeprefix(HC), str(row["claim"] or f"to {row['inference']}"))
        for row in graph.query(ARGUED)
    }


def loaded(folder: Path, name: str, content: str | bytes) -> tuple[set[tuple[str, str, str]], list[str]]:
    """Return what a file argues, and what was noted of it."""
    file = folder / name
    file.write_bytes(content.encode() if isinstance(content, str) else content)
    with kg.open() as graph:
        notes = [str(problem).removeprefix(str(file)) for problem in graph.load(file).warnings]
        return argued(graph), notes


def refused(folder: Path, name: str, content: str | bytes) -> tuple[str, int]:
    """Return the sentence with which a file is refused, from its name on, and the exit code."""
    with pytest.raises(KgError) as error:
        loaded(folder, name, content)
    return str(error.value).removeprefix(f"{folder}/"), error.value.exit_code


# -------------------------------------------------------------------------------------------------------- what is said


@pytest.mark.parametrize(
    ("name", "counts"),
    [
        ("honey.af", "3 arguments, 2 attacks; stated as 3 claims, 2 arguments"),
        ("honey.apx", "3 arguments, 2 attacks; stated as 3 claims, 2 arguments"),
        (
            "honey.argdown",
            "2 headings, 7 statements, 3 arguments, 6 relations, 1 inference;"
            " stated as 9 claims, 1 assertion, 8 arguments",
        ),
        ("honey.bag", "3 arguments, 1 support, 1 attack; stated as 3 claims, 2 arguments"),
        (
            "honey.json",
            "13 nodes, 14 edges, 4 statements, 1 inference, 1 conflict, 1 rephrase;"
            " stated as 4 claims, 2 assertions, 2 arguments",
        ),
        ("honey.txt", "5 statements, 2 pros, 3 cons; stated as 5 claims, 5 arguments"),
        ("honey.xml", "5 adus, 3 relations, 1 linked premise; stated as 5 claims, 5 assertions, 3 arguments"),
    ],
)
def test_a_load_counts_what_is_in_the_map_and_what_is_made_of_it(name: str, counts: str) -> None:
    assert [problem.message for problem in read(EXAMPLES / name).problems if problem.rule == "map-read"] == [counts]


def test_the_samples_fit_the_shapes_together() -> None:
    with kg.open() as graph:
        graph.load(*SAMPLES)
        assert [str(problem) for problem in graph.validate().problems if problem.severity == "violation"] == []


@pytest.mark.parametrize("file", SAMPLES, ids=lambda file: file.name)
def test_ids_are_made_of_what_is_said_and_there_are_no_blank_nodes(file: Path, tmp_path: Path) -> None:
    quads = list(read(file).quads)
    assert quads
    assert quads == list(read(file).quads)
    assert {type(quad.subject) for quad in quads} == {IRI}
    assert {type(quad.object) for quad in quads} <= {IRI, Literal}
    (packed := tmp_path / EXAMPLES.name).mkdir()
    packed = packed / f"{file.name}.gz"
    packed.write_bytes(gzip.compress(file.read_bytes()))
    assert len(list(read(packed).quads)) == len(quads)


def test_argdown_has_pro_contra_and_contradiction_and_an_undercut_lands_on_the_argument(tmp_path: Path) -> None:
    said, _ = loaded(tmp_path, "honey.argdown", (EXAMPLES / "honey.argdown").read_text())
    cough = "Honey eases a cough."
    assert said == {
        ("In a trial, children with honey coughed less.", "Supports", cough),
        ("The trial did not hide who had honey.", "Opposes", f"to {cough}"),
        ("Sugar syrup does as much.", "Opposes", cough),
        ("Honey does nothing for a cough.", "Opposes", cough),
        (cough, "Opposes", "Honey does nothing for a cough."),
        (cough, "Supports", "Adults may take honey for a cough."),
        ("Honey is safe for adults.", "Supports", "Adults may take honey for a cough."),
        ("Infants must have none.", "Opposes", "Adults may take honey for a cough."),
        ("Safe is not cheap.", "Opposes", "to Adults may take honey for a cough."),
    }


def test_the_groups_tags_titles_links_and_rules_of_argdown_are_kept(tmp_path: Path) -> None:
    with kg.open() as graph:
        graph.load(EXAMPLES / "honey.argdown")
        topics = "SELECT ?text ?label { ?c hc:text ?text ; hc:about/skos:prefLabel ?label } ORDER BY ?text ?label"
        assert {(str(row["text"]), str(row["label"])) for row in graph.query(topics)} == {
            ("Honey does nothing for a cough.", "Does it help?"),
            ("Honey eases a cough.", "Does it help?"),
            ("Honey eases a cough.", "children"),
            ("In a trial, children with honey coughed less.", "Does it help?"),
            ("In a trial, children with honey coughed less.", "trial"),
            ("Sugar syrup does as much.", "Does it help?"),
            ("The trial did not hide who had honey.", "Does it help?"),
        }
        notes = {str(row["note"]) for row in graph.query("SELECT ?note { ?node hc:note ?note }")}
        assert notes == {
            *("[Cost]", "[Eases]", "[No effect]", "<Syrup>", "<Trial>", "link: https://example.org/trial"),
            *("Practical inference", "{uses: [1,2]}", "<Advice>: Take honey before anything else."),
        }
        said = "SELECT ?who ?title { ?a hc:agent/hc:name ?who ; hc:source/dcterms:title ?title }"
        assert [tuple(map(str, row.values())) for row in graph.query(said)] == [("Team North", "Honey for coughs")]


def test_premises_that_are_linked_argue_together_and_each_side_of_an_arggraph_speaks(tmp_path: Path) -> None:
    said, _ = loaded(tmp_path, "honey.xml", (EXAMPLES / "honey.xml").read_text())
    assert said == {
        ("In a trial, children coughed less than with syrup,", "Supports", "Honey eases a cough."),
        ("and coughs can be counted.", "Supports", "Honey eases a cough."),
        ("Some say that parents knew who had honey,", "Opposes", "to Honey eases a cough."),
        ("but they did not.", "Opposes", "Some say that parents knew who had honey,"),
    }
    with kg.open() as graph:
        graph.load(EXAMPLES / "honey.xml")
        linked = "SELECT (COUNT(?premise) AS ?count) { ?a hc:direction hc:Supports ; hc:premise ?premise }"
        assert [str(row["count"]) for row in graph.query(linked)] == ["2"]
        names = graph.query("SELECT DISTINCT ?name { ?a hc:arguedBy/hc:name ?name } ORDER BY ?name")
        assert [str(row["name"]) for row in names] == ["opponent in honey", "proponent in honey"]


def test_what_somebody_says_in_an_aif_dialogue_is_an_assertion_with_the_words(tmp_path: Path) -> None:
    said, notes = loaded(tmp_path, "honey.json", (EXAMPLES / "honey.json").read_text())
    assert said == {
        ("children coughed less with honey", "Supports", "Honey eases a cough"),
        ("the trial was not blinded", "Opposes", "to Honey eases a cough"),
    }
    assert ": 1 transition left out (TA-nodes that say nothing of a claim)" in notes
    with kg.open() as graph:
        graph.load(EXAMPLES / "honey.json")
        who = """SELECT ?who ?text ?words { ?a hc:agent/hc:name ?who ; hc:stance hc:Affirms ; hc:asserts/hc:text ?text ;
                 hc:quote/oa:hasSelector/oa:exact ?words } ORDER BY ?who"""
        assert [tuple(map(str, row.values())) for row in graph.query(who)] == [
            ("Ann Lee", "Honey eases a cough", "honey eases coughs, I say"),
            ("Bob", "the trial was not blinded", "nobody was blinded"),
        ]
        also = "SELECT ?text { ?c hc:text 'honey relieves coughing' ; hc:canonicalClaim/hc:text ?text }"
        assert [str(row["text"]) for row in graph.query(also)] == ["Honey eases a cough"]


def test_an_item_of_kialo_that_refers_to_another_is_that_other(tmp_path: Path) -> None:
    said, _ = loaded(tmp_path, "honey.txt", (EXAMPLES / "honey.txt").read_text())
    assert said == {
        ("Honey eases a cough.", "Supports", "Adults should take honey for a cough."),
        ("The trials are small, and they were not blinded.", "Opposes", "Honey eases a cough."),
        ("Two reviews say so.", "Supports", "Honey eases a cough."),
        ("Honey is sugar.", "Opposes", "Adults should take honey for a cough."),
        ("Honey eases a cough.", "Opposes", "Honey is sugar."),
    }


def test_the_theses_on_a_question_of_kialo_are_about_it(tmp_path: Path) -> None:
    file = tmp_path / "q.txt"
    file.write_text("Discussion Title: T\n\n1. Tea or honey?\n1.1. Tea.\n1.1.1. Pro: It is warm.\n1.2. Honey.\n")
    with kg.open() as graph:
        graph.load(file)
        rows = graph.query("SELECT ?text { ?c hc:text ?text ; hc:about/skos:prefLabel 'Tea or honey?' } ORDER BY ?text")
        assert [str(row["text"]) for row in rows] == ["Honey.", "Tea."]
        assert argued(graph) == {("It is warm.", "Supports", "Tea.")}


def test_equal_words_are_one_claim_and_abstract_names_are_of_their_file(tmp_path: Path) -> None:
    (tmp_path / "one.argdown").write_text("[A]: Tea calms.\n  + Tea is warm.\n")
    (tmp_path / "two.txt").write_text("1. Tea calms\n1.1. Con: Tea has caffeine.\n")
    (tmp_path / "one.apx").write_text("arg(a). arg(A). att(a,A).")
    (tmp_path / "two.apx").write_text("arg(a).")
    with kg.open() as graph:
        graph.load(*sorted(tmp_path.iterdir()))
        claim = graph.claims[claim_id("Tea calms")]
        assert (len(claim.for_), len(claim.against)) == (1, 1)
        names = graph.query(
            "SELECT ?text { ?c a hc:Claim ; hc:text ?text FILTER(STRSTARTS(?text, 'Arg')) } ORDER BY ?text"
        )
        assert [str(row["text"]) for row in names] == [
            "Argument A of one.apx", "Argument a of one.apx", "Argument a of two.apx",
        ]  # fmt: skip


def test_initial_weights_are_kept_as_notes_and_the_load_says_so(tmp_path: Path) -> None:
    _, notes = loaded(tmp_path, "w.bag", "arg(a, 0.7)\narg(b, 0.5)\nsup(a,b)\n")
    assert (
        ": 2 initial weights kept as notes: a standing is weighed by evidence, not by weights that are given" in notes
    )
    quads = read(EXAMPLES / "honey.bag").quads
    noted = sorted(quad.object.value for quad in quads if quad.predicate.value == HC + "note")
    assert noted == [f"initial weight {weight} in honey.bag" for weight in ("0.4", "0.7", "0.9")]


# --------------------------------------------------------------------------------------------------- real data, counted


def test_the_nodes_and_edges_of_a_real_aif_graph_are_all_accounted_for(shared: Path) -> None:
    file = shared / "data" / "arguments" / "aif" / "6064-original.json"
    reading = read(file)
    graph = json.loads(file.read_text())
    assert (len(graph["nodes"]), len(graph["edges"])) == (52, 54)
    assert [problem.message for problem in reading.problems] == [
        '"PureQuestioning" takes no stance: who said it is left out, the statement is kept',
        "8 transitions left out (TA-nodes that say nothing of a claim)",
        "7 locutions left out (L-nodes that say nothing of a claim)",
        "52 nodes, 54 edges, 9 statements, 5 inferences; stated as 9 claims, 8 assertions, 5 arguments",
    ]


@pytest.mark.parametrize(
    ("name", "counts"),
    [
        # As `build-model` of @argdown/core 2.0.1 counts them: statements, arguments, relations.
        ("parser-mix", (29, 2, 15)),
        ("semmelweis_betz", (33, 10, 6)),
        ("state-censorship", (28, 7, 4)),
        ("veggie_debate", (25, 22, 58)),
    ],
)
def test_real_argdown_has_the_counts_of_its_own_parser(shared: Path, name: str, counts: tuple[int, ...]) -> None:
    found, _ = argdown(shared / "data" / "arguments" / "argdown" / f"{name}.argdown")
    assert tuple(found.counts[noun] for noun in ("statement", "argument", "relation")) == counts


def test_statements_that_attack_one_another_in_strict_mode_are_contrary(tmp_path: Path) -> None:
    strict = "===\nmodel:\n  mode: strict\n===\n\n[A]: a\n  - [B]: b\n\n[B]\n  - [A]\n"
    said, notes = loaded(tmp_path, "strict.argdown", strict)
    assert said == {("a", "Opposes", "b"), ("b", "Opposes", "a")}
    assert any("1 relation" in note for note in notes)


# ----------------------------------------------------------------------------------------------------------- round trip

NAMES = st.lists(st.from_regex(r"[a-z][a-zA-Z0-9_]{0,6}", fullmatch=True), min_size=1, max_size=8, unique=True)


@given(names=NAMES, data=st.data())
def test_a_framework_is_read_back_as_it_was_written(
    names: list[str], data: st.DataObject, tmp_path_factory: pytest.TempPathFactory
) -> None:
    end = st.integers(0, len(names) - 1)
    attacks = data.draw(st.lists(st.tuples(end, end), max_size=12, unique=True))
    folder = tmp_path_factory.mktemp("af")
    (apx := folder / "x.apx").write_text(
        "".join(f"arg({name}).\n" for name in names) + "".join(f"att({names[a]},{names[b]}).\n" for a, b in attacks)
    )
    (numbers := folder / "x.af").write_text(f"p af {len(names)}\n" + "".join(f"{a + 1} {b + 1}\n" for a, b in attacks))
    found, _ = facts(apx)
    assert list(found.statements) == names
    assert [(one.sources, one.target) for one in found.relations.values()] == [
        ([names[a]], names[b]) for a, b in attacks
    ]
    found, _ = numbered(numbers)
    assert list(found.statements) == [str(number + 1) for number in range(len(names))]
    assert [(one.sources, one.target) for one in found.relations.values()] == [
        ([str(a + 1)], str(b + 1)) for a, b in attacks
    ]


# ----------------------------------------------------------------------------------------------------------- bad inputs

LETTER = "Dear editor, this is a letter - and not a map."
ONE = '{"nodes": [{"nodeID": "1", "type": "I", "text": "x"}], "edges": ['
GRAPH = '<arggraph id="x"><edu id="e1">a</edu><adu id="a1"/>\n<edge id="c1" src="e1" trg="a1" type="seg"/>'


@pytest.mark.parametrize("suffix", ["json", "argdown", "ad", "txt", "xml", "bag", "apx", "af"])
def test_an_empty_file_is_called_empty(tmp_path: Path, suffix: str) -> None:
    assert refused(tmp_path, f"x.{suffix}", "\n") == (f"x.{suffix}: the file is empty", 3)


@pytest.mark.parametrize(
    ("name", "content", "sentence", "exit_code"),
    [
        # cut
        ("x.json", '{"nodes": [\n{"nodeID": "1", "ty', "2: broken JSON at column 17: Unterminated string", 3),
        (
            "x.json",
            ONE + '\n{"edgeID": "2", "fromID": "1", "toID": "9"}]}',
            '2: an edge names the node "9", which is',
            1,
        ),
        ("x.json", '{"nodes": [], "edges": []}', " there is no I-node in this AIF graph, and so no statement", 3),
        ("x.argdown", "[A]: a\n\n(1) b\n(2) c\n----\n", "6: the premises lead to no conclusion below ----", 3),
        ("x.argdown", "[A]: a\n  - ", "2: a statement without words; is the file cut?", 3),
        ("x.argdown", "[A]: a\n\n/* not yet", "3: a comment is not closed; is the file cut?", 3),
        ("x.txt", "Discussion Title: x\n\n1. a\n1.1. Con:", "4: a statement without words; is the file cut?", 1),
        (
            "x.txt",
            "1. a\n1.1. Pro: b\n1.2.1. Con: c",
            "3: 1.2.1. is under 1.2., which is not in the file; is it cut?",
            3,
        ),
        ("x.xml", GRAPH[:-9], "2: broken XML at column 1: unclosed token; is the file whole?", 3),
        (
            "x.xml",
            GRAPH + '\n<edge id="c2" src="a7" trg="a1" type="sup"/></arggraph>',
            '3: an edge names "a7", which is not',
            1,
        ),
        ("x.txt", "1. a\n1.1. Con: [](http://example.org)", "2: a statement without words; is the file cut?", 1),
        ("x.bag", "arg(a, 0.5)\nsup(a", '2: "sup(a" is no fact of BAG, such as att(a,b)', 3),
        ("x.apx", "arg(a).\natt(a,", '2: "att(a," is no fact of APX, such as att(a,b). ; is the file cut?', 3),
        ("x.af", "p af 3\n1 2\n2", '3: "2" is no attack such as 1 2; is the file cut?', 3),
        # foreign
        ("x.json", '{"nodes": {}, "nodeID": 1}', "1: no AIF graph: it is an object with the lists nodes and edges", 3),
        ("x.json", '{"nodes": [], "edges": 5, "nodeID": 1}', "1: no AIF graph: it is an object with the lists", 3),
        ("x.json", ONE.replace("[{", "[5, {") + "]}", " among the nodes is one that is no object, or one", 1),
        ("x.argdown", LETTER, " no name such as [A]: or <B>:, no relation and no premise in it: is this Argdown", 3),
        (
            "x.argdown",
            "# List\n\n- one\n- two\n",
            '3: "-" begins a relation: indent it below the statement or argument',
            3,
        ),
        ("x.txt", LETTER, " a .txt file is read if it is Kialo's, MEDLINE, RIS or EndNote's export, which", 2),
        ("x.xml", "<arggraph><node/></arggraph>", "1: there is no adu with words in this arggraph; is it cut?", 3),
        ("x.bag", LETTER, f'1: "{LETTER}" is no fact of BAG, such as att(a,b)', 3),
        (
            "x.apx",
            b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR",
            " not text but binary (it has zero bytes); save it as text in UTF-8",
            3,
        ),
        ("x.af", "p cnf 3 2\n1 2 0\n", '1: a framework begins with a line such as p af 3, and not with "p cnf 3 2"', 3),
        # what does not hang together
        (
            "x.apx",
            "arg(abc).\natt(abd,abc).",
            '2: this attack names the argument "abd", which the file does not declare; did you mean "abc"?',
            1,
        ),
        ("x.af", "p af 2\n1 3\n", '2: this attack names the argument "3", which the file does not declare', 1),
        ("x.af", "p af 999999999\n", "1: 999,999,999 arguments are announced; up to 1,000,000 are read", 3),
        ("x.bag", "arg(a, high)", '1: "high" is no weight of a: write a number such as 0.5', 1),
        ("x.argdown", "<A>: a\n\n(1) b\n----\n(2) c\n\n<A>\n\n(1) d\n----\n(2) e\n", "9: <A> has premises already", 3),
        ("x.argdown", "[A]: a\n----\n", "2: an inference (----) needs premises such as (1) above it, without a gap", 3),
        ("x.argdown", "===\ntitle: [x\n===\n\n[A]: b", "2:10: not valid YAML", 3),
    ],
)
def test_what_is_no_map_is_refused_with_one_sentence_its_line_and_the_way_out(
    tmp_path: Path, name: str, content: str | bytes, sentence: str, exit_code: int
) -> None:
    message, code = refused(tmp_path, name, content)
    assert (message[: len(name) + 1 + len(sentence)], code) == (f"{name}:{sentence}", exit_code)
    assert "\n" not in message


@pytest.mark.parametrize(
    ("name", "content", "note"),
    [
        (
            "x.apx",
            "arg(a).\npref(a,a).\npref(a,a).",
            ":2: pref with 2 parts left out: it is none of arg, att and sup (2 times: lines",
        ),
        (
            "x.txt",
            "1. a\n1.1. Pro: b\n1.2. Con: -> See 1.7.",
            ":3: 1.2. left out: it refers to 1.7., which is not in the file",
        ),
        (
            "x.xml",
            GRAPH + '<edge id="c2" src="a1" trg="a1" type="odd"/></arggraph>',
            ':2: edges of type "odd" left out: it is none of',
        ),
        (
            "x.json",
            ONE[:-13] + ', {"nodeID": "2", "type": "RA"}], "edges": []}',
            ":1: RA-node without a premise left out",
        ),
        (
            "x.argdown",
            "[A]: a\n  + b\n\n[A]: other",
            ":4: [A] is stated again in other words, which are kept as a note",
        ),
        ("x.argdown", "[A] a\n  + b", ':1: "a" after the name [A] left out: a colon is missing'),
        (
            "x.argdown",
            "[A]: a\n  + b\n\n<C>: c\n  _ d",
            ":5: undercut of what argues for nothing: taken as an attack on its words",
        ),
        ("x.argdown", "===\ndot: {a: 1}\n===\n\n[A]: a\n  + b", ':1: settings "dot" at the top left out'),
        ("x.argdown", "# G {isGroup: false}\n\n[A]: a\n  + b", ":1: heading that is no group left out"),
        ("x.argdown", "# G #t\n\n[A]: a\n  + b", ":1: tags and links of a heading left out"),
        ("x.argdown", "@include(b.argdown)\n\n[A]: a\n  + b", ':1: "@include(b.argdown)" is not followed'),
        ("x.xml", GRAPH + '<edu id="e2">b</edu></arggraph>', ":2: edu that is in no adu left out"),
        (
            "x.apx",
            "arg(a).\narg(b).\natt(a,a).\natt(b,a).\natt(b,b).",
            ":3: 2 relations of a statement with itself left",
        ),
        ("x.argdown", "[A]: tea calms\n  + Tea calms.", ":2: 1 relation of a statement with itself left out"),
        ("x.bag", "arg(a, 0.5)", ": 1 initial weight kept as notes: a standing is weighed by evidence"),
    ],
)
def test_what_the_model_does_not_hold_is_said_with_its_line(tmp_path: Path, name: str, content: str, note: str) -> None:
    _, notes = loaded(tmp_path, name, content)
    assert [one for one in notes if one.startswith(note)], notes


def test_a_fact_may_take_two_lines_and_the_next_one_has_its_own_line(tmp_path: Path) -> None:
    said, _ = loaded(tmp_path, "x.apx", "arg(a). arg(b).\natt(a,\n  b).")
    assert said == {("Argument a of x.apx", "Opposes", "Argument b of x.apx")}
    assert refused(tmp_path, "x.apx", "arg(a). arg(b).\natt(a,\n  b).\natt(b,c).")[0].startswith("x.apx:4: this attack")


def test_an_attack_of_something_on_itself_breaks_no_shape(tmp_path: Path) -> None:
    (file := tmp_path / "x.apx").write_text("arg(a). arg(b). att(a,a). att(b,a).")
    with kg.open() as graph:
        graph.load(file)
        assert [str(problem) for problem in graph.validate().problems if problem.severity == "violation"] == []


def test_relations_that_are_aimed_at_one_another_are_left_out(tmp_path: Path) -> None:
    nodes = [{"nodeID": "1", "type": "I", "text": "a"}, *({"nodeID": key, "type": "CA"} for key in ("2", "3"))]
    edges = [{"edgeID": a + b, "fromID": a, "toID": b} for a, b in (("1", "2"), ("1", "3"), ("2", "3"), ("3", "2"))]
    said, notes = loaded(tmp_path, "x.json", json.dumps({"nodes": nodes, "edges": edges}))
    assert said == set()
    assert ": 2 relations left out: aimed at one another in a circle, or at no argument" in notes


# -------------------------------------------------------------------------------------------------------------- attacks


@pytest.mark.parametrize(
    ("name", "content", "sentence"),
    [
        ("x.json", ONE + "[" * 200_000, "1: this JSON is nested too deep"),
        ("x.json", ONE.replace('"x"', f'"{"x" * 200_000}"') + "]}", "1: a text of 200,000 characters"),
        ("x.xml", "<arggraph>" + "<a>" * 10_000, "1: this record is nested more than 200 deep; it is not read"),
        ("x.xml", '<!DOCTYPE a [<!ENTITY b "c">]><arggraph><edu>&b;</edu></arggraph>', "1: this XML declares entities"),
        ("x.argdown", f"[A]: {'**_' * 1_000_000}\n  + b", "1: a text of"),
        ("x.argdown", f"[A]: {'{' * 500_000}{'}' * 500_000}\n  + b", "1: a text of 1,000,000 characters"),
        ("x.argdown", f"[A]: b\n{'<!-- ' * 500_000}", "2: a comment is not closed; is the file cut?"),
        ("x.apx", f"arg({'x' * 10_000_000}).", "1: a text of 10,000,000 characters; is this file what its name says?"),
        ("x.apx", "a(" * 5_000_000, '1: "a(a(a('),
        ("x.txt", f"1. a\n1.1. Pro: b\n{'1.' * 1_000_000} Pro: c", "2: a text of"),
    ],
    ids=lambda value: value[:12] if isinstance(value, str) else None,
)  # fmt: skip
def test_what_is_made_to_do_harm_is_refused_with_one_sentence(
    tmp_path: Path, name: str, content: str, sentence: str
) -> None:
    message, code = refused(tmp_path, name, content)
    assert (message[: len(name) + 1 + len(sentence)], code) == (f"{name}:{sentence}", 3)
    assert len(message) < 300


def test_a_reply_to_a_reply_may_be_thousands_deep(tmp_path: Path) -> None:
    file = tmp_path / "deep.argdown"
    file.write_text("[A]: a\n" + "".join(f"{' ' * level}+ reason {level}\n" for level in range(1, 2_000)))
    assert +argdown(file)[0].counts == {"statement": 2_000, "relation": 1_999}
    circle = "".join(f"\n<A{one}>: a{one}\n  _> <A{(one + 1) % 2000}>\n" for one in range(2_000))
    _, notes = loaded(tmp_path, "circle.argdown", circle)
    assert any("2,000 relations left out: aimed at one another in a circle" in note for note in notes)


def test_control_characters_and_halves_of_characters_are_spaces(tmp_path: Path) -> None:
    graph = {"nodes": [{"nodeID": "1", "type": "I", "text": "a\x00\x1b[31m \ud83d b"}], "edges": []}
    (file := tmp_path / "x.json").write_text(json.dumps(graph))
    assert [q.object.value for q in read(file).quads if q.predicate.value == HC + "text"] == ["a [31m b"]
    (file := tmp_path / "x.argdown").write_text("[A]: a\x9b\x07b\n  + \x1bc")
    texts = [quad.object.value for quad in read(file).quads if quad.predicate.value == HC + "text"]
    assert sorted(texts) == ["a b", "c"]


# -------------------------------------------------------------------------------------------------------------- folders


def test_a_map_beside_claim_files_is_left_out_with_a_warning(tmp_path: Path) -> None:
    (tmp_path / "claims.yaml").write_text("claim-file: 1\nclaims:\n  calm: {text: Tea calms, kind: efficacy}\n")
    (tmp_path / "map.argdown").write_text("[A]: a\n  + b")
    with kg.open() as graph:
        warnings = [str(problem) for problem in graph.load(tmp_path).warnings]
    assert warnings == [
        f"{tmp_path}/map.argdown: left out: beside claim files or RDF an argument map is loaded if it is named"
    ]


def test_json_of_another_kind_is_told_what_is_read(tmp_path: Path) -> None:
    message, code = refused(tmp_path, "x.json", '{"graph": {"nodes": [1]}}')
    assert code == 2
    assert re.search(r"its first keys: graph, nodes\): CSL, ClaimReview and AIF are read as they are", message)


def test_a_big_map_is_stated_anew_each_time_and_says_the_same(monkeypatch: pytest.MonkeyPatch) -> None:
    held = read(EXAMPLES / "honey.json")
    monkeypatch.setattr(argument_maps, "HELD", 0)
    streamed = read(EXAMPLES / "honey.json")
    assert in_order(streamed.quads) == held.quads
    assert [str(problem) for problem in streamed.problems] == [str(problem) for problem in held.problems]
    assert streamed.places == held.places


def test_standard_input_is_read_by_the_ending_that_is_given(tmp_path: Path) -> None:
    asked = ["-", "--format", "apx", "--store", str(tmp_path / "store")]
    done = CliRunner().invoke(load, asked, input="arg(a). arg(b). att(a,b).", catch_exceptions=False)
    assert "stdin.apx: 2 arguments, 1 attack; stated as 2 claims, 1 argument" in done.stderr
