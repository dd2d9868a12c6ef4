"""A cluster's agreements: what is in force, what is under way; and beginning one."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from clusterwork.clusters.models import AgreementVersion
from clusterwork.clusters.permissions import cluster_for
from clusterwork.clusters.permissions.agreements import (
    Rights,
    cluster_to_draft_in,
    rights_in,
    version_to_draft,
)
from clusterwork.clusters.selectors.agreements import Held, agreements_of, agreements_on
from clusterwork.clusters.selectors.governed import Governing, governing_of
from clusterwork.clusters.selectors.signing import SchoolSigns, n_signed, signing_of
from clusterwork.clusters.services.agreements.starting import start_letter, start_version
from clusterwork.web.clusters.agreements.forms.drafts import LetterForm
from clusterwork.web.clusters.agreements.frame import called, frame, insiders, trail_to
from clusterwork.web.clusters.agreements.views.library import kind_of
from clusterwork.web.clusters.asking import person_of, today
from clusterwork.web.clusters.refusing import done_or_said, done_or_told
from clusterwork.web.day import planned_day_of
from clusterwork.web.guards import only, signed_in


@dataclass(frozen=True)
class Shown:
    """One kind of agreement as the page shows it to this reader."""

    held: Held
    under_way: AgreementVersion | None
    signing: list[SchoolSigns]
    late: list[SchoolSigns]
    earlier: list[AgreementVersion]
    is_overdue: bool

    @property
    def n_signed(self) -> tuple[int, int]:
        """How many schools have signed what is under way, of how many."""
        return n_signed(self.signing)


@signed_in
@require_safe
def cluster_agreements(request: HttpRequest, pk: int) -> HttpResponse:
    """Both kinds: in force since when, under way, to be reviewed; who has not signed.

    On another day, what was in force and under way then, and who had signed of its schools.
    """
    cluster, day = cluster_for(person_of(request), pk, today()), planned_day_of(request)
    rights = rights_in(person_of(request), cluster, today())
    governing = governing_of(cluster, day.on)
    held = agreements_of(cluster) if day.is_today else agreements_on(cluster, day.on)
    shown = [_shown(each, rights, governing, day.on) for each in held]
    context = {
        **frame(request, cluster, day),
        "shown": shown,
        "drafts": rights.drafts and day.is_today,
        "rights": rights,
        "called_version": called,
        "in_force": sum(1 for each in shown if each.held.in_force),
    }
    return render(request, "clusters/agreements/list.html", context, using="jinja2")


def _shown(held: Held, rights: Rights, governing: Governing, day: dt.date) -> Shown:
    under_way = held.under_way
    if under_way and not rights.may_read(under_way):
        under_way = None
    reads = rights.reads
    signing = signing_of(under_way, day, governing) if under_way and reads else []
    in_force = signing_of(held.in_force, day, governing) if held.in_force and reads else []
    late = [each for each in in_force if not each.has_signed]
    earlier = [each for each in held.earlier if rights.may_read(each)]
    return Shown(held, under_way, signing, late, earlier, held.is_overdue(day))


@signed_in
@only("POST")
def agreement_new(request: HttpRequest, pk: int, kind: str) -> HttpResponse:
    """A first version, or the next one; then its clauses are chosen."""
    kind = kind_of(kind)
    cluster_to_draft_in(person_of(request), pk, today())
    made = done_or_told(
        request,
        lambda: start_version(person=person_of(request), day=today(), cluster_pk=pk, kind=kind),
    )
    if made is None:
        return redirect("cluster_agreements", pk)
    if made.clauses.exists():
        messages.success(
            request, _("A new version is begun, with the words of the one in force. Change them.")
        )
        return redirect("agreement", made.pk)
    return redirect("agreement_pick", made.pk)


@signed_in
@only("GET", "HEAD", "POST")
def agreement_letter(request: HttpRequest, pk: int) -> HttpResponse:
    """A letter that varies the version in force."""
    version = version_to_draft(person_of(request), pk, today())
    form = LetterForm(request.POST or None)
    if form.is_valid():
        made = done_or_said(
            form,
            "because",
            lambda: start_letter(
                person=person_of(request), day=today(), version_pk=pk, **form.cleaned_data
            ),
        )
        if made:
            return redirect("agreement_own", made.pk)
    context: dict[str, Any] = {
        "version": version,
        "form": form,
        "trail_items": trail_to(version),
        "seen_by_words": insiders(),
    }
    return render(request, "clusters/agreements/letter.html", context, using="jinja2")
