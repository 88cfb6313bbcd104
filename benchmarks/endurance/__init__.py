"""What lets good and hostile clients loose on a running endpoint, and watches it."""
