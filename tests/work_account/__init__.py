"""Signing in with a work account: a provider on this machine, and the whole way against it."""
