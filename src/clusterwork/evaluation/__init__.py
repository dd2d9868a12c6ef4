"""Studies: whether it helped, with analyses that are registered before anybody looks."""
