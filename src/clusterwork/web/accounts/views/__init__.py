"""Pages of the accounts room, a file a noun."""
