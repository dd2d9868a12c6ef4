"""The room's facts, a file a noun."""
