"""Who gets which page of this part.

In the census's world the officer runs the programme, and the head and school staff are of the
first school of the cluster; the plan has been sent, and a second one has come back.
"""

from __future__ import annotations

from clusterwork.web.census import OWN_OFFICER, SIGNED_IN, Rule

SENDERS = frozenset({"headteacher"})
WRITERS = SENDERS | {"school_staff"}  # the head has named her
READERS = WRITERS | {"officer", "chair_of_governors", "governor_representative"}
SENT, BACK, REVIEW = ("sent_plan",), ("returned_plan",), ("open_review",)

CENSUS: dict[str, Rule] = {
    "plan_send": Rule(SENDERS, BACK),
    "plan_asked": Rule(WRITERS, ("returned_plan", "school_of_plan")),
    "plan_take_back": Rule(SENDERS, SENT),
    "plan_said": Rule(READERS, SENT),
    "plan_answer": Rule(WRITERS, ("returned_plan", "review_comment")),
    "reviews": Rule(SIGNED_IN),
    "review": Rule(OWN_OFFICER, REVIEW),
    "review_comment": Rule(OWN_OFFICER, ("open_review", "section_name")),
    "review_uncomment": Rule(OWN_OFFICER, ("open_review", "open_comment")),
    "review_checklist": Rule(OWN_OFFICER, REVIEW),
    "review_verdict": Rule(OWN_OFFICER, REVIEW),
    "programme_reviewing": Rule(OWN_OFFICER, ("programme",)),
    "body_new": Rule(OWN_OFFICER, ("programme",)),
    "body_end": Rule(OWN_OFFICER, ("programme", "review_body")),
    "question_new": Rule(OWN_OFFICER, ("programme",)),
    "question_end": Rule(OWN_OFFICER, ("programme", "checklist_item")),
}
