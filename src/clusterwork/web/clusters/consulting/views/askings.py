"""The officer's side of asking first: open, see who answered, remind, close."""

from __future__ import annotations

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_safe

from clusterwork.accounts.models import Role
from clusterwork.clusters.permissions import formation_for
from clusterwork.clusters.permissions.consulting import asking_for
from clusterwork.clusters.selectors.askings import (
    asked_in,
    askings_of,
    open_asking_of,
    takes_wishes,
    waiting_asked,
    wishes_in,
)
from clusterwork.clusters.selectors.closing import suggested_closing
from clusterwork.clusters.selectors.confirming import confirmation_of
from clusterwork.clusters.selectors.heads import without_head
from clusterwork.clusters.selectors.proposals import done_in
from clusterwork.clusters.selectors.rounds import counts_of, open_round, rounds_of
from clusterwork.clusters.services.asking import (
    close_asking,
    last_day,
    open_asking,
    remind_asked,
)
from clusterwork.web.accounts.links import full
from clusterwork.web.clusters.asking import person_of, today
from clusterwork.web.clusters.consulting.forms.rounds import AskForm
from clusterwork.web.clusters.consulting.shown.wishes import wish_rows
from clusterwork.web.clusters.frame import formation_frame
from clusterwork.web.clusters.refusing import done_or_said, done_or_told
from clusterwork.web.guards import needs_role, only

PAGE_SIZE = 50
USUAL_WEEKS_TO_ASK = 2


def asked_link(token: str, language: str) -> str:
    """Where a head answers the two questions without signing in."""
    return full("asked_by_link", token, language=language)


@needs_role(Role.Kind.PROGRAMME_OFFICER)
@require_safe
def schools_answers(request: HttpRequest, pk: int) -> HttpResponse:
    """What the schools of an exercise were asked and what is to be done with it."""
    formation = formation_for(person_of(request), pk, today())
    rounds = list(rounds_of(formation))
    context = {
        **formation_frame(formation, "schools_answers"),
        "askings": askings_of(formation),
        "open_asking": open_asking_of(formation),
        "rounds": [(each, counts_of(each)) for each in rounds[:5]],
        "n_rounds": len(rounds),
        "open_round": open_round(formation),
        "to_put": done_in(formation).filter(round__isnull=True)[:PAGE_SIZE],
        "n_chosen": formation.chosen.count(),
        "declined": formation.chosen.filter(declined_at__isnull=False).select_related("school"),
        "today": today(),
    }
    return render(request, "clusters/consulting/schools_answers.html", context, using="jinja2")


@needs_role(Role.Kind.PROGRAMME_OFFICER)
@only("GET", "HEAD", "POST")
def ask_schools(request: HttpRequest, pk: int) -> HttpResponse:
    """Puts the two questions to the chosen schools."""
    formation = formation_for(person_of(request), pk, today())
    if confirmation_of(pk):
        messages.warning(request, _("The clusters of this exercise have been confirmed."))
        return redirect("confirmed", pk)
    organisation = formation.programme.organisation
    day = suggested_closing(organisation, today(), USUAL_WEEKS_TO_ASK)
    form = AskForm(request.POST or None, initial={"closes_on": day})
    if form.is_valid():
        opened = done_or_said(
            form,
            "closes_on",
            lambda: open_asking(
                person=person_of(request),
                now=timezone.now(),
                pk=pk,
                closes_on=form.cleaned_data["closes_on"],
                link_for=asked_link,
            ),
        )
        if opened:
            messages.success(request, _("The schools have been asked."))
            return redirect("asking", opened.pk)
    chosen = set(formation.chosen.values_list("school_id", flat=True))
    context = {
        **formation_frame(formation, "schools_answers"),
        "form": form,
        "n_chosen": len(chosen),
        "n_without_head": len(without_head(chosen, today())),
    }
    return render(request, "clusters/consulting/ask_schools.html", context, using="jinja2")


@needs_role(Role.Kind.PROGRAMME_OFFICER)
@require_safe
def asking(request: HttpRequest, pk: int) -> HttpResponse:
    """Who has answered, and every wish with what became of it."""
    found = asking_for(person_of(request), pk, today())
    schools = Paginator(asked_in(found), PAGE_SIZE).get_page(request.GET.get("page"))
    ids = [each.school_id for each in schools]
    wishes = wishes_in(found)
    only_open = request.GET.get("wishes") == "open"
    shown = wishes.filter(decision="") if only_open else wishes
    page = Paginator(shown, PAGE_SIZE).get_page(request.GET.get("wishes_page"))
    context = {
        **formation_frame(found.formation, "schools_answers"),
        "asking": found,
        "counts": askings_of(found.formation).get(pk=found.pk),
        "page": schools,
        "wishes": wish_rows(page, found.formation),
        "wishes_page": page,
        "only_open": only_open,
        "n_wishes": wishes.count(),
        "takes_answers": takes_wishes(found, today()),
        "last_day": last_day(found),
        "waiting": waiting_asked(found).exists(),
        "without_head": without_head(ids, today()),
        "links_weigh": links_weigh(found.formation.programme.policies.first()),
    }
    return render(request, "clusters/consulting/asking.html", context, using="jinja2")


@needs_role(Role.Kind.PROGRAMME_OFFICER)
@only("POST")
def asking_remind(request: HttpRequest, pk: int) -> HttpResponse:
    """Writes once more to whoever has not answered."""
    n = done_or_told(
        request,
        lambda: remind_asked(
            person=person_of(request), now=timezone.now(), pk=pk, link_for=asked_link
        ),
    )
    if n:
        messages.success(request, reminded(n))
    return redirect("asking", pk)


@needs_role(Role.Kind.PROGRAMME_OFFICER)
@only("POST")
def asking_close(request: HttpRequest, pk: int) -> HttpResponse:
    """Ends the asking, so that the wishes can be decided."""
    done = done_or_told(
        request, lambda: close_asking(person=person_of(request), now=timezone.now(), pk=pk)
    )
    if done:
        messages.success(request, _("The asking is closed. The wishes can be decided now."))
    return redirect("asking", pk)


def reminded(n: int) -> str:
    """How many schools were written to."""
    return ngettext("One school was reminded.", "%(n)s schools were reminded.", n) % {"n": n}


def links_weigh(policy: object) -> bool:
    """Whether the policy of now gives partnerships and links any weight."""
    mapping = getattr(policy, "mapping", {})
    return bool(mapping.get("weights", {}).get("links", 0))
