"""The shape in which each part of the house says who gets which page; read by the census test."""

from __future__ import annotations

from typing import NamedTuple

EVERYONE = frozenset(
    {
        "anonymous",
        "nobody",
        "officer",
        "other_officer",
        "finance_lead",
        "link_adviser",
        "headteacher",
        "school_staff",
        "chair_of_governors",
        "governor_representative",
        "evaluator",
        "inspector",
        "partner",
        "provision_worker",
    }
)
SIGNED_IN = EVERYONE - {"anonymous"}
OFFICERS = frozenset({"officer", "other_officer"})
OWN_OFFICER = frozenset({"officer"})


class Rule(NamedTuple):
    """Who may open an address, and which objects its keys name, in the order of the address.

    `is_recorded`: a look at what is restricted leaves an entry in the record.
    """

    allowed: frozenset[str]
    needs: tuple[str, ...] = ()
    is_recorded: bool = False
