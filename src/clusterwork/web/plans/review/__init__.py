"""Sending plans, reviewing them and answering reviewers."""
