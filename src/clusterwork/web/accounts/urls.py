"""Addresses of your account, people and invitations; allauth's that we offer stand beside them."""

from __future__ import annotations

from django.urls import include, path

from clusterwork.web.accounts.views import (
    account,
    answers,
    api_tokens,
    delegates,
    invitations,
    people,
)

urlpatterns = [
    path("", account.account, name="account"),
    path("invitations/<int:pk>/accept/", account.accept_own, name="own_invitation_accept"),
    path("keys/", api_tokens.api_tokens, name="api_tokens"),
    path("keys/<int:pk>/withdraw/", api_tokens.api_token_withdraw, name="api_token_withdraw"),
    path("people/", people.people, name="people"),
    path("people.csv", people.people_csv, name="people_csv"),
    path("people/<int:pk>/", people.person, name="person"),
    path("people/invite/", invitations.invite, name="invite"),
    path("roles/<int:pk>/end/", people.role_end, name="role_end"),
    path("invitations/<int:pk>/again/", invitations.invitation_again, name="invitation_again"),
    path(
        "invitations/<int:pk>/withdraw/",
        invitations.invitation_withdraw,
        name="invitation_withdraw",
    ),
    path("invitation/<str:key>/", invitations.invitation, name="invitation"),
    path("answer/<str:token>/", answers.answer, name="answer"),
    path("schools/<int:pk>/named/", delegates.delegates, name="delegates"),
    path("named/<int:pk>/end/", delegates.delegate_end, name="delegate_end"),
    path("", include("clusterwork.web.accounts.urls_sign_in")),
]
