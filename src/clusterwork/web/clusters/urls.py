"""Addresses of programmes, their policies and the forming of clusters."""

from django.urls import path

from clusterwork.web.clusters.views import (
    choosing,
    comparing,
    exports,
    formations,
    locks,
    looks,
    policies,
    programmes,
    proposals,
)

urlpatterns = [
    path("", programmes.programmes, name="programmes"),
    path("new", programmes.programme_new, name="programme_new"),
    path("<int:pk>/", programmes.programme, name="programme"),
    path("<int:pk>/change", programmes.programme_change, name="programme_change"),
    path("<int:pk>/history", programmes.programme_history, name="programme_history"),
    path("<int:pk>/policy", policies.policy, name="policy"),
    path("<int:pk>/policy/change", policies.policy_change, name="policy_change"),
    path("<int:pk>/policy/<int:number>", policies.policy_version, name="policy_version"),
    path("<int:pk>/policy/<int:number>.toml", policies.policy_file, name="policy_file"),
    path("<int:pk>/forming/new", formations.formation_new, name="formation_new"),
    path("forming/<int:pk>/", formations.formation, name="formation"),
    path("forming/<int:pk>/known", formations.formation_known, name="formation_known"),
    path("forming/<int:pk>/history", formations.formation_history, name="formation_history"),
    path("forming/<int:pk>/schools", choosing.chosen_schools, name="chosen_schools"),
    path("forming/<int:pk>/schools/choose", choosing.choose_by_facts, name="choose_by_facts"),
    path("forming/<int:pk>/schools/list", choosing.choose_by_list, name="choose_by_list"),
    path("forming/<int:pk>/decisions", locks.locks, name="locks"),
    path("forming/<int:pk>/decisions/<int:lock>/remove", locks.lock_remove, name="lock_remove"),
    path("forming/<int:pk>/propose", proposals.propose, name="propose"),
    path("forming/<int:pk>/compare", comparing.compare, name="compare"),
    path("proposals/<int:pk>/", proposals.proposal, name="proposal"),
    path("proposals/<int:pk>/progress", proposals.proposal_progress, name="proposal_progress"),
    path("proposals/<int:pk>/cancel", proposals.proposal_cancel, name="proposal_cancel"),
    path("proposals/<int:pk>/schools", proposals.proposal_schools, name="proposal_schools"),
    path("proposals/<int:pk>/rules", proposals.proposal_rules, name="proposal_rules"),
    path(
        "proposals/<int:pk>/clusters/<int:number>",
        proposals.proposed_cluster,
        name="proposed_cluster",
    ),
    path(
        "proposals/<int:pk>/schools/<int:school>", proposals.proposed_place, name="proposed_place"
    ),
    path(
        "proposals/<int:pk>/schools/<int:school>/elsewhere",
        looks.work_out_alternatives,
        name="work_out_alternatives",
    ),
    path("proposals/<int:pk>/rules/costs", looks.work_out_decisions, name="work_out_decisions"),
    path("proposals/<int:pk>/firm", looks.proposal_firmness, name="proposal_firmness"),
    path("proposals/<int:pk>/firm/again", looks.work_out_firmness, name="work_out_firmness"),
    path("looks/<int:pk>/progress", looks.look_progress, name="look_progress"),
    path("proposals/<int:pk>/map", exports.proposal_map, name="proposal_map"),
    path("proposals/<int:pk>/clusters.csv", exports.proposal_csv, name="proposal_csv"),
    path("proposals/<int:pk>/clusters.geojson", exports.proposal_geojson, name="proposal_geojson"),
    path("proposals/<int:pk>/print", exports.proposal_print, name="proposal_print"),
]
