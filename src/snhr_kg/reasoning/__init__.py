"""The OWL 2 RL closure, and the contradictions that stop a build."""
