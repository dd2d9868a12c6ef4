"""What stands on every page about statistics of pupils: the way to it, and who sees it."""

from __future__ import annotations

from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _

from clusterwork.evaluation.models import Study
from clusterwork.web.evaluation.frame import Items, to_study


def cells_frame(study: Study) -> dict[str, Any]:
    """The frame of the list; pages below it add `below`."""
    return {
        "study": study,
        "programme": study.programme,
        "trail_items": to_study(study),
        "seen_by_words": seen_by_named(),
    }


def below(study: Study) -> dict[str, Any]:
    """The frame of a page below the list."""
    return {**cells_frame(study), "trail_items": to_cells(study)}


def to_cells(study: Study) -> Items:
    """Studies › the programme › the study › statistics of pupils."""
    here = {"text": _("Statistics of pupils"), "href": reverse("cells", args=[study.pk])}
    return [*to_study(study), here]


def seen_by_named() -> str:
    """Who can see what is restricted."""
    return _("only the people named on this study. Every look is recorded.")
