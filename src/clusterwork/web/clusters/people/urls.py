"""Addresses of this part, from the root of the language."""

from __future__ import annotations

from django.urls import path

from clusterwork.web.clusters.people.views import (
    appointing,
    handing_over,
    headships,
    people,
    rotas,
    turns,
    vacancies,
)

urlpatterns = [
    path("clusters/<int:pk>/people", people.cluster_people, name="cluster_people"),
    path("clusters/<int:pk>/people/<str:role>/appoint", appointing.appoint, name="appoint"),
    path("clusters/appointments/<int:pk>/", appointing.appointment, name="appointment"),
    path("clusters/appointments/<int:pk>/end", appointing.appointment_end, name="appointment_end"),
    path(
        "clusters/appointments/<int:pk>/hand-over",
        appointing.appointment_hand_over,
        name="appointment_hand_over",
    ),
    path(
        "clusters/appointments/<int:pk>/correct",
        appointing.appointment_correct,
        name="appointment_correct",
    ),
    path(
        "clusters/appointments/<int:pk>/take-back",
        appointing.appointment_take_back,
        name="appointment_take_back",
    ),
    path("clusters/<int:pk>/rota", rotas.cluster_rota, name="cluster_rota"),
    path("clusters/<int:pk>/rota/start", rotas.rota_start, name="rota_start"),
    path("clusters/<int:pk>/rota/plan", rotas.rota_plan, name="rota_plan"),
    path("clusters/<int:pk>/rota/join", rotas.rota_join, name="rota_join"),
    path("clusters/<int:pk>/rota/leave", rotas.rota_leave, name="rota_leave"),
    path("clusters/<int:pk>/rota/end", rotas.rota_end, name="rota_end"),
    path("clusters/turns/<int:pk>/", turns.turn, name="turn"),
    path("clusters/turns/<int:pk>/who", turns.turn_who, name="turn_who"),
    path("clusters/turns/<int:pk>/swap", turns.turn_swap, name="turn_swap"),
    path("clusters/turns/<int:pk>/chair", turns.turn_chair, name="turn_chair"),
    path("clusters/turns/<int:pk>/cancel", turns.turn_cancel, name="turn_cancel"),
    path("clusters/hand-over", handing_over.hand_over, name="hand_over"),
    path("clusters/hand-over/<int:pk>", handing_over.hand_over_of, name="hand_over_of"),
    path("clusters/vacancies", vacancies.vacancy_list, name="vacancies"),
    path("clusters/vacancies.csv", vacancies.vacancies_csv, name="vacancies_csv"),
    path("schools/<int:pk>/headship/", headships.school_headship, name="school_headship"),
    path("schools/<int:pk>/headship/new/", headships.headship_new, name="headship_new"),
    path(
        "schools/headships/<int:pk>/correct/", headships.headship_correct, name="headship_correct"
    ),
    path(
        "schools/headships/<int:pk>/take-back/",
        headships.headship_take_back,
        name="headship_take_back",
    ),
]
