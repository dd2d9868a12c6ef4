"""The views of the register, a module a noun."""
