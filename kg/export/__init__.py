"""What leaves the store: RDF (`kg.export.rdf`) and answers of queries (`kg.export.results`)."""
