"""Addresses of this part, from the root of the language."""

from __future__ import annotations

from django.urls import path

from clusterwork.web.clusters.agreements.views import (
    comparing,
    documents,
    drafting,
    library,
    listing,
    of_programme,
    putting,
    reading,
    signing,
)

urlpatterns = [
    path("organisations/<int:pk>/clauses/", library.clauses, name="clauses"),
    path("organisations/<int:pk>/clauses/take-over", library.take_over, name="clauses_take_over"),
    path("organisations/<int:pk>/clauses/<str:kind>/new", library.clause_new, name="clause_new"),
    path("clauses/<int:pk>/", library.clause_change, name="clause_change"),
    path("clauses/<int:pk>/move", library.clause_move, name="clause_move"),
    path("clauses/<int:pk>/withdraw", library.clause_withdraw, name="clause_withdraw"),
    path("clauses/<int:pk>/offer", library.clause_offer, name="clause_offer"),
    path("clusters/<int:pk>/agreements/", listing.cluster_agreements, name="cluster_agreements"),
    path("clusters/<int:pk>/agreements/<str:kind>/new", listing.agreement_new,
         name="agreement_new"),
    path("programmes/<int:pk>/agreements/", of_programme.programme_agreements,
         name="programme_agreements"),
    path("agreements/<int:pk>/", reading.agreement, name="agreement"),
    path("agreements/<int:pk>/comment", reading.agreement_comment, name="agreement_comment"),
    path("agreements/<int:pk>/compare", comparing.agreement_compare, name="agreement_compare"),
    path("agreements/<int:pk>/letter", listing.agreement_letter, name="agreement_letter"),
    path("agreements/<int:pk>/clauses", drafting.agreement_pick, name="agreement_pick"),
    path("agreements/<int:pk>/blanks", drafting.agreement_blanks, name="agreement_blanks"),
    path("agreements/<int:pk>/about", drafting.agreement_about, name="agreement_about"),
    path("agreements/<int:pk>/own", drafting.agreement_own, name="agreement_own"),
    path("agreements/clauses/<int:pk>/", drafting.agreement_clause, name="agreement_clause"),
    path("agreements/clauses/<int:pk>/move", drafting.agreement_move, name="agreement_move"),
    path("agreements/clauses/<int:pk>/out", drafting.agreement_out, name="agreement_out"),
    path("agreements/<int:pk>/put", putting.agreement_put, name="agreement_put"),
    path("agreements/<int:pk>/take-back", putting.agreement_take_back,
         name="agreement_take_back"),
    path("agreements/<int:pk>/withdraw", putting.agreement_withdraw, name="agreement_withdraw"),
    path("agreements/<int:pk>/remind", putting.agreement_remind, name="agreement_remind"),
    path("agreements/<int:pk>/sign/<int:school>/<str:capacity>", signing.agreement_sign,
         name="agreement_sign"),
    path("agreements/<int:pk>/copy/<int:school>/<str:capacity>", signing.agreement_copy,
         name="agreement_copy"),
    path("agreements/copies/<int:pk>", signing.signed_copy, name="signed_copy"),
    path("agreements/<int:pk>/download.<str:form>", documents.agreement_document,
         name="agreement_document"),
]  # fmt: skip
