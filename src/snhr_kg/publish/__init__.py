"""Writes the whole site as files, so that an organisation without a server can host it."""
