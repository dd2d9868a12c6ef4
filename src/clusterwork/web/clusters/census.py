"""Who gets which page of programmes and forming: officers of the programme's organisation."""

from clusterwork.web.census import OFFICERS, OWN_OFFICER, SIGNED_IN, Rule

READERS = frozenset({"officer", "headteacher"})  # the head of a school whose cluster takes part
PROGRAMME = ("programme",)
FORMATION = ("formation",)
PROPOSAL = ("proposal",)

CENSUS = {
    "programmes": Rule(SIGNED_IN),
    "programme_new": Rule(allowed=OFFICERS),
    "programme": Rule(READERS, ("programme_with_cluster",)),
    "programme_change": Rule(OWN_OFFICER, PROGRAMME),
    "programme_history": Rule(OWN_OFFICER, PROGRAMME),
    "policy": Rule(OWN_OFFICER, PROGRAMME),
    "policy_change": Rule(OWN_OFFICER, PROGRAMME),
    "policy_version": Rule(OWN_OFFICER, ("programme", "policy_number")),
    "policy_file": Rule(OWN_OFFICER, ("programme", "policy_number")),
    "formation_new": Rule(OWN_OFFICER, PROGRAMME),
    "formation": Rule(OWN_OFFICER, FORMATION),
    "formation_known": Rule(OWN_OFFICER, FORMATION),
    "formation_history": Rule(OWN_OFFICER, FORMATION),
    "chosen_schools": Rule(OWN_OFFICER, FORMATION),
    "choose_by_facts": Rule(OWN_OFFICER, FORMATION),
    "choose_by_list": Rule(OWN_OFFICER, FORMATION),
    "locks": Rule(OWN_OFFICER, FORMATION),
    "lock_remove": Rule(OWN_OFFICER, ("formation", "lock")),
    "propose": Rule(OWN_OFFICER, FORMATION),
    "compare": Rule(OWN_OFFICER, FORMATION),
    "proposal": Rule(OWN_OFFICER, PROPOSAL),
    "proposal_progress": Rule(OWN_OFFICER, PROPOSAL),
    "proposal_cancel": Rule(OWN_OFFICER, PROPOSAL),
    "proposal_schools": Rule(OWN_OFFICER, PROPOSAL),
    "proposal_rules": Rule(OWN_OFFICER, PROPOSAL),
    "proposed_cluster": Rule(OWN_OFFICER, ("proposal", "cluster_number")),
    "proposed_place": Rule(OWN_OFFICER, ("proposal", "school")),
    "work_out_alternatives": Rule(OWN_OFFICER, ("proposal", "school")),
    "work_out_decisions": Rule(OWN_OFFICER, PROPOSAL),
    "proposal_firmness": Rule(OWN_OFFICER, PROPOSAL),
    "work_out_firmness": Rule(OWN_OFFICER, PROPOSAL),
    "look_progress": Rule(OWN_OFFICER, ("look",)),
    "proposal_map": Rule(OWN_OFFICER, PROPOSAL),
    "proposal_csv": Rule(OWN_OFFICER, PROPOSAL),
    "proposal_geojson": Rule(OWN_OFFICER, PROPOSAL),
    "proposal_print": Rule(OWN_OFFICER, PROPOSAL),
}
