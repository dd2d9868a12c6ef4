"""Readers of the official files: rows in, plain records and rejections out; no database."""
