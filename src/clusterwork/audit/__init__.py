"""The append-only record of who did what to which; keeps ids and labels, no keys upward."""
