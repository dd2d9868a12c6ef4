"""Pages on which schools say what they need, and clusters choose their priorities."""
