"""Inviting people, and answering an invitation by the link of its letter."""

from __future__ import annotations

import datetime as dt

from allauth.account.internal.flows.login import record_authentication
from allauth.account.utils import perform_login
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import override
from django.views.decorators.debug import sensitive_post_parameters

from clusterwork.accounts import rules
from clusterwork.accounts.models import Invitation, Person
from clusterwork.accounts.permissions.people import Places, places_of
from clusterwork.accounts.selectors.people import person_by_email
from clusterwork.accounts.services import invitations as verbs
from clusterwork.accounts.services.limits import count
from clusterwork.kernel.errors import NotAllowed, Problem, TooOften
from clusterwork.kernel.messages import N_, Message
from clusterwork.web.accounts.forms.people import ComeInForm, InviteForm
from clusterwork.web.accounts.links import answer_link, key_link
from clusterwork.web.accounts.reader import network_address, person_of
from clusterwork.web.accounts.views.people import looks_after_people, my_places
from clusterwork.web.formats import said
from clusterwork.web.guards import only, open_to_all


@looks_after_people
@only("GET", "POST")
def invite(request: HttpRequest) -> HttpResponse:
    """Asks whom to invite to what; on POST sends the letter."""
    places = my_places(request)
    initial = {"place": request.GET.get("place", ""), "kind": request.GET.get("kind", "")}
    form = InviteForm(
        request.POST or None, places=places, kinds=kinds_offered(places), initial=initial
    )
    if request.method == "POST" and form.is_valid():
        try:
            return send_first(request, form)
        except TooOften:
            raise
        except Problem as problem:
            form.add_error(None, said(problem))
    return render(request, "accounts/invite.html", {"form": form}, using="jinja2")


def kinds_offered(places: Places) -> frozenset[str]:
    """All kinds of role that the reader may give anywhere."""
    if places.organisation_ids:
        return rules.IN_ORGANISATION | rules.IN_SCHOOL
    return rules.GIVEN_BY_A_HEAD


def send_first(request: HttpRequest, form: InviteForm) -> HttpResponse:
    """Counts, invites, says so. Raises the problems of `invite`."""
    now, me, place = timezone.now(), person_of(request), form.chosen_place()
    values = {key: form.cleaned_data[key] for key in ("email", "name", "language", "kind")}
    count("invite", me.pk, now=now)
    count("invite_address", values["email"], now=now)
    verbs.invite(**values, place=place, by=me, now=now, key_link=key_link, answer_link=answer_link)
    messages.success(request, _("Invitation sent: %(email)s") % values)
    return redirect("people")


@looks_after_people
@only("POST")
def invitation_again(request: HttpRequest, pk: int) -> HttpResponse:
    """Sends a new letter; the old one's link stops working."""
    now, me, invitation = timezone.now(), person_of(request), invitation_here(request, pk)
    count("invite", me.pk, now=now)
    count("invite_address", invitation.email, now=now)
    verbs.send_again(
        invitation=invitation, by=me, now=now, key_link=key_link, answer_link=answer_link
    )
    messages.success(request, _("Invitation sent: %(email)s") % {"email": invitation.email})
    return redirect("people")


@looks_after_people
@only("POST")
def invitation_withdraw(request: HttpRequest, pk: int) -> HttpResponse:
    """Takes an invitation back."""
    invitation = invitation_here(request, pk)
    verbs.withdraw(invitation=invitation, by=person_of(request), now=timezone.now())
    messages.success(request, _("Invitation taken back: %(email)s") % {"email": invitation.email})
    return redirect("people")


def invitation_here(request: HttpRequest, pk: int) -> Invitation:
    """An invitation to a place that the reader looks after."""
    places = places_of(person_of(request), timezone.localdate())
    found = Invitation.objects.filter(places.covered(), pk=pk).first()
    if found is None:
        raise NotAllowed(
            Message(N_("There is no such invitation where you look after people.")),
            next_step=Message(N_("Look at your list of people.")),
        )
    return found


@open_to_all
@sensitive_post_parameters("password")
@only("GET", "POST")
def invitation(request: HttpRequest, key: str) -> HttpResponse:
    """Shows what a letter offers; on POST accepts it.

    For a stranger a form that makes their sign-in; for somebody signed in a button; for somebody
    known who is not signed in the way to do so.
    """
    now = timezone.now()
    found = looked_up(request, key, now)
    if isinstance(request.user, Person):
        return accept_signed_in(request, found, request.user)
    if person_by_email(found.email):
        return render(request, "accounts/sign_in_first.html", {"invitation": found}, using="jinja2")
    return come_in(request, found, key)


def looked_up(request: HttpRequest, key: str, now: dt.datetime) -> Invitation:
    """The invitation of a key; keys that fit none are counted, so that nobody guesses on."""
    try:
        return verbs.invitation_by_key(key, now)
    except verbs.InvitationClosed:
        count("open_invitation", network_address(request), now=now)
        raise


def accept_signed_in(request: HttpRequest, found: Invitation, me: Person) -> HttpResponse:
    """A button; on POST the role is the reader's. Raises the problems of `check_invited`."""
    verbs.check_invited(found, me)
    if request.method == "POST":
        verbs.accept(invitation=found, person=me, now=timezone.now())
        messages.success(request, _("You have the role now."))
        return redirect("home")
    return render(request, "accounts/accept.html", {"invitation": found}, using="jinja2")


def come_in(request: HttpRequest, found: Invitation, key: str) -> HttpResponse:
    """The form of somebody new; on POST they are signed in, in their language."""
    initial = {"name": found.name, "language": found.language}
    form = ComeInForm(request.POST or None, email=found.email, initial=initial)
    if request.method == "POST":
        now = timezone.now()
        count("accept_invitation", network_address(request), now=now)
        if form.is_valid():
            person = verbs.accept_as_new_person(key=key, now=now, **form.cleaned_data)
            return sign_in(request, person)
    context = {"form": form, "invitation": found}
    return render(request, "accounts/come_in.html", context, using="jinja2")


def sign_in(request: HttpRequest, person: Person) -> HttpResponse:
    """By allauth, so that the session is listed; leads home in the person's language."""
    record_authentication(request, person, method="password")
    with override(person.language):
        home = reverse("home")
    answer: HttpResponse = perform_login(
        request, person, email_verification="none", redirect_url=home
    )
    return answer
