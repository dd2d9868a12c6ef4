"""Addresses of this part, from the root of the language."""

from __future__ import annotations

from django.urls import path

from clusterwork.web.clusters.moving.views import confirming, moving, reconstructing, replies

FORMING = "programmes/forming"
PROPOSALS = "programmes/proposals"

urlpatterns = [
    path(f"{PROPOSALS}/<int:pk>/move", moving.move_school, name="move_school"),
    path(f"{PROPOSALS}/<int:pk>/moves", moving.keep_moves, name="keep_moves"),
    path(f"{PROPOSALS}/<int:pk>/moves/<int:school>/back", moving.move_back, name="move_back"),
    path(f"{PROPOSALS}/<int:pk>/hold", moving.hold_and_propose, name="hold_and_propose"),
    path(f"{PROPOSALS}/<int:pk>/confirm", confirming.confirm, name="confirm"),
    path(f"{FORMING}/<int:pk>/confirmed", confirming.confirmed, name="confirmed"),
    path(
        f"{FORMING}/rounds/<int:pk>/leave-out",
        moving.leave_out_declined,
        name="leave_out_declined",
    ),
    path(f"{FORMING}/answers/<int:pk>/reply", replies.answer_reply, name="answer_reply"),
    path(f"{FORMING}/<int:pk>/why", reconstructing.formation_why, name="formation_why"),
    path(f"{FORMING}/<int:pk>/why.csv", reconstructing.formation_why_csv, name="formation_why_csv"),
]
