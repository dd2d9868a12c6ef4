"""Verbs of the room, each one transaction."""
