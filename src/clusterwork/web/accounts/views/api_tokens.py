"""Keys by which programs read the API for you: made, shown once, withdrawn."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from clusterwork.accounts.services.api_tokens import (
    make_api_token,
    open_tokens,
    withdraw_api_token,
)
from clusterwork.kernel.errors import Problem
from clusterwork.web.accounts.forms.api_tokens import ApiTokenForm
from clusterwork.web.accounts.reader import person_of
from clusterwork.web.formats import said
from clusterwork.web.guards import only, signed_in


@signed_in
@only("GET", "POST")
def api_tokens(request: HttpRequest) -> HttpResponse:
    """Your keys; on POST one more, which this answer shows and no other page ever will."""
    person, now = person_of(request), timezone.now()
    form = ApiTokenForm(request.POST or None)
    key = ""
    if request.method == "POST" and form.is_valid():
        name = form.cleaned_data["name"]
        try:
            _token, key = make_api_token(person=person, name=name, holds=form.holds, now=now)
            form = ApiTokenForm()
        except Problem as problem:
            form.add_error(None, said(problem))
    context = {
        "form": form,
        "key": key,
        "tokens": open_tokens(person, now),
        "api_address": request.build_absolute_uri(reverse("api:openapi-json")),
    }
    return render(request, "accounts/api_tokens.html", context, using="jinja2")


@signed_in
@only("POST")
def api_token_withdraw(request: HttpRequest, pk: int) -> HttpResponse:
    """The key opens nothing any more."""
    token = withdraw_api_token(person=person_of(request), pk=pk, now=timezone.now())
    messages.success(request, _("Withdrawn: %(name)s") % {"name": token.name})
    return redirect("api_tokens")
