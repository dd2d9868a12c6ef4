"""The forms of needs and choosing."""
