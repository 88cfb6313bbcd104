"""What answers queries where they can be stopped: worker processes over a built graph, or a store elsewhere."""
