"""The forms, a file a question."""
