"""The views of this part, a module a page."""
