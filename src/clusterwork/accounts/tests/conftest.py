"""What every test of this room can use."""

from clusterwork.accounts.tests.places import county, head, officer, school

__all__ = ["county", "head", "officer", "school"]
