"""The forms of this part, a module a noun."""
