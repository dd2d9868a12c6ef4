"""A cluster's needs and its one plan: audit, priorities, work, money, targets, review."""
