"""A store on a SPARQL 1.1 server, reached over HTTP."""
