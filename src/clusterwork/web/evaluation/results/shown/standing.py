"""Where an analysis stands, in words."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _

from clusterwork.clusters.sentences import read
from clusterwork.evaluation.models import Analysis, Run
from clusterwork.evaluation.selectors.studies import Standing
from clusterwork.web.evaluation.frame import address_of
from clusterwork.web.formats import said
from clusterwork.web.measures.words import school_year

TAGS = {
    Run.State.WAITING: "govuk-tag--grey",
    Run.State.WORKING: "govuk-tag--blue",
    Run.State.DONE: "govuk-tag--green",
    Run.State.FAILED: "govuk-tag--red",
    Run.State.STOPPED: "govuk-tag--grey",
}


@dataclass(frozen=True)
class StandingShown:
    """An analysis as a list names it: what it is of, where it stands, what was found."""

    title: str
    facts: list[str]
    state: str
    tag: str
    sentences: list[str]
    address: str
    later: Run | None
    is_shared: bool
    is_earlier_shared: bool
    n_changes: int


def standing_shown(each: Standing, *, works: bool) -> StandingShown:
    """The analysis for whoever works on it, or was shown its result."""
    analysis, result = each.analysis, each.result
    later = each.later if works else None
    is_shared = analysis.shared_at is not None
    return StandingShown(
        title=str(each.measure) if each.measure else analysis_title(analysis),
        facts=_facts_of(each),
        state=_state(each, later),
        tag=_tag(each, later),
        sentences=sentences_of(result.found) if result else [],
        address=_address(analysis, result, works),
        later=later,
        is_shared=is_shared,
        is_earlier_shared=is_shared and not (result and result.is_shown),
        n_changes=each.n_changes if works else 0,
    )


def analysis_title(analysis: Analysis) -> str:
    """What it looks at, as it is planned."""
    return str(analysis.measure) if analysis.measure else _("An analysis without a measure yet")


def _facts_of(each: Standing) -> list[str]:
    """The cluster where it is of one, and the years: of the result where there is one."""
    facts = [str(each.cluster)] if each.cluster else []
    planned = each.plan or each.analysis
    if planned.first_year and planned.last_year:
        years = {
            "first": school_year(planned.first_year),
            "last": school_year(planned.last_year),
        }
        facts.append(_("%(first)s to %(last)s") % years)
    return facts


def sentences_of(found: Mapping[str, Any]) -> list[str]:
    """What was found, in the reader's language."""
    return said_all(found.get("sentences", ()))


def said_all(kept: Sequence[Mapping[str, Any]]) -> list[str]:
    """Sentences as a run keeps them, in the reader's language."""
    return [said(message) for each in kept if (message := read(each))]


def _state(each: Standing, later: Run | None) -> str:
    if later:
        return later.get_state_display()
    if each.result:
        return _("Too early to say") if each.result.found.get("too_early") else _("Result")
    return each.analysis.get_state_display()


def _tag(each: Standing, later: Run | None) -> str:
    if later:
        return TAGS[Run.State(later.state)]
    if each.result:
        early = each.result.found.get("too_early")
        return "govuk-tag--grey" if early else "govuk-tag--green"
    return "govuk-tag--blue" if each.analysis.state == "registered" else "govuk-tag--grey"


def _address(analysis: Analysis, result: Run | None, works: bool) -> str:
    """To its result where there is one, otherwise to its plan."""
    if result or not works:
        return address_of("analysis_result", analysis.pk)
    return address_of("analysis", analysis.pk) or reverse("study", args=[analysis.study_id])
