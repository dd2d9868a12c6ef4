"""Views of schools that form a cluster themselves, a file a subject."""
