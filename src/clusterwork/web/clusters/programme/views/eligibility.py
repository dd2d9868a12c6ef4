"""Whom a programme is for: the facts, the last check beside them, and flags to look at."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.db.models import Count, Q
from django.http import HttpRequest, HttpResponse, StreamingHttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from clusterwork.clusters.models import EligibilityCheck, EligibilityFinding, Programme
from clusterwork.clusters.selectors.eligibility import (
    changes_between,
    checks_of,
    findings_of,
    flags_of,
    stated_in,
    version_now,
)
from clusterwork.clusters.services.eligibility import (
    check_eligibility,
    finding_of,
    look_at,
    save_eligibility,
)
from clusterwork.web.clusters.frame import programme_frame
from clusterwork.web.clusters.programme.forms.eligibility import EligibilityForm, LookForm
from clusterwork.web.clusters.programme.loading import Step, asked, run, taken
from clusterwork.web.clusters.programme.shown import (
    stated_shown,
    turns_shown,
    value_shown,
    words_for,
)
from clusterwork.web.clusters.refusing import done_or_said
from clusterwork.web.guards import only, signed_in
from clusterwork.web.spreadsheet import csv_response

PAGE_SIZE, SHORT_LIST, MOST_TURNS = 50, 15, 50
HERE = "programme_eligibility"
Result = EligibilityFinding.Result


@signed_in
@require_safe
def programme_eligibility(request: HttpRequest, pk: int) -> HttpResponse:
    """The facts in words, the choice with those just outside beside it, changes and flags."""
    programme = run(request, pk)
    version = version_now(programme)
    checks = list(checks_of(programme)[:2])
    context = {
        **programme_frame(programme, HERE),
        "version": version,
        "facts": stated_shown(stated_in(version), words_for(stated_in(version))) if version else [],
        "check": checks[0] if checks else None,
        **(_of_check(checks) if checks else {}),
    }
    return render(request, "clusters/programme/eligibility.html", context, using="jinja2")


def _of_check(checks: list[EligibilityCheck]) -> dict[str, Any]:
    check = checks[0]
    stated = stated_in(check.version)
    words = words_for(stated)
    found = findings_of(check)
    return {
        "columns": stated_shown(stated, words),
        "shown": lambda key, value: value_shown(key, value, words),
        "counts": _counts(check),
        "flags": list(flags_of(check)[:PAGE_SIZE]),
        "looked": list(found.filter(is_in=True, looked_at__isnull=False)[:PAGE_SIZE]),
        "sides": [(each, list(found.filter(result=each)[:SHORT_LIST])) for each in SIDES],
        "turns": turns_shown(changes_between(*checks)[:MOST_TURNS]) if len(checks) > 1 else [],
        "before": checks[1] if len(checks) > 1 else None,
    }


SIDES = (Result.FITS, Result.JUST_OUTSIDE, Result.UNKNOWN)


def _counts(check: EligibilityCheck) -> dict[str, int]:
    """How many findings of each result, and of them how many take part (`…_in`), and flags."""
    each = {result: Count("pk", filter=Q(result=result)) for result in Result.values}
    inside = {
        f"{result}_in": Count("pk", filter=Q(result=result, is_in=True)) for result in Result.values
    }
    counted = check.findings.aggregate(**each, **inside)
    return {**counted, "flags": flags_of(check).count()}


@signed_in
@require_safe
def programme_findings(request: HttpRequest, pk: int) -> HttpResponse:
    """All schools of one result, 50 a page."""
    programme = run(request, pk)
    check = checks_of(programme).first()
    result = request.GET.get("show", "")
    result = result if result in Result.values else Result.FITS
    stated = stated_in(check.version) if check else None
    words = words_for(stated) if stated else None
    found = findings_of(check).filter(result=result) if check else EligibilityFinding.objects.none()
    context = {
        **programme_frame(programme, HERE),
        "check": check,
        "result": Result(result),
        "results": Result,
        "columns": stated_shown(stated, words) if stated and words else [],
        "shown": lambda key, value: value_shown(key, value, words) if words else "",
        "page": Paginator(found, PAGE_SIZE).get_page(request.GET.get("page")),
    }
    return render(request, "clusters/programme/findings.html", context, using="jinja2")


@signed_in
@require_safe
def programme_findings_csv(request: HttpRequest, pk: int) -> StreamingHttpResponse:
    """Everything that the last check found, with the values that it judged by."""
    programme = run(request, pk)
    check = checks_of(programme).first()
    stated = stated_in(check.version) if check else None
    words = words_for(stated) if stated else None
    columns = stated_shown(stated, words) if stated and words else []
    header = [_("School"), _("Number"), _("Authority"), _("Result"), _("Takes part")]
    header += [each.name for each in columns] + [_("Note"), _("As at")]

    def rows() -> Iterator[tuple[object, ...]]:
        for each in findings_of(check) if check and words else ():
            values = (each.facts.get(column.key, {}).get("value") for column in columns)
            yield (
                each.school,
                each.school.urn or each.school.welsh_number or "",
                each.school.authority,
                each.get_result_display(),
                _("Yes") if each.is_in else _("No"),
                *("" if value is None else value for value in values),
                each.note,
                check.on if check else "",
            )

    return csv_response(_("who it is for"), header, rows())


@signed_in
@only("GET", "HEAD", "POST")
def programme_eligibility_change(request: HttpRequest, pk: int) -> HttpResponse:
    """States the facts."""
    programme = run(request, pk)
    initial = EligibilityForm.initial_from(version_now(programme))
    form = EligibilityForm(request.POST or None, programme=programme, initial=initial)
    if form.is_valid():
        saved = done_or_said(
            form,
            None,
            lambda: save_eligibility(
                **asked(request, pk), stated=form.stated, seen=form.cleaned_data["seen"]
            ),
        )
        if saved:
            messages.success(request, _("Saved. Check now which schools fit."))
            return redirect(HERE, pk)
    context = {**programme_frame(programme, HERE), "form": form, "last": _last(programme)}
    return render(request, "clusters/programme/eligibility_form.html", context, using="jinja2")


def _last(programme: Programme) -> int:
    """The number of the version that holds now; 0 for none."""
    version = version_now(programme)
    return version.number if version else 0


@signed_in
@only("POST")
def programme_eligibility_check(request: HttpRequest, pk: int) -> HttpResponse:
    """Looks at the registry now."""
    check_eligibility(**asked(request, pk))
    messages.success(request, _("The schools are checked. Nobody was dropped."))
    return redirect(HERE, pk)


@signed_in
@only("GET", "HEAD", "POST")
def programme_flag(request: HttpRequest, pk: int, finding: int) -> HttpResponse:
    """Somebody says what they found of a school that takes part and does not fit."""
    programme = run(request, pk)
    held = finding_of(programme, finding)
    form = LookForm(request.POST or None)
    step = Step(
        question=_("Look at a school: %(school)s") % {"school": held.school},
        send=_("I have looked at it"),
        form=form,
        act=lambda: look_at(
            **asked(request, pk), now=timezone.now(), finding_pk=finding, **form.cleaned_data
        ),
        said=_("The flag is looked at. The school stays in the programme."),
        page=HERE,
        at="note",
        lead=_why(held),
    )
    return taken(request, programme, step)


def _why(finding: EligibilityFinding) -> str:
    """What the school was judged by, in one line."""
    stated = stated_in(finding.check_made.version)
    words = words_for(stated)
    told = [
        f"{each.name}: {value_shown(each.key, finding.facts[each.key]['value'], words)} "
        f"({_('fits')}: {each.fits})"
        for each in stated_shown(stated, words)
        if finding.facts.get(each.key, {}).get("result") != Result.FITS
        and each.key in finding.facts
    ]
    return f"{finding.get_result_display()}. " + "; ".join(told)
