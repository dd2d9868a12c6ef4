"""The pages of this part, a module a noun."""
