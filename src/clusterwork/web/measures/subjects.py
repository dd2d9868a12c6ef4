"""Of what a figure is entered by hand: how it is loaded, and what its pages say."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from clusterwork.accounts.models import Person
from clusterwork.measures.models import Figure
from clusterwork.measures.permissions.entering import (
    authority_to_enter_for,
    cluster_to_enter_for,
    school_to_enter_for,
)
from clusterwork.measures.selectors.figures import Subject
from clusterwork.web.measures.authority import to_authority
from clusterwork.web.measures.frame import seen_by_enterers, to_cluster, to_school

Words = str | Promise


@dataclass(frozen=True)
class Kind:
    """A school, a cluster or an authority, to those who enter its figures.

    `own` names the page of the figures that are its own; `told` says on the form who will see it.
    """

    name: str
    load: Callable[[Person, int, dt.date], Subject]
    trail: Callable[[Any], list[dict[str, Any]]]
    own: str
    what: Words
    told: Words
    kept: Words
    enterers: Callable[[], Words]

    def address(self, page: str, *args: int) -> str:
        """The address of one of its pages: `figure_enter`, `measure_enter`."""
        return reverse(f"{self.name}_{page}", args=args)

    def trail_to(self, subject: Any) -> list[dict[str, Any]]:
        """The way to its own figures."""
        steps = self.trail(subject)
        if self.own == f"{self.name}_figures":
            return steps
        return [*steps, {"text": str(OWN), "href": reverse(self.own, args=[subject.pk])}]


OWN = _("Its own figures")
TO_ALL = _("Everyone who has a role in a school or an organisation will see it.")
KEPT_FOR_ALL = _("The figure is kept. Everyone who has a role sees it.")
SCHOOL = Kind(
    "school",
    school_to_enter_for,
    to_school,
    "school_figures",
    _(
        "What is published nationally comes in from files, and need not be typed. Enter here what "
        "only the school knows."
    ),
    _("Until you release it, the figure is seen by your school alone."),
    _("The figure is kept, and seen by your school alone."),
    seen_by_enterers,
)
CLUSTER = Kind(
    "cluster",
    cluster_to_enter_for,
    to_cluster,
    "cluster_own_figures",
    _(
        "Totals over the schools are put together from the schools' figures, and need not be "
        "typed. Enter here what is known of the cluster itself."
    ),
    TO_ALL,
    KEPT_FOR_ALL,
    lambda: _("the heads of its schools, its chair, coordinator and clerk, and its officers"),
)
AUTHORITY = Kind(
    "authority",
    authority_to_enter_for,
    to_authority,
    "authority_own_figures",
    _(
        "Totals over the schools are put together from the schools' figures, and need not be "
        "typed. Enter here what is known of the authority itself."
    ),
    TO_ALL,
    KEPT_FOR_ALL,
    lambda: _("programme officers of its organisations"),
)
KINDS: Mapping[str, Kind] = {each.name: each for each in (SCHOOL, CLUSTER, AUTHORITY)}


def kind_of(figure: Figure) -> Kind:
    """What the figure is of."""
    if figure.school_id:
        return SCHOOL
    return CLUSTER if figure.cluster_id else AUTHORITY
