"""Pages of schools that form a cluster themselves."""
