"""What the census of `web.clusters.partnerships` needs: a function of the world for each word."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from clusterwork.clusters.models import StatedPartnership
from clusterwork.clusters.services.stated import StatedFacts, add_partnership
from clusterwork.registry.models import School


def school_with_named(world: Any) -> School:
    """The head's school, for which she has named somebody to prepare."""
    assert world.delegation.may_prepare
    return world.school


def stated_partnership(world: Any) -> StatedPartnership:
    """A line about another partnership."""
    return add_partnership(
        person=world.people["headteacher"],
        day=world.today,
        school_pk=world.made("school_with_named").pk,
        line="name",
        facts=StatedFacts(name="Sports partners", kind="network", what_for="Joint sports days"),
    )


MAKERS: dict[str, Callable[[Any], Any]] = {
    "school_with_named": school_with_named,
    "stated_partnership": stated_partnership,
}
