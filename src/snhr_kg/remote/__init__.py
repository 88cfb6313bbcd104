"""A SPARQL 1.1 store elsewhere: `open_remote` asks it, `push` loads the dataset into it."""
