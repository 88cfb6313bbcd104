"""Charts of the figures that a topic's lines hold."""
