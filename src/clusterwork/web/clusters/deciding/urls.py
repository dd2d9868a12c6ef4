"""Addresses of this part, from the root of the language."""

from __future__ import annotations

from django.urls import path

from clusterwork.web.clusters.deciding.views import (
    decision,
    decisions,
    governance,
    groups,
    heads,
    proposing,
    recording,
    voice,
)

urlpatterns = [
    path("clusters/<int:pk>/decisions", decisions.cluster_decisions, name="cluster_decisions"),
    path("clusters/<int:pk>/decisions.csv", decisions.decisions_csv, name="decisions_csv"),
    path("clusters/<int:pk>/decisions/propose", proposing.propose, name="decision_propose"),
    path("clusters/<int:pk>/decisions/record", recording.record, name="decision_record"),
    path("clusters/decisions/<int:pk>/", decision.decision, name="decision"),
    path("clusters/decisions/<int:pk>/amend", proposing.amend, name="decision_amend"),
    path("clusters/decisions/<int:pk>/vote/<int:school>", decision.vote, name="decision_vote"),
    path("clusters/decisions/<int:pk>/close", decision.close, name="decision_close"),
    path("clusters/decisions/<int:pk>/withdraw", decision.withdraw, name="decision_withdraw"),
    path("clusters/decisions/<int:pk>/share", decision.share, name="decision_share"),
    path("clusters/<int:pk>/governance", governance.cluster_governance, name="cluster_governance"),
    path("clusters/<int:pk>/governance/voting", governance.voting_rule, name="voting_rule"),
    path("clusters/<int:pk>/governance/groups/new", groups.group_new, name="cluster_group_new"),
    path("clusters/groups/<int:pk>/end", groups.group_end, name="cluster_group_end"),
    path("clusters/groups/<int:pk>/voting", governance.group_rule, name="group_rule"),
    path("clusters/groups/<int:pk>/join", groups.seat_new, name="group_seat_new"),
    path("clusters/groups/members/<int:pk>/leave", groups.seat_end, name="group_seat_end"),
    path("clusters/voting-rules/<int:pk>/end", governance.group_rule_end, name="group_rule_end"),
    path("clusters/<int:pk>/voice", voice.cluster_voice, name="cluster_voice"),
    path("clusters/<int:pk>/voice.csv", voice.voice_csv, name="voice_csv"),
    path("clusters/<int:pk>/new-heads/<int:headship>", heads.new_head, name="new_head"),
]
