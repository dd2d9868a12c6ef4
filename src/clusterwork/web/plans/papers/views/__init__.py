"""The views, a file a noun."""
