"""Pages of needs, choosing, plans, reviews and their documents."""
