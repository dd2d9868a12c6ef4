"""People, how they sign in, and the roles that they hold in an organisation or a school."""
