"""A study started and an analysis planned, looked at for what it could see, and registered."""
