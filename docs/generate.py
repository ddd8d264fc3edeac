"""Write docs/ontology.md and docs/questions.md from the files of ontology/: `make docs`.

tests/project/test_generated_docs.py writes them in memory and compares, so that the pages cannot fall behind.
"""

from __future__ import annotations

import sys
from pathlib import Path

from rdflib import DCTERMS, OWL, RDF, RDFS, SH, SKOS, Graph, Literal, Node, URIRef

ROOT = Path(__file__).parents[1]
sys.path.insert(0, str(ROOT))

from kg.namespaces import HC, PREFIXES, shrink  # noqa: E402 -- the checkout's, also where kg is not installed
from kg.query import questions  # noqa: E402

ONTOLOGY = URIRef(HC.rstrip("#"))
DOMAIN_INCLUDES, RANGE_INCLUDES = (URIRef(PREFIXES["schema"] + name) for name in ("domainIncludes", "rangeIncludes"))
MATCHES = (RDFS.subClassOf, RDFS.subPropertyOf, SKOS.exactMatch, SKOS.closeMatch, SKOS.broadMatch, SKOS.relatedMatch)


def ontology_page() -> str:
    """Return docs/ontology.md: header, classes with their properties, concepts, alignments, what shapes demand."""
    terms, alignments, concepts, shapes = (
        _graph(glob) for glob in ("claims.ttl", "alignments.ttl", "concepts/*.ttl", "shapes/*.ttl")
    )
    classes = sorted(term for term in terms.subjects(RDF.type, OWL.Class) if _ours(term))
    properties = sorted(
        {term for kind in (OWL.ObjectProperty, OWL.DatatypeProperty) for term in terms.subjects(RDF.type, kind)}
    )
    parts = [
        f"# {terms.value(ONTOLOGY, DCTERMS.title)}\n",
        "Generated from `ontology/` by `make docs`; do not edit.\n",
        f"{terms.value(ONTOLOGY, DCTERMS.description)}\n",
        f"Version {terms.value(ONTOLOGY, OWL.versionInfo)}, namespace `{HC}` (prefix `hc`), "
        f"licence <{terms.value(ONTOLOGY, DCTERMS.license)}>. Data is stated in [claim files](claim-files.md).\n",
        "## Classes\n",
        *(_class(term, terms, properties) for term in classes),
        "## Properties\n",
        _table(("property", "of", "value", "what it says"), [_property(term, terms) for term in properties]),
        "## Concepts\n",
        *(_scheme(scheme, concepts) for scheme in sorted(concepts.subjects(RDF.type, SKOS.ConceptScheme))),
        "## Alignments\n",
        "To terms of other vocabularies; nothing is imported when the program runs.\n",
        _table(("term", "relation", "term elsewhere"), _alignments(terms + alignments)),
        "## What the shapes demand\n",
        _table(("rule", "severity", "sentence"), sorted(_rules(shapes))),
    ]
    return "\n".join(parts)


def questions_page() -> str:
    """Return docs/questions.md: each competency question with its words, parameters and an example."""
    listed = questions()
    parts = [
        "# Questions\n",
        "Generated from `ontology/questions/` by `make docs`; do not edit.\n",
        f"{len(listed)} questions have a name. `kg query NAME` asks one, `-p` binds a parameter (without it, the "
        "question answers for all). Each is a plain SPARQL 1.1 file, and has an expected answer in `tests/answers/`.\n",
    ]
    for question in listed:
        example = "".join(f" -p {name}={value}" for name, value in question.example.items())
        parts.append(f"## {question.name}\n\n{question.words}\n")
        parts.extend(f"- `{name}`: {what}" for name, what in question.params.items())
        parts.append(f"{chr(10) if question.params else ''}```\nkg query {question.name}{example}\n```\n")
    return "\n".join(parts)


PAGES = {"ontology.md": ontology_page, "questions.md": questions_page}


def _graph(glob: str) -> Graph:
    graph = Graph(bind_namespaces="none")
    for path in sorted((ROOT / "ontology").glob(glob)):
        graph.parse(path)
    return graph


def _class(term: Node, terms: Graph, properties: list[Node]) -> str:
    having = [_code(each) for each in properties if term in set(terms.objects(each, RDFS.domain | DOMAIN_INCLUDES))]
    lines = [f"### {_code(term)}\n", f"{terms.value(term, SKOS.definition)}\n"]
    lines += [f"{note}\n" for note in sorted(terms.objects(term, SKOS.scopeNote))]
    lines += [f"Example: {example}\n" for example in sorted(terms.objects(term, SKOS.example))]
    lines += [f"Properties: {', '.join(having)}\n"] if having else []
    return "\n".join(lines)


def _property(term: Node, terms: Graph) -> tuple[str, ...]:
    of = sorted(_code(each) for each in terms.objects(term, RDFS.domain | DOMAIN_INCLUDES))
    value = sorted(_code(each) for each in terms.objects(term, RDFS.range | RANGE_INCLUDES))
    return _code(term), ", ".join(of), ", ".join(value), str(terms.value(term, SKOS.definition))


def _scheme(scheme: Node, concepts: Graph) -> str:
    rows = [
        (str(concepts.value(concept, SKOS.prefLabel)), _code(concept), str(concepts.value(concept, SKOS.definition)))
        for concept in concepts.subjects(SKOS.inScheme, scheme)
    ]
    head = f"### {concepts.value(scheme, DCTERMS.title)}\n\n{concepts.value(scheme, SKOS.definition)}\n"
    return head + "\n" + _table(("word", "concept", "what it means"), sorted(rows))


def _alignments(graph: Graph) -> list[tuple[str, ...]]:
    found = (
        (_code(subject), shrink(str(relation)), _code(target))
        for relation in MATCHES
        for subject, target in graph.subject_objects(relation)
        if _ours(subject) and not _ours(target)
    )
    return sorted(found)


def _rules(shapes: Graph) -> list[tuple[str, ...]]:
    warning = {
        rule
        for shape in shapes.subjects(SH.severity, SH.Warning)
        for rule in (shape, *shapes.objects(shape, SH.property))
    }
    return [
        (str(rule).rpartition("#")[2], "warning" if rule in warning else "violation", str(message))
        for rule, message in shapes.subject_objects(SH.message)
    ]


def _table(head: tuple[str, ...], rows: list[tuple[str, ...]]) -> str:
    lines = [head, tuple("---" for _ in head), *rows]
    return "".join(f"| {' | '.join(cell.replace('|', chr(92) + '|') for cell in line)} |\n" for line in lines)


def _code(term: Node) -> str:
    return f"`{shrink(str(term))}`" if isinstance(term, URIRef) else f"“{term}”" if isinstance(term, Literal) else ""


def _ours(term: Node) -> bool:
    return str(term).startswith(HC)


if __name__ == "__main__":
    for name, page in PAGES.items():
        (Path(__file__).parent / name).write_text(page(), encoding="utf-8")
