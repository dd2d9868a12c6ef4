"""Views, one file a thing."""
