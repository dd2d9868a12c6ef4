"""The forms, a file a noun."""
