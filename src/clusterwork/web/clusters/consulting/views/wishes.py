"""The officer decides wishes, one after the other."""

from __future__ import annotations

from collections.abc import Callable

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _

from clusterwork.accounts.models import Role
from clusterwork.clusters.models import Wish
from clusterwork.clusters.permissions.consulting import wish_for
from clusterwork.clusters.selectors.askings import next_undecided, takes_wishes, wishes_in
from clusterwork.clusters.services.wishes import (
    accept_as_link,
    accept_as_lock,
    decline_wish,
    reopen_wish,
)
from clusterwork.web.clusters.asking import person_of, today
from clusterwork.web.clusters.consulting.forms.rounds import WishForm
from clusterwork.web.clusters.consulting.shown.wishes import (
    about_the_pair,
    choices_for,
    wish_rows,
)
from clusterwork.web.clusters.consulting.views.askings import links_weigh
from clusterwork.web.clusters.frame import formation_frame
from clusterwork.web.clusters.refusing import done_or_said
from clusterwork.web.guards import needs_role, only


@needs_role(Role.Kind.PROGRAMME_OFFICER)
@only("GET", "HEAD", "POST")
def wish(request: HttpRequest, pk: int) -> HttpResponse:
    """One wish with what is known of the two schools; then the next one."""
    found = wish_for(person_of(request), pk, today())
    asking = found.asked.asking
    (row,) = wish_rows([found], asking.formation)
    form = WishForm(
        request.POST or None,
        choices=choices_for(found, row.is_chosen),
        initial={"because": found.because[:300]},
    )
    if form.is_valid() and _decided(request, found, form):
        following = next_undecided(asking)
        messages.success(request, _("The wish has been decided."))
        return redirect("wish", following.pk) if following else redirect("asking", asking.pk)
    context = {
        **formation_frame(asking.formation, "schools_answers"),
        "form": form,
        "asking": asking,
        "row": row,
        "wish": found,
        "about": about_the_pair(found, asking.formation),
        "n_left": wishes_in(asking).filter(decision="").count(),
        "takes_answers": takes_wishes(asking, today()),
        "links_weigh": links_weigh(asking.formation.programme.policies.first()),
    }
    return render(request, "clusters/consulting/wish.html", context, using="jinja2")


@needs_role(Role.Kind.PROGRAMME_OFFICER)
@only("POST")
def wish_reopen(request: HttpRequest, pk: int) -> HttpResponse:
    """Takes the decision about a wish back."""
    reopen_wish(person=person_of(request), now=timezone.now(), pk=pk)
    messages.success(request, _("The decision about the wish has been taken back."))
    return redirect("wish", pk)


def _decided(request: HttpRequest, found: Wish, form: WishForm) -> Wish | None:
    told = {"person": person_of(request), "now": timezone.now(), "pk": found.pk}
    because = form.cleaned_data["because"]
    acts: dict[str, Callable[[], Wish]] = {
        Wish.Decision.LINKED: lambda: accept_as_link(**told, because=because),  # type: ignore[arg-type]
        Wish.Decision.LOCKED: lambda: accept_as_lock(**told, because=because),  # type: ignore[arg-type]
        Wish.Decision.DECLINED: lambda: decline_wish(**told),  # type: ignore[arg-type]
    }
    return done_or_said(form, "decision", acts[form.cleaned_data["decision"]])
