"""Addresses of sending and reviewing plans, from the root of the language."""

from __future__ import annotations

from django.urls import path

from clusterwork.web.plans.review.views import bodies, reviews, said, sending

PLAN = "plans/<int:pk>/"
REVIEW = "reviews/<int:pk>/"
PROGRAMME = "programmes/<int:pk>/reviewing/"

urlpatterns = [
    path(f"{PLAN}send", sending.plan_send, name="plan_send"),
    path(f"{PLAN}asked/<int:school>", sending.plan_asked, name="plan_asked"),
    path(f"{PLAN}take-back", sending.plan_take_back, name="plan_take_back"),
    path(f"{PLAN}review", said.plan_said, name="plan_said"),
    path(f"{PLAN}review/<int:comment>", said.plan_answer, name="plan_answer"),
    path("reviews/", reviews.reviews, name="reviews"),
    path(REVIEW, reviews.review, name="review"),
    path(f"{REVIEW}comment/<str:section>", reviews.review_comment, name="review_comment"),
    path(
        f"{REVIEW}comments/<int:comment>/remove", reviews.review_uncomment, name="review_uncomment"
    ),
    path(f"{REVIEW}checklist", reviews.review_checklist, name="review_checklist"),
    path(f"{REVIEW}answer", reviews.review_verdict, name="review_verdict"),
    path(PROGRAMME, bodies.programme_reviewing, name="programme_reviewing"),
    path(f"{PROGRAMME}bodies/add", bodies.body_new, name="body_new"),
    path(f"{PROGRAMME}bodies/<int:body>/end", bodies.body_end, name="body_end"),
    path(f"{PROGRAMME}questions/add", bodies.question_new, name="question_new"),
    path(f"{PROGRAMME}questions/<int:item>/end", bodies.question_end, name="question_end"),
]
