"""Views of clusters, a file a subject."""
