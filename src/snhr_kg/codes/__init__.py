"""The code lists: read from Turtle, with every fault at once."""
