"""The shapes, run over the graphs."""
