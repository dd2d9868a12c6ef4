"""Addresses of schools that form a cluster themselves, from the root of the language."""

from __future__ import annotations

from django.urls import path

from clusterwork.web.clusters.founding.views import (
    answering,
    deciding,
    founding,
    inviting,
    listing,
)

urlpatterns = [
    path("clusters/founding/", listing.foundings, name="foundings"),
    path("clusters/founding/new/", founding.founding_new, name="founding_new"),
    path("clusters/founding/<int:pk>/", founding.founding, name="founding"),
    path("clusters/founding/<int:pk>/purpose/", founding.founding_purpose, name="founding_purpose"),
    path("clusters/founding/<int:pk>/ask/", founding.founding_ask, name="founding_ask"),
    path(
        "clusters/founding/<int:pk>/withdraw/",
        founding.founding_withdraw,
        name="founding_withdraw",
    ),
    path("clusters/founding/<int:pk>/invite/", inviting.founding_invite, name="founding_invite"),
    path(
        "clusters/founding/<int:pk>/schools/<int:school>/take-back/",
        inviting.founding_take_back,
        name="founding_take_back",
    ),
    path(
        "clusters/founding/<int:pk>/schools/<int:school>/",
        answering.founding_answer,
        name="founding_answer",
    ),
    path("clusters/founding/answer/<str:token>/", answering.founding_link, name="founding_link"),
    path("clusters/founding/<int:pk>/decide/", deciding.founding_decide, name="founding_decide"),
]
