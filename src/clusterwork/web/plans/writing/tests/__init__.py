"""Tests of the pages on which a plan is written."""
