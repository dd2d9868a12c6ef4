"""What stands on every page of a study, an analysis or a run: trail, way around, who sees it."""

from __future__ import annotations

from typing import Any

from django.urls import NoReverseMatch, reverse
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as _lazy

from clusterwork.clusters.models import Programme
from clusterwork.evaluation.models import Analysis, Study

Items = list[dict[str, Any]]

# Pages of an analysis. Those to whom a result was shown find only the pages for readers.
PAGES: tuple[tuple[str, str | Promise], ...] = (
    ("analysis", _lazy("Plan")),
    ("analysis_result", _lazy("Result")),
    ("analysis_method", _lazy("Method note")),
)
READERS = ("analysis_result", "analysis_method")


def to_studies() -> Items:
    """Studies."""
    return [{"text": _("Studies"), "href": reverse("studies")}]


def to_programme(programme: Programme) -> Items:
    """Studies › those of the programme."""
    here = f"{reverse('studies')}?programme={programme.pk}"
    return [*to_studies(), {"text": str(programme), "href": here}]


def to_study(study: Study) -> Items:
    """Studies › the programme › the study."""
    here = {"text": str(study), "href": reverse("study", args=[study.pk])}
    return [*to_programme(study.programme), here]


def study_frame(study: Study, *, works: bool = True) -> dict[str, Any]:
    """The frame of a study's own page; `works` is false for those to whom results were shown."""
    return {
        "study": study,
        "programme": study.programme,
        "works": works,
        "trail_items": to_programme(study.programme),
        "seen_by_words": seen_by_workers(study) if works else seen_by_readers(study),
    }


def step_frame(study: Study) -> dict[str, Any]:
    """The frame of a page on which one thing of a study is asked."""
    return {**study_frame(study), "trail_items": to_study(study)}


def analysis_frame(
    analysis: Analysis, current: str, *, works: bool = True, is_shown: bool = False
) -> dict[str, Any]:
    """Trail and sub-navigation of an analysis's page; `current` is the page's name.

    `is_shown`: schools read what stands on it.
    """
    study = analysis.study
    return {
        "analysis": analysis,
        "study": study,
        "programme": study.programme,
        "works": works,
        "trail_items": to_study(study),
        "around": around(analysis, current, works=works),
        "seen_by_words": seen_by_readers(study) if is_shown else seen_by_workers(study),
    }


def around(analysis: Analysis, current: str, *, works: bool = True) -> Items:
    """The sub-navigation of an analysis."""
    offered = [(name, words) for name, words in PAGES if works or name in READERS]
    return [
        {"text": str(words), "href": address, "current": name == current}
        for name, words in offered
        if (address := address_of(name, analysis.pk))
    ]


def address_of(name: str, *keys: int) -> str:
    """The address of the page of this name; empty where there is none."""
    try:
        return reverse(name, args=keys)
    except NoReverseMatch:
        return ""


def seen_by_workers(study: Study) -> str:
    """Who can see what is planned and worked out."""
    return _("programme officers and the people named on the study. Organisation: %(name)s") % {
        "name": study.programme.organisation
    }


def seen_by_readers(study: Study) -> str:
    """Who can see a result that was shown to schools."""
    return _(
        "heads of schools in the programme, members of its groups, programme officers and the "
        "people named on the study. Organisation: %(name)s"
    ) % {"name": study.programme.organisation}
