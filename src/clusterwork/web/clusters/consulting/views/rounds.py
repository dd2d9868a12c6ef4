"""The officer's side of a round: put, who answered what, remind, close, take back."""

from __future__ import annotations

from collections import Counter

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from clusterwork.accounts.models import Role
from clusterwork.clusters.models import Asking, Formation, Round
from clusterwork.clusters.permissions import made_proposal_for
from clusterwork.clusters.permissions.consulting import round_for
from clusterwork.clusters.selectors.askings import open_asking_of, takes_wishes
from clusterwork.clusters.selectors.closing import days_off_from, suggested_closing
from clusterwork.clusters.selectors.heads import without_head
from clusterwork.clusters.selectors.proposals import place_of
from clusterwork.clusters.selectors.rounds import (
    answers_of,
    counts_of,
    takes_answers,
    waiting_schools,
)
from clusterwork.clusters.services.rounds import (
    USUAL_WEEKS,
    bring_back,
    close_round,
    publish_round,
    remind_round,
    withdraw_round,
)
from clusterwork.web.accounts.links import full
from clusterwork.web.clusters.asking import person_of, today
from clusterwork.web.clusters.consulting.forms.rounds import RoundForm, WithdrawForm
from clusterwork.web.clusters.consulting.shown.answers import (
    COLOURS,
    COLUMNS,
    csv_rows,
    filters_of,
    first_sentence,
    reply_address,
    rows_of,
)
from clusterwork.web.clusters.consulting.views.askings import reminded
from clusterwork.web.clusters.frame import formation_frame
from clusterwork.web.clusters.refusing import done_or_said, done_or_told
from clusterwork.web.guards import needs_role, only
from clusterwork.web.spreadsheet import csv_response

PAGE_SIZE = 50


def place_link(token: str, language: str) -> str:
    """Where a head sees her school's place and answers without signing in."""
    return full("place_by_link", token, language=language)


@needs_role(Role.Kind.PROGRAMME_OFFICER)
@only("GET", "HEAD", "POST")
def round_new(request: HttpRequest, pk: int) -> HttpResponse:
    """Puts a made proposal to its schools."""
    proposal = made_proposal_for(person_of(request), pk, today())
    put = Round.objects.filter(proposal=proposal).first()
    if put:
        return redirect("round", put.pk)
    organisation = proposal.formation.programme.organisation
    day = suggested_closing(organisation, today(), USUAL_WEEKS)
    form = RoundForm(request.POST or None, initial={"closes_on": day})
    if form.is_valid():
        made = done_or_said(
            form,
            "closes_on",
            lambda: publish_round(
                person=person_of(request),
                now=timezone.now(),
                pk=pk,
                link_for=place_link,
                **form.cleaned_data,
            ),
        )
        if made:
            messages.success(request, _("The proposal is with the schools."))
            return redirect("round", made.pk)
    schools = set(proposal.places.values_list("school_id", flat=True))
    context = {
        **formation_frame(proposal.formation, "schools_answers"),
        "proposal": proposal,
        "form": form,
        "n_schools": len(schools),
        "n_without_head": len(without_head(schools, today())),
        "n_not_in_it": proposal.formation.chosen.exclude(school__in=schools).count(),
        "open_asking": _still_asked(proposal.formation),
        "supposed": days_off_from(organisation, today()).supposed,
        "organisation": organisation,
    }
    return render(request, "clusters/consulting/round_new.html", context, using="jinja2")


def _still_asked(formation: Formation) -> Asking | None:
    """The asking that the schools can still answer."""
    found = open_asking_of(formation)
    return found if found and takes_wishes(found, today()) else None


@needs_role(Role.Kind.PROGRAMME_OFFICER)
@require_safe
def round_page(request: HttpRequest, pk: int) -> HttpResponse:
    """Counts, who has not answered, and the answers."""
    found = round_for(person_of(request), pk, today())
    rows, links = filters_of(request, rows_of(found))
    page = Paginator(rows, PAGE_SIZE).get_page(request.GET.get("page"))
    waiting = list(waiting_schools(found).values_list("pk", flat=True))
    context = {
        **formation_frame(found.formation, "schools_answers"),
        "round": found,
        "proposal": found.proposal,
        "first": first_sentence(counts_of(found)),
        "page": page,
        "links": links,
        "colours": COLOURS,
        "takes_answers": takes_answers(found, today()),
        "n_waiting": len(waiting),
        "without_head": without_head(waiting, today()),
        "n_comments": found.diocese_comments.count(),
    }
    return render(request, "clusters/consulting/round.html", context, using="jinja2")


