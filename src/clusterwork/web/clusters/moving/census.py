"""Who gets which page of this part."""

from __future__ import annotations

from clusterwork.web.census import OWN_OFFICER, Rule

PROPOSAL = ("proposal",)
FORMATION = ("formation",)
READERS = OWN_OFFICER | {"inspector"}

CENSUS: dict[str, Rule] = {
    "move_school": Rule(OWN_OFFICER, PROPOSAL),
    "keep_moves": Rule(OWN_OFFICER, PROPOSAL),
    "move_back": Rule(OWN_OFFICER, ("proposal_by_hand", "moved_school")),
    "hold_and_propose": Rule(OWN_OFFICER, PROPOSAL),
    "leave_out_declined": Rule(OWN_OFFICER, ("round_of_answer",)),
    "confirm": Rule(OWN_OFFICER, PROPOSAL),
    "confirmed": Rule(OWN_OFFICER, ("confirmed_formation",)),
    "answer_reply": Rule(OWN_OFFICER, ("answer_to_move",)),
    "formation_why": Rule(READERS, FORMATION),
    "formation_why_csv": Rule(READERS, FORMATION),
}
