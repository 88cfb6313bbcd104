"""HTTP: the server, and the application that answers before an engine."""
