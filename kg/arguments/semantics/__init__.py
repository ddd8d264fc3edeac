"""Semantics of weighted argumentation graphs; nothing here knows RDF."""
