"""Whom a programme is for: stated, checked against the registry, flagged, looked at.

A check drops nobody. It records what it finds; people decide.
"""

from __future__ import annotations

import datetime as dt

from django.db import transaction
from django.db.models import Q, QuerySet

from clusterwork.accounts.models import Person
from clusterwork.audit.services import record
from clusterwork.clusters.models import (
    EligibilityCheck,
    EligibilityFinding,
    EligibilityVersion,
    Programme,
)
from clusterwork.clusters.permissions import programme_for
from clusterwork.clusters.rules.eligibility import (
    OUTSIDE,
    Eligibility,
    SchoolFacts,
    checked,
    judge,
    overall,
    to_mapping,
)
from clusterwork.clusters.selectors.eligibility import (
    candidates_for,
    checks_of,
    facts_of,
    grades_in_order,
    schools_in_programme,
    stated_in,
    version_now,
)
from clusterwork.kernel.errors import NotThere, Problem
from clusterwork.kernel.messages import N_, Message

BATCH = 2000


class StatedMeanwhile(Problem):
    """Somebody saved a version after the one that the form was filled from."""


class NothingToCheck(Problem):
    """Nobody has said whom the programme is for."""


class NotYet(Problem):
    """The day has not come."""


class NothingToLookAt(Problem):
    """The finding is no flag, or a later check has taken its place."""


@transaction.atomic
def save_eligibility(
    *, person: Person, day: dt.date, pk: int, stated: Eligibility, seen: int
) -> EligibilityVersion:
    """The next version; the one `seen` (0: none yet) again where nothing was changed.

    Raises `NotThere`, `NotAllowed`, `StatedMeanwhile` and the problems of `rules.eligibility`.
    """
    programme = _locked(programme_for(person, pk, day))
    last = version_now(programme)
    number = last.number if last else 0
    if number != seen:
        raise StatedMeanwhile(
            Message(N_("Somebody else has changed whom the programme is for.")),
            next_step=Message(
                N_("Compare it with what you have entered here, then save again to replace it.")
            ),
        )
    facts = to_mapping(checked(stated))
    if last and facts == last.facts:
        return last
    made = EligibilityVersion.objects.create(
        programme=programme, number=number + 1, facts=facts, saved_by=person
    )
    record(
        actor=person,
        verb="eligibility.save",
        subject=programme,
        summary=Message(
            N_("Said whom the programme is for. Version: %(number)s."), {"number": made.number}
        ),
        details={"before": last.facts if last else None, "after": facts},
    )
    return made


@transaction.atomic
def check_eligibility(
    *, person: Person, day: dt.date, pk: int, on: dt.date | None = None
) -> EligibilityCheck:
    """What the registry says on a day (today unless told) under the version that holds now.

    Raises `NotThere`, `NotAllowed`, `NothingToCheck`, `NotYet`.
    """
    programme = _locked(programme_for(person, pk, day))
    if on is not None and on > day:
        raise NotYet(
            Message(N_("What the registry will say on a day to come is not known.")),
            next_step=Message(N_("Choose today or an earlier day.")),
        )
    return _check(programme, on or day, person)


@transaction.atomic
def recheck(*, pk: int, day: dt.date) -> EligibilityCheck | None:
    """The yearly check of one programme by the system; None where it is no longer due."""
    programme = due_for_recheck(day).select_for_update(of=("self",)).filter(pk=pk).first()
    return _check(programme, day, None) if programme else None


def due_for_recheck(day: dt.date) -> QuerySet[Programme]:
    """Running programmes that say whom they are for and were last checked a year ago or more."""
    recent = EligibilityCheck.objects.filter(on__gt=_year_before(day))
    running = Q(ends_on__isnull=True) | Q(ends_on__gt=day)
    stated = EligibilityVersion.objects.values("programme")
    return Programme.objects.filter(running, starts_on__lte=day, pk__in=stated).exclude(
        pk__in=recent.values("version__programme")
    )


