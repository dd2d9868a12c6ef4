"""What stands on every page that a school or a diocese sees of an asking or a round."""

from __future__ import annotations

from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _

from clusterwork.clusters.models import AskedSchool, Round
from clusterwork.registry.models import Organisation, School


def asked_frame(asked: AskedSchool) -> dict[str, Any]:
    """Trail and readers of what one school is asked first."""
    formation = asked.asking.formation
    organisation = formation.programme.organisation
    return {
        "asked": asked,
        "asking": asked.asking,
        "formation": formation,
        "organisation": organisation,
        "trail_items": _school_trail(asked.school),
        "seen_by_words": readers(organisation),
    }


def place_frame(found: Round, school: School) -> dict[str, Any]:
    """Trail and readers of one school's place."""
    organisation = found.formation.programme.organisation
    return {
        **round_words(found),
        "school": school,
        "trail_items": _school_trail(school),
        "seen_by_words": readers(organisation),
    }


def round_words(found: Round) -> dict[str, Any]:
    """What every page about a round names."""
    return {
        "round": found,
        "proposal": found.proposal,
        "formation": found.formation,
        "organisation": found.formation.programme.organisation,
    }


def readers(organisation: Organisation) -> str:
    """The school itself and the officers."""
    return _(
        "the school's headteacher, whoever she has named, and programme officers. "
        "Organisation: %(organisation)s"
    ) % {"organisation": organisation}


def readers_of_all(organisation: Organisation) -> str:
    """Everybody that a proposal was put to."""
    return _(
        "the schools of this proposal, the dioceses of its church schools, and programme officers. "
        "Organisation: %(organisation)s"
    ) % {"organisation": organisation}


def _school_trail(school: School) -> list[dict[str, Any]]:
    return [
        {"text": str(school), "href": reverse("school", args=[school.pk])},
        {"text": _("What you are asked"), "href": reverse("asked_of_you")},
    ]
