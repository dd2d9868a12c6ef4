"""The append-only record of who did what to which; stores ids and labels, no foreign keys upward."""
