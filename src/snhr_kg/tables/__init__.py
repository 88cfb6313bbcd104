"""The tables a curator edits: read into records, with every fault at once."""
