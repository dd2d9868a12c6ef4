"""The task list of an exercise: choose schools, ask, propose, put to schools, confirm."""

from __future__ import annotations

import datetime as dt
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from clusterwork.clusters.models import Formation, Round
from clusterwork.clusters.selectors.askings import askings_of, takes_wishes
from clusterwork.clusters.selectors.programmes import policy_now
from clusterwork.clusters.selectors.proposals import done_in
from clusterwork.clusters.selectors.rounds import counts_of, rounds_of, takes_answers
from clusterwork.web.formats import day as day_words
from clusterwork.web.formats import number

Step = dict[str, Any]


def steps_shown(formation: Formation, day: dt.date) -> list[Step]:
    """Each step with how it stands; what waits for the officer is marked."""
    n_schools = formation.chosen.count()
    last_round = rounds_of(formation).first()
    n_done = done_in(formation).count()
    return [
        _choose(formation, n_schools),
        _ask(formation, n_schools, day),
        _policy(formation),
        _decisions(formation),
        _known(formation),
        _propose(formation, n_schools, n_done),
        _put(formation, last_round, n_done, day),
        _confirm(formation, last_round),
    ]


def _choose(formation: Formation, n: int) -> Step:
    said = ngettext("One school", "%(n)s schools", n) % {"n": number(n)} if n else _("Not begun")
    name = "chosen_schools" if n or hasattr(formation, "confirmation") else "choose_by_facts"
    return _step(_("Choose the schools"), name, formation.pk, said, waits=not n)


def _ask(formation: Formation, n_schools: int, day: dt.date) -> Step:
    last: Any = askings_of(formation).first()
    hint = _("With whom they work now, and would wish, or not wish, to be.")
    title = _("Ask the schools first")
    if last is None:
        said = _("Not asked") if n_schools else _("Cannot start yet")
        return _step(title, "schools_answers", formation.pk, said, hint=hint)
    if takes_wishes(last, day):
        said = _("%(n)s of %(all)s answered") % {"n": last.n_answered, "all": last.n_asked}
        return _step(title, "asking", last.pk, said, hint=hint)
    n = last.n_undecided
    said = ngettext("One wish to decide", "%(n)s wishes to decide", n) % {"n": n}
    return _step(title, "asking", last.pk, said if n else _("Done"), hint=hint, waits=bool(n))


def _policy(formation: Formation) -> Step:
    said = _("Version %(number)s") % {"number": policy_now(formation.programme).number}
    hint = _("Sizes, travel, what counts and what each cluster must have.")
    return _step(_("Set the policy"), "policy", formation.programme_id, said, hint=hint)


def _decisions(formation: Formation) -> Step:
    n = formation.locks.count()
    said = ngettext("One decision", "%(n)s decisions", n) % {"n": n} if n else _("None")
    hint = _("Schools that must be together, must not, or stay with a hub. Not needed.")
    return _step(_("Note decisions made beforehand"), "locks", formation.pk, said, hint=hint)


def _known(formation: Formation) -> Step:
    hint = _("Positions, partnerships, pupils who move on, clusters of today.")
    said = _("From the register")
    return _step(_("See what is known"), "formation_known", formation.pk, said, hint=hint)


def _propose(formation: Formation, n_schools: int, n_done: int) -> Step:
    if n_done:
        said = ngettext("One proposal", "%(n)s proposals", n_done) % {"n": n_done}
        ended = {"href": None} if hasattr(formation, "confirmation") else {}
        return {**_step(_("Propose clusters"), "propose", formation.pk, said), **ended}
    said = _("Ready") if n_schools > 1 else _("Cannot start yet")
    return _step(_("Propose clusters"), "propose", formation.pk, said, waits=n_schools > 1)


def _put(formation: Formation, last: Round | None, n_done: int, day: dt.date) -> Step:
    title = _("Put a proposal to the schools")
    hint = _("Each sees its own place first, and accepts, asks to move, or declines.")
    if last is None or last.closed_at:
        said = _("Ready") if n_done else _("Cannot start yet")
        said = said if last is None else _("Round %(number)s is closed") % {"number": last.number}
        return _step(title, "schools_answers", formation.pk, said, hint=hint)
    if not takes_answers(last, day):
        return _step(title, "round", last.pk, _("To be closed"), hint=hint, waits=True)
    counts = counts_of(last)
    said = _("%(n)s of %(all)s answered, until %(day)s") % {
        "n": counts.n_answered,
        "all": counts.n_asked,
        "day": day_words(last.closes_on),
    }
    return _step(title, "round", last.pk, said, hint=hint)


def _confirm(formation: Formation, last: Round | None) -> Step:
    title, hint = _("Confirm the clusters"), _("They begin on a day, and the schools are told.")
    if hasattr(formation, "confirmation"):
        return _step(title, "confirmed", formation.pk, _("Confirmed"), hint=hint)
    if last is None or last.closed_at is None:
        said = _("After the schools have answered")
        return _step(title, "schools_answers", formation.pk, said, hint=hint)
    return _step(title, "confirm", last.proposal_id, _("Ready"), hint=hint)


def _step(
    text: str, name: str, pk: int, status: str, *, hint: str = "", waits: bool = False
) -> Step:
    tag = {"text": status, "classes": "govuk-tag--blue"}
    return {
        "title": {"text": text},
        "hint": {"text": hint} if hint else None,
        "href": reverse(name, args=[pk]),
        "status": {"tag": tag} if waits else {"text": status},
    }