@needs_role(Role.Kind.PROGRAMME_OFFICER)
@require_safe
def round_csv(request: HttpRequest, pk: int) -> HttpResponseBase:
    """The same rows as a file."""
    found = round_for(person_of(request), pk, today())
    rows, _links = filters_of(request, rows_of(found))
    n_answers = Counter(found.answers.values_list("school_id", flat=True))
    name = f"answers-{found.formation_id}-{found.number}"
    return csv_response(name, COLUMNS, csv_rows(rows, n_answers))


@needs_role(Role.Kind.PROGRAMME_OFFICER)
@require_safe
def round_school(request: HttpRequest, pk: int, school: int) -> HttpResponse:
    """Everything that one school answered in a round, its diocese's words, and the replies."""
    found = round_for(person_of(request), pk, today())
    place = place_of(found.proposal, school)
    answers = list(answers_of(found, place.school))
    comments = found.diocese_comments.filter(school=school).select_related("organisation", "by")
    context = {
        **formation_frame(found.formation, "schools_answers"),
        "round": found,
        "proposal": found.proposal,
        "place": place,
        "answers": answers,
        "colours": COLOURS,
        "comments": comments,
        "reply_address": reply_address(answers[0] if answers else None),
        "chosen": found.formation.chosen.filter(school=school).first(),
    }
    return render(request, "clusters/consulting/round_school.html", context, using="jinja2")


@needs_role(Role.Kind.PROGRAMME_OFFICER)
@only("POST")
def round_remind(request: HttpRequest, pk: int) -> HttpResponse:
    """Writes once more to whoever has not answered."""
    n = done_or_told(
        request,
        lambda: remind_round(
            person=person_of(request), now=timezone.now(), pk=pk, link_for=place_link
        ),
    )
    if n:
        messages.success(request, reminded(n))
    return redirect("round", pk)


@needs_role(Role.Kind.PROGRAMME_OFFICER)
@only("POST")
def round_close(request: HttpRequest, pk: int) -> HttpResponse:
    """Ends the round."""
    done = done_or_told(
        request, lambda: close_round(person=person_of(request), now=timezone.now(), pk=pk)
    )
    if done:
        messages.success(request, _("The round is closed."))
    return redirect("round", pk)


@needs_role(Role.Kind.PROGRAMME_OFFICER)
@only("GET", "HEAD", "POST")
def round_withdraw(request: HttpRequest, pk: int) -> HttpResponse:
    """Takes the proposal back, with a word to every head."""
    found = round_for(person_of(request), pk, today())
    form = WithdrawForm(request.POST or None)
    if form.is_valid():
        done = done_or_said(form, None, lambda: _withdraw(request, found, form))
        if done:
            messages.success(request, _("The proposal is taken back, and the schools are told."))
            return redirect("round", pk)
    context = {
        **formation_frame(found.formation, "schools_answers"),
        "round": found,
        "form": form,
        "counts": counts_of(found),
    }
    return render(request, "clusters/consulting/round_withdraw.html", context, using="jinja2")


def _withdraw(request: HttpRequest, found: Round, form: WithdrawForm) -> Round:
    return withdraw_round(
        person=person_of(request),
        now=timezone.now(),
        pk=found.pk,
        because=form.cleaned_data["because"],
        link_for=lambda school, language: full("own_place", found.pk, school, language=language),
    )


@needs_role(Role.Kind.PROGRAMME_OFFICER)
@only("POST")
def declined_back(request: HttpRequest, pk: int, school: int) -> HttpResponse:
    """A school that declined takes part again."""
    bring_back(person=person_of(request), now=timezone.now(), pk=pk, school_pk=school)
    messages.success(request, _("The school takes part again in the next proposal."))
    return redirect("schools_answers", pk)
