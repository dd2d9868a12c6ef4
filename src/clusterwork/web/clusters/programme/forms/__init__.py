"""The forms of a programme's pages, a module a noun."""
