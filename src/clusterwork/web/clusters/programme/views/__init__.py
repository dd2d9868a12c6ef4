"""The pages of a programme, a module a noun."""
