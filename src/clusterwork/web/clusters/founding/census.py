"""Who gets which page of founding: the schools that join, those invited, and their officers."""

from __future__ import annotations

from clusterwork.web.census import EVERYONE, OWN_OFFICER, SIGNED_IN, Rule

HEAD = frozenset({"headteacher"})
# In the world of the census the head has named a member of staff to prepare for her.
SCHOOL = HEAD | {"school_staff"}

CENSUS: dict[str, Rule] = {
    "foundings": Rule(SIGNED_IN),
    "founding_new": Rule(HEAD),
    "founding": Rule(SCHOOL | OWN_OFFICER, ("founding",)),
    "founding_purpose": Rule(HEAD, ("founding",)),
    "founding_invite": Rule(HEAD, ("founding",)),
    "founding_take_back": Rule(HEAD, ("founding", "invited_school")),
    "founding_ask": Rule(HEAD, ("founding",)),
    "founding_withdraw": Rule(HEAD, ("founding",)),
    "founding_answer": Rule(SCHOOL, ("founding_elsewhere", "school")),
    "founding_link": Rule(EVERYONE, ("founding_token",)),
    "founding_decide": Rule(OWN_OFFICER, ("founding_asked",)),
}
