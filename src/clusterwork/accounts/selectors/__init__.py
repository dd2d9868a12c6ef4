"""Reads of the room, a file a noun."""

from clusterwork.accounts.selectors.roles import organisations_where, roles_on

__all__ = ["organisations_where", "roles_on"]
