"""Who sees what of figures, in the words that stand at the foot of a page; and the trails."""

from __future__ import annotations

from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _

from clusterwork.clusters.models import Cluster
from clusterwork.registry.models import School


def to_measures() -> list[dict[str, Any]]:
    """Schools › Measures."""
    return [
        {"text": _("Schools"), "href": reverse("schools")},
        {"text": _("Measures"), "href": reverse("measures")},
    ]


def to_uploads() -> list[dict[str, Any]]:
    """Schools › Measures › Files of figures."""
    return [
        *to_measures(),
        {"text": _("Files of figures"), "href": reverse("figure_uploads")},
    ]


def to_school(school: School) -> list[dict[str, Any]]:
    """Schools › the school › Figures."""
    return [
        {"text": _("Schools"), "href": reverse("schools")},
        {"text": str(school), "href": reverse("school", args=[school.pk])},
        {"text": _("Figures"), "href": reverse("school_figures", args=[school.pk])},
    ]


def to_cluster(cluster: Cluster) -> list[dict[str, Any]]:
    """Clusters › the cluster › Figures."""
    return [
        {"text": _("Clusters"), "href": reverse("clusters")},
        {"text": str(cluster), "href": reverse("cluster", args=[cluster.pk])},
        {"text": _("Figures"), "href": reverse("cluster_figures", args=[cluster.pk])},
    ]


def seen_by_everybody() -> str:
    """Who sees the catalogue."""
    return _("everyone who is signed in. An organisation's own measures: its people and schools")


def seen_by_the_school() -> str:
    """Who sees a school's figures; every reader sees what is shown to that reader."""
    return _(
        "everyone who is signed in sees published figures; the school's people see all; the "
        "schools and officers of a cluster see what the school has released to it"
    )


def seen_by_senders() -> str:
    """Who sees the page on which figures are released."""
    return _("the school's headteacher and those whom she has named to send for her")


def seen_by_enterers() -> str:
    """Who sees the pages on which figures are entered and corrected."""
    return _("the school's headteacher, those whom she has named, and programme officers")


def seen_by_uploaders() -> str:
    """Who sees the pages of files of figures."""
    return _("programme officers of the organisation that the file is for")


def seen_by_officers() -> str:
    """Who sees the pages of groups and codes."""
    return _("programme officers; an organisation's own groups and codes: those of it and below it")
