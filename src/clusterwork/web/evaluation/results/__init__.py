"""Pages that show studies, runs and results."""
