"""The report's text: its numbers, and the proof that every mention stands in it."""
