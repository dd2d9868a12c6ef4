"""What stands on every page of an authority's figures: trail, sub-navigation, who sees it."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext as _

from clusterwork.accounts.permissions.register import may_keep
from clusterwork.registry.models import Authority
from clusterwork.web.clusters.asking import person_of, today
from clusterwork.web.day import Day


def authority_frame(
    request: HttpRequest, authority: Authority, day: Day, current: str
) -> dict[str, Any]:
    """The context of `measures/authority/layout.html`; `current` is the name of the page shown."""
    pages = (
        ("authority_figures", _("Schools together")),
        ("authority_own_figures", _("Its own figures")),
    )
    return {
        "authority": authority,
        "day": day,
        "may_enter": day.is_today and may_keep(person_of(request), authority, today()),
        "around": [
            {
                "text": text,
                "href": reverse(name, args=[authority.pk]) + day.query,
                "current": name == current,
            }
            for name, text in pages
        ],
        "trail_items": to_authority(authority)[:2],
        "seen_by_words": seen_by_those_in(),
    }


def to_authority(authority: Authority) -> list[dict[str, Any]]:
    """Schools › those of the authority › Figures."""
    return [
        {"text": _("Schools"), "href": reverse("schools")},
        {"text": str(authority), "href": f"{reverse('schools')}?authority={authority.code}"},
        {"text": _("Figures"), "href": reverse("authority_figures", args=[authority.pk])},
    ]


def seen_by_those_in() -> str:
    """Who sees the figures of an authority."""
    return _(
        "programme officers of its organisations, the heads of its schools, and members of the "
        "groups of its programmes"
    )
