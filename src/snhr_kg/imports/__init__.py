"""Published tables of other sources as external figures and incidents: CSV in, N-Quads out, in constant memory."""
