"""Views of what schools state and of the reports' tables, a file a subject."""
