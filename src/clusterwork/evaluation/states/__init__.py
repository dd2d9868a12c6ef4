"""Moves of the room's things, as tables."""
