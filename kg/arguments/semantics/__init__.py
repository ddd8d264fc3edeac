"""Semantics of weighted argumentation graphs; no module here depends on RDF."""
