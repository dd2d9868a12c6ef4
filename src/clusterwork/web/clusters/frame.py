"""What stands on every page of a programme, exercise or proposal: trail and sub-navigation."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _

from clusterwork.clusters.models import Formation, Programme, Proposal
from clusterwork.web.day import Day

Items = list[dict[str, Any]]


READERS = (
    "programme",
    "programme_clusters",
    "programme_figures",
    "programme_priorities",
    "programme_groups",
    "programme_studies",
)


def programme_frame(
    programme: Programme, current: str, *, may_run: bool = True, day: Day | None = None
) -> dict[str, Any]:
    """Trail and sub-navigation of a programme's page; `current` is the page's name.

    Who is in the programme without running it finds only the pages for readers. `day` is kept on
    the pages whose facts have dates.
    """
    around = (
        ("programme", _("Overview")),
        ("programme_clusters", _("Clusters")),
        ("programme_agreements", _("Agreements")),
        ("programme_figures", _("Figures")),
        ("programme_priorities", _("Priorities")),
        ("programme_groups", _("Groups")),
        ("programme_eligibility", _("Who it is for")),
        ("programme_plans", _("Plans")),
        ("programme_reviewing", _("Reviewing plans")),
        ("programme_studies", _("Studies")),
        ("programme_forms", _("Funders’ forms")),
        ("policy", _("Policy")),
        ("programme_history", _("History")),
    )
    offered = [(name, text) for name, text in around if may_run or name in READERS]
    is_for_all = current in READERS
    return {
        "programme": programme,
        "day": day,
        "may_run": may_run,
        "trail_items": trail_to_programmes(),
        "around": _keeping_the_day(_around(offered, programme.pk, current), day),
        "seen_by_words": seen_by_those_in(programme) if is_for_all else seen_by(programme),
    }


def formation_frame(formation: Formation, current: str) -> dict[str, Any]:
    """Trail and sub-navigation of an exercise's page."""
    around = (
        ("formation", _("Overview")),
        ("chosen_schools", _("Schools")),
        ("schools_answers", _("Schools' answers")),
        ("locks", _("Decisions")),
        ("formation_known", _("What is known")),
        ("formation_why", _("Why each school is where it is")),
        ("formation_history", _("History")),
    )
    return {
        "formation": formation,
        "is_confirmed": hasattr(formation, "confirmation"),
        "programme": formation.programme,
        "trail_items": [*trail_to_programmes(), _step("programme", formation.programme)],
        "around": _around(around, formation.pk, current),
        "seen_by_words": seen_by(formation.programme),
    }


def proposal_frame(proposal: Proposal, current: str) -> dict[str, Any]:
    """Trail and sub-navigation of a proposal's page."""
    formation = proposal.formation
    around = (
        ("proposal", _("Clusters")),
        ("proposal_schools", _("Schools")),
        ("proposal_rules", _("Rules and costs")),
        ("proposal_firmness", _("Firm and borderline")),
        ("move_school", _("Move a school")),
        ("proposal_print", _("To print")),
    )
    is_confirmed = hasattr(formation, "confirmation")
    offered = [
        (name, text) for name, text in around if not (is_confirmed and name == "move_school")
    ]
    done = proposal.state == Proposal.State.DONE
    return {
        "proposal": proposal,
        "formation": formation,
        "is_confirmed": is_confirmed,
        "programme": formation.programme,
        "trail_items": [
            *trail_to_programmes(),
            _step("programme", formation.programme),
            _step("formation", formation),
        ],
        "around": _around(offered, proposal.pk, current) if done else [],
        "seen_by_words": seen_by(formation.programme),
    }


def trail_to_programmes() -> Items:
    """The first step of every trail."""
    return [{"text": _("Programmes"), "href": reverse("programmes")}]


def seen_by(programme: Programme) -> str:
    """Who can see the programme's pages."""
    return _("programme officers. Organisation: %(organisation)s") % {
        "organisation": programme.organisation
    }


def _keeping_the_day(items: Items, day: Day | None) -> Items:
    """The day goes along between pages of dated facts; the others pass it over."""
    query = day.query if day else ""
    return [{**item, "href": item["href"] + query} for item in items]


def seen_by_those_in(programme: Programme) -> str:
    """Who can see the pages that are for readers too."""
    return _(
        "heads of schools in the programme, members of its groups and programme officers. "
        "Organisation: %(organisation)s"
    ) % {"organisation": programme.organisation}


def _step(name: str, thing: Programme | Formation) -> dict[str, Any]:
    return {"text": str(thing), "href": reverse(name, args=[thing.pk])}


def _around(pages: Iterable[tuple[str, str]], pk: int, current: str) -> Items:
    return [
        {"text": text, "href": reverse(name, args=[pk]), "current": name == current}
        for name, text in pages
    ]
