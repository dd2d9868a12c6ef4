"""Real analyses on open data, written into `docs/studies/` by one command."""
