"""Pages of a cluster's decisions, its governance, its voices and its new heads."""
