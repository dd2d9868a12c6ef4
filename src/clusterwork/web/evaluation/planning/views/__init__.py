"""Pages of this part, a module a step."""
