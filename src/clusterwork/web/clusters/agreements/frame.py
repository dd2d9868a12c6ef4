"""What stands on every page of one version of an agreement."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext as _

from clusterwork.accounts.models import Person
from clusterwork.clusters.models import AgreementVersion, Cluster
from clusterwork.clusters.permissions.agreements import Rights, version_for
from clusterwork.web.accounts.links import full
from clusterwork.web.clusters.asking import today
from clusterwork.web.clusters.cluster.frame import cluster_frame
from clusterwork.web.day import Day, PlannedDayForm


def agreement_link(pk: int, language: str) -> str:
    """The full address of a version, for letters."""
    return full("agreement", pk, language=language)


def read(person: Person, pk: int) -> tuple[AgreementVersion, Rights]:
    """The version for its readers, with what they may do today."""
    return version_for(person, pk, today())


def frame(request: HttpRequest, cluster: Cluster, day: Day | None = None) -> dict[str, Any]:
    """The cluster's frame as at `day`; as it is today where a version has its own days on it."""
    shown = day or Day(today(), PlannedDayForm(initial={"on": today()}))
    return cluster_frame(request, cluster, shown, "cluster_agreements")


def version_frame(
    request: HttpRequest, version: AgreementVersion, rights: Rights
) -> dict[str, Any]:
    """The frame with the version, what may be done to it, and who can see the page."""
    return {
        **frame(request, version.agreement.cluster),
        "version": version,
        "called_version": called(version),
        "rights": rights,
        "seen_by_words": seen_by(version),
    }


def called(version: AgreementVersion) -> str:
    """What the version is called on pages."""
    values = {"agreement": version.agreement, "number": version.number}
    if version.varies_id:
        return _("%(agreement)s: letter %(number)s") % values
    return _("%(agreement)s: version %(number)s") % values


def seen_by(version: AgreementVersion) -> str:
    """A draft is the cluster's own."""
    if version.state == AgreementVersion.State.DRAFT:
        return insiders()
    return _(
        "the people of the cluster and its schools, its officers, and the dioceses and trusts of "
        "its schools"
    )


def insiders() -> str:
    """Who can see what is the cluster's own."""
    return _("the people of the cluster and its schools")


def trail_to(version: AgreementVersion) -> list[dict[str, Any]]:
    """Clusters › cluster › Agreements › this version, for pages that do one thing."""
    cluster = version.agreement.cluster
    return [
        {"text": _("Clusters"), "href": reverse("clusters")},
        {"text": str(cluster), "href": reverse("cluster", args=[cluster.pk])},
        {"text": _("Agreements"), "href": reverse("cluster_agreements", args=[cluster.pk])},
        {"text": called(version), "href": reverse("agreement", args=[version.pk])},
    ]
