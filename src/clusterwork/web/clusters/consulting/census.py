"""Who gets which page of asking schools first and of putting a proposal to them."""

from __future__ import annotations

from clusterwork.web.census import OWN_OFFICER, SIGNED_IN, Rule

NOBODY: frozenset[str] = frozenset()
# The world's head has named the staff member to prepare.
OF_THE_SCHOOL = frozenset({"headteacher", "school_staff"})
FORMATION = ("formation",)
ASKING = ("asking",)
WISH = ("wish",)
ROUND = ("round",)
PLACE = ("round", "school")

CENSUS: dict[str, Rule] = {
    "schools_answers": Rule(OWN_OFFICER, FORMATION),
    "ask_schools": Rule(OWN_OFFICER, FORMATION),
    "declined_back": Rule(OWN_OFFICER, ("formation", "school")),
    "asking": Rule(OWN_OFFICER, ASKING),
    "asking_remind": Rule(OWN_OFFICER, ASKING),
    "asking_close": Rule(OWN_OFFICER, ASKING),
    "wish": Rule(OWN_OFFICER, WISH),
    "wish_reopen": Rule(OWN_OFFICER, WISH),
    "round_new": Rule(OWN_OFFICER, ("unpublished_proposal",)),
    "round": Rule(OWN_OFFICER, ROUND),
    "round_csv": Rule(OWN_OFFICER, ROUND),
    "round_school": Rule(OWN_OFFICER, PLACE),
    "round_remind": Rule(OWN_OFFICER, ROUND),
    "round_close": Rule(OWN_OFFICER, ROUND),
    "round_withdraw": Rule(OWN_OFFICER, ROUND),
    "asked_of_you": Rule(SIGNED_IN),
    "asked": Rule(OF_THE_SCHOOL, ("asked",)),
    # The world's diocese is a partner's; its school is another than the head's.
    "whole_round": Rule(OWN_OFFICER | OF_THE_SCHOOL | {"partner"}, ROUND),
    "whole_round_map": Rule(OWN_OFFICER | OF_THE_SCHOOL | {"partner"}, ROUND),
    "own_place": Rule(OWN_OFFICER | OF_THE_SCHOOL, PLACE),
    "own_elsewhere": Rule(OWN_OFFICER | OF_THE_SCHOOL, PLACE),
    "diocese_places": Rule(frozenset({"partner"}), ROUND),
    "diocese_place": Rule(frozenset({"partner"}), ("round", "church_school")),
    # For whoever holds the letter; the world's token is nobody's, so it leads nowhere.
    "asked_by_link": Rule(NOBODY, ("forged_token",)),
    "place_by_link": Rule(NOBODY, ("forged_token",)),
}
