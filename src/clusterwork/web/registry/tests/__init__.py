"""Tests of the register's pages."""
