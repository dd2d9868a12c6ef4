"""Pages of what schools say of their partnerships, and the reports' tables."""
