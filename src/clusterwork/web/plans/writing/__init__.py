"""Writing a plan: its one page, a form for each part, several people at once."""
