"""allauth's views where ours stand in front of them, and those of its pages that we do not have."""

from __future__ import annotations

from allauth.socialaccount.providers.openid_connect import views as openid_connect
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import override
from requests import RequestException

from clusterwork.kernel.errors import NotThere
from clusterwork.kernel.messages import N_, Message
from clusterwork.web.guards import only, open_to_all, signed_in


@open_to_all
@only("GET", "POST")
def provider_login(request: HttpRequest, provider_id: str) -> HttpResponse:
    """Asks on GET; on POST leads to the provider.

    By a page with a link that is followed at once, not by a redirect: browsers hold a redirect
    of a form to the page's `form-action`, and providers lead on to hosts that nobody can list.
    """
    if request.GET.get("process", "login") != "login":
        raise NotThere(Message(N_("Work accounts are joined by signing in with them.")))
    try:
        with override("en-gb"):  # providers know one address to come back to
            answer: HttpResponse = openid_connect.login(request, provider_id)
    except RequestException:
        return render(request, "socialaccount/authentication_error.html", status=503)
    if request.method == "POST" and answer.status_code == 302:
        address = answer.headers["Location"]
        return render(request, "accounts/leave.html", {"address": address}, using="jinja2")
    return answer


@open_to_all
@only("GET")
def by_invitation(request: HttpRequest) -> HttpResponse:
    """How people come in; stands at allauth's address for signing up, which is closed."""
    return render(request, "accounts/by_invitation.html", using="jinja2")


@signed_in
@only("GET")
def to_account(request: HttpRequest) -> HttpResponse:
    """Stands at addresses that allauth leads to and that have no page of their own here."""
    return redirect("account")
