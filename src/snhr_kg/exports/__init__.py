"""The dataset's files, the same bytes from run to run."""
