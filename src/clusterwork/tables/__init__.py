"""What the tables of all rooms share: how versions are kept and how migrations run."""
