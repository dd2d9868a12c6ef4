"""Reads of the register: one module a question; nothing is changed here."""
