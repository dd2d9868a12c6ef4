"""The forms of the register's pages, a module a noun."""
