"""Addresses of your account, people and invitations; allauth's that we offer stand beside them."""

from __future__ import annotations

from django.urls import include, path

from clusterwork.web.accounts.views import account

urlpatterns = [
    path("", account.account, name="account"),
    path("", include("clusterwork.web.accounts.urls_sign_in")),
]
