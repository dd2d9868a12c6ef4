"""Your account: name, language, roles, invitations, how you sign in."""

from __future__ import annotations

from allauth.mfa.models import Authenticator
from allauth.usersessions.models import UserSession
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import override

from clusterwork.accounts.models import Person
from clusterwork.accounts.selectors.delegations import delegations_to, headed_by
from clusterwork.accounts.selectors.invitations import open_invitations_to
from clusterwork.accounts.services.invitations import accept, invitation_to
from clusterwork.accounts.services.people import change_details
from clusterwork.web.accounts.forms.people import DetailsForm
from clusterwork.web.accounts.reader import person_of
from clusterwork.web.guards import only, signed_in


@signed_in
@only("GET", "POST")
def account(request: HttpRequest) -> HttpResponse:
    """Shows who you are here; on POST saves name and language, and goes on in that language."""
    person = person_of(request)
    form = DetailsForm(
        request.POST or None, initial={"name": person.name, "language": person.language}
    )
    if request.method == "POST" and form.is_valid():
        person = change_details(person=person, **form.cleaned_data)
        with override(person.language):
            messages.success(request, _("Your details are saved."))
            return redirect("account")
    return render(
        request, "accounts/account.html", {"form": form, **facts_of(person)}, using="jinja2"
    )


def facts_of(person: Person) -> dict[str, object]:
    """What the page lists beside the form."""
    now = timezone.now()
    today = timezone.localdate(now)
    return {
        "invitations": open_invitations_to(person.email, now),
        "delegations": delegations_to(person, today),
        "headed": headed_by(person, today),
        "n_factors": Authenticator.objects.filter(user=person)
        .exclude(type=Authenticator.Type.RECOVERY_CODES)
        .count(),
        "n_sessions": UserSession.objects.filter(user=person).count(),
    }


@signed_in
@only("POST")
def accept_own(request: HttpRequest, pk: int) -> HttpResponse:
    """Accepts an invitation that was sent to your address."""
    person, now = person_of(request), timezone.now()
    accept(invitation=invitation_to(person, pk, now), person=person, now=now)
    messages.success(request, _("You have the role now."))
    return redirect("account")
