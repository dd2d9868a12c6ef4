"""Background work of the room, run by the worker."""
