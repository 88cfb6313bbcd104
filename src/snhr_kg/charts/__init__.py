"""Charts of the figures, drawn when a graph is built."""
