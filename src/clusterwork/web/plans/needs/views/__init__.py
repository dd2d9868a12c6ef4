"""The views of needs and choosing, a file a page or two."""
