"""Which of our concepts a name means: names in, scored and explained candidates out; knows nothing of HTTP."""
