"""Who may do what with people, a file a subject."""

from clusterwork.accounts.permissions.delegations import (
    may_name_for,
    may_prepare_for,
    may_send_for,
)
from clusterwork.accounts.permissions.people import (
    kinds_may_give,
    may_end,
    may_give,
    may_see_people_of,
    places_of,
)
from clusterwork.accounts.permissions.second_factor import (
    has_second_factor,
    lacks_second_factor,
    needs_second_factor,
)

__all__ = [
    "has_second_factor",
    "kinds_may_give",
    "lacks_second_factor",
    "may_end",
    "may_give",
    "may_name_for",
    "may_prepare_for",
    "may_see_people_of",
    "may_send_for",
    "needs_second_factor",
    "places_of",
]
