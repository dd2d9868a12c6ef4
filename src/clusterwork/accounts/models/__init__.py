"""The room's facts, a file a noun."""

from clusterwork.accounts.models.person import Person
from clusterwork.accounts.models.role import Role

__all__ = ["Person", "Role"]