@transaction.atomic
def look_at(
    *, person: Person, day: dt.date, now: dt.datetime, pk: int, finding_pk: int, note: str = ""
) -> EligibilityFinding:
    """Somebody has looked at a flag. Raises `NotThere`, `NotAllowed`, `NothingToLookAt`."""
    programme = _locked(programme_for(person, pk, day))
    found = finding_of(programme, finding_pk)
    if found.result == EligibilityFinding.Result.FITS or not found.is_in or found.looked_at:
        raise NothingToLookAt(
            Message(N_("There is nothing to look at: the school fits, or somebody has looked.")),
            next_step=Message(N_("Open the page again to see how it stands.")),
        )
    found.looked_at_by, found.looked_at, found.note = person, now, note
    found.save(update_fields=["looked_at_by", "looked_at", "note"])
    record(
        actor=person,
        verb="eligibility.look",
        subject=programme,
        summary=Message(
            N_("Looked at a school that does not fit: %(school)s."), {"school": str(found.school)}
        ),
        details={"school": found.school_id, "result": found.result, "note": note},
    )
    return found


def finding_of(programme: Programme, pk: int) -> EligibilityFinding:
    """What the programme's last check found of one school. Raises `NotThere`."""
    last = checks_of(programme).first()
    chain = EligibilityFinding.objects.select_related("school", "check_made__version")
    found = chain.filter(check_made=last, pk=pk).first() if last else None
    if found is None:
        raise NotThere(
            Message(N_("This finding is not one of the last check.")),
            next_step=Message(N_("Open the page again to see what the last check found.")),
        )
    return found


def _locked(programme: Programme) -> Programme:
    return Programme.objects.select_for_update(of=("self",)).get(pk=programme.pk)


def _check(programme: Programme, on: dt.date, by: Person | None) -> EligibilityCheck:
    version = version_now(programme)
    if version is None:
        raise NothingToCheck(
            Message(N_("Nobody has said whom the programme is for.")),
            next_step=Message(N_("State the facts first.")),
        )
    before = checks_of(programme).first()
    made = EligibilityCheck.objects.create(version=version, on=on, by=by)
    findings = _findings(made, programme)
    _keep_looked_at(findings, before, version)
    EligibilityFinding.objects.bulk_create(findings, batch_size=BATCH)
    n_flags = sum(_is_flag(each) for each in findings)
    record(
        actor=by,
        verb="eligibility.check",
        subject=programme,
        summary=Message(
            N_("Checked which schools fit. Taking part without fitting: %(n)s."), {"n": n_flags}
        ),
        details={"version": version.number, "on": str(on)},
    )
    return made


def _findings(check: EligibilityCheck, programme: Programme) -> list[EligibilityFinding]:
    """Every school that takes part, and every other that is not plainly outside."""
    stated = stated_in(check.version)
    inside = schools_in_programme(programme, check.on)
    facts = facts_of(inside | candidates_for(programme, stated, check.on), stated, check.on)
    scale = grades_in_order(stated)
    found = [_finding(check, pk, pk in inside, stated, facts[pk], scale) for pk in sorted(facts)]
    return [each for each in found if each.is_in or each.result != OUTSIDE]


def _finding(
    check: EligibilityCheck,
    pk: int,
    is_in: bool,
    stated: Eligibility,
    facts: SchoolFacts,
    scale: list[str],
) -> EligibilityFinding:
    judged = judge(stated, facts, scale)
    kept = {each.name: {"value": each.value, "result": each.result} for each in judged}
    return EligibilityFinding(
        check_made=check, school_id=pk, result=overall(judged), is_in=is_in, facts=kept
    )


def _keep_looked_at(
    findings: list[EligibilityFinding],
    before: EligibilityCheck | None,
    version: EligibilityVersion,
) -> None:
    """A flag that somebody has looked at stays so while version and result are the same."""
    if before is None or before.version_id != version.pk:
        return
    looked = {each.school_id: each for each in before.findings.filter(looked_at__isnull=False)}
    for each in findings:
        held = looked.get(each.school_id)
        if held and held.result == each.result and _is_flag(each):
            each.looked_at_by_id, each.looked_at = held.looked_at_by_id, held.looked_at
            each.note = held.note


def _is_flag(finding: EligibilityFinding) -> bool:
    is_unseen = finding.looked_at is None
    return finding.is_in and is_unseen and finding.result != EligibilityFinding.Result.FITS


def _year_before(day: dt.date) -> dt.date:
    try:
        return day.replace(year=day.year - 1)
    except ValueError:  # 29 February
        return day.replace(year=day.year - 1, day=28)
