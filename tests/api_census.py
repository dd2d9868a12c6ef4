"""Who gets which address of the API; it asks for a key or a session like the pages do."""

from __future__ import annotations

from clusterwork.web.census import EVERYONE, OWN_OFFICER, SIGNED_IN, Rule

WITH_A_ROLE = SIGNED_IN - {"nobody"}
INSIDE = frozenset({"headteacher", "school_staff", "chair_of_governors", "governor_representative"})
READERS = INSIDE | OWN_OFFICER
PROGRAMME_READERS = frozenset({"officer", "headteacher"})

CENSUS = {
    "api:openapi-json": Rule(EVERYONE),
    "api:api-root": Rule(frozenset()),  # there is nothing to see
    "api_nowhere": Rule(frozenset(), ("forged_token",)),
    "api:api_schools": Rule(SIGNED_IN),
    "api:api_school": Rule(SIGNED_IN, ("school",)),
    "api:api_school_memberships": Rule(WITH_A_ROLE, ("school",)),
    "api:api_clusters": Rule(WITH_A_ROLE),
    "api:api_cluster": Rule(WITH_A_ROLE, ("cluster",)),
    "api:api_cluster_memberships": Rule(WITH_A_ROLE, ("cluster",)),
    "api:api_cluster_appointments": Rule(WITH_A_ROLE, ("cluster",)),
    "api:api_memberships": Rule(WITH_A_ROLE),
    "api:api_appointments": Rule(WITH_A_ROLE),
    "api:api_programmes": Rule(SIGNED_IN),
    "api:api_programme": Rule(OWN_OFFICER, ("programme",)),
    "api:api_measures": Rule(SIGNED_IN),
    "api:api_measure": Rule(SIGNED_IN, ("measure",)),
    "api:api_figures": Rule(SIGNED_IN),
    "api:api_cluster_totals": Rule(WITH_A_ROLE, ("cluster",)),
    "api:api_programme_totals": Rule(PROGRAMME_READERS, ("figured_programme",)),
    "api:api_authorities": Rule(SIGNED_IN),
    "api:api_authority_totals": Rule(PROGRAMME_READERS, ("authority",)),
    "api:api_cluster_plans": Rule(READERS, ("plan_cluster",)),
    "api:api_plan": Rule(INSIDE, ("draft_plan",)),
    "api:api_papers": Rule(READERS, ("sent_plan",)),
    "api:api_paper": Rule(READERS, ("sent_plan", "paper_audience")),
    "api:api_cluster_agreements": Rule(WITH_A_ROLE, ("agreements_cluster",)),
    "api:api_agreement": Rule(READERS, ("agreement_put_out",)),
    "api:api_cluster_decisions": Rule(WITH_A_ROLE, ("deciding_cluster",)),
    "api:api_decision": Rule(INSIDE, ("open_decision",)),
    "api:api_studies": Rule(SIGNED_IN),
    "api:api_study": Rule(PROGRAMME_READERS, ("shown_study",)),
    "api:api_result": Rule(PROGRAMME_READERS, ("shown_analysis",)),
    "api:api_programme_clusters": Rule(OWN_OFFICER, ("programme",)),
}
