"""The agreements of a cluster in a line each, for its overview."""

from __future__ import annotations

import datetime as dt

from django.utils.translation import gettext as _

from clusterwork.clusters.models import Cluster
from clusterwork.clusters.selectors.agreements import Held, agreements_of
from clusterwork.clusters.states.agreement import SIGNING
from clusterwork.web.formats import day as in_words


def agreement_lines(cluster: Cluster, day: dt.date) -> list[str]:
    """How each agreement that there is stands on `day`; drafts are the cluster's own and silent."""
    return [line for held in agreements_of(cluster) for line in [_line(held, day)] if line]


def _line(held: Held, day: dt.date) -> str:
    label, version = held.kind.label, held.in_force
    if version and version.in_force_on and version.in_force_on <= day:
        values = {"agreement": label, "day": in_words(version.in_force_on)}
        said = _("%(agreement)s: in force from %(day)s.") % values
        if held.is_overdue(day):
            said += " " + _("Its day of review has passed: %(day)s.") % {
                "day": in_words(version.review_on)
            }
        return said
    if held.under_way and held.under_way.state == SIGNING:
        return _("%(agreement)s: being signed.") % {"agreement": label}
    return ""
