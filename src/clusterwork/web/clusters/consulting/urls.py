"""Addresses of this part, from the root of the language."""

from __future__ import annotations

from django.urls import path

from clusterwork.web.clusters.consulting.views import (
    asked,
    askings,
    dioceses,
    places,
    rounds,
    wishes,
    yours,
)

FORMING = "programmes/forming"

urlpatterns = [
    path(f"{FORMING}/<int:pk>/answers", askings.schools_answers, name="schools_answers"),
    path(f"{FORMING}/<int:pk>/ask", askings.ask_schools, name="ask_schools"),
    path(
        f"{FORMING}/<int:pk>/answers/<int:school>/back", rounds.declined_back, name="declined_back"
    ),
    path(f"{FORMING}/askings/<int:pk>/", askings.asking, name="asking"),
    path(f"{FORMING}/askings/<int:pk>/remind", askings.asking_remind, name="asking_remind"),
    path(f"{FORMING}/askings/<int:pk>/close", askings.asking_close, name="asking_close"),
    path(f"{FORMING}/wishes/<int:pk>", wishes.wish, name="wish"),
    path(f"{FORMING}/wishes/<int:pk>/reopen", wishes.wish_reopen, name="wish_reopen"),
    path("programmes/proposals/<int:pk>/put", rounds.round_new, name="round_new"),
    path(f"{FORMING}/rounds/<int:pk>/", rounds.round_page, name="round"),
    path(f"{FORMING}/rounds/<int:pk>/answers.csv", rounds.round_csv, name="round_csv"),
    path(
        f"{FORMING}/rounds/<int:pk>/schools/<int:school>", rounds.round_school, name="round_school"
    ),
    path(f"{FORMING}/rounds/<int:pk>/remind", rounds.round_remind, name="round_remind"),
    path(f"{FORMING}/rounds/<int:pk>/close", rounds.round_close, name="round_close"),
    path(f"{FORMING}/rounds/<int:pk>/withdraw", rounds.round_withdraw, name="round_withdraw"),
    path("asked/", yours.asked_of_you, name="asked_of_you"),
    path("asked/<int:pk>", asked.asked, name="asked"),
    path("asked/by-link/<str:token>", asked.asked_by_link, name="asked_by_link"),
    path("proposed/<int:pk>/", places.whole_round, name="whole_round"),
    path("proposed/<int:pk>/map", places.whole_round_map, name="whole_round_map"),
    path("proposed/<int:pk>/schools/<int:school>", places.own_place, name="own_place"),
    path(
        "proposed/<int:pk>/schools/<int:school>/elsewhere",
        places.own_elsewhere,
        name="own_elsewhere",
    ),
    path("proposed/by-link/<str:token>", places.place_by_link, name="place_by_link"),
    path("proposed/<int:pk>/diocese", dioceses.diocese_places, name="diocese_places"),
    path("proposed/<int:pk>/diocese/<int:school>", dioceses.diocese_place, name="diocese_place"),
]
