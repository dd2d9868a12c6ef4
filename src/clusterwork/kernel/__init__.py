"""Plain Python that every room may use; touches no database, no web and no other room."""
