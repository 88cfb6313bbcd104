"""Records as triples: one room for each kind of record, no blank nodes, nothing read and nothing written."""
