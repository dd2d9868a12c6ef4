"""Pages of a programme's priorities, groups, eligibility and clusters."""
