"""Who gets which page of this part; the plan is one that has been sent in."""

from __future__ import annotations

from clusterwork.web.census import OWN_OFFICER, Rule

READERS = frozenset(
    {
        "headteacher",
        "school_staff",
        "officer",
        "chair_of_governors",
        "governor_representative",
    }
)
WRITERS = frozenset({"headteacher", "school_staff"})
PLAN, PROGRAMME = "sent_plan", "programme"

CENSUS: dict[str, Rule] = {
    "plan_papers": Rule(READERS, (PLAN,)),
    "plan_paper": Rule(READERS, (PLAN, "paper_audience")),
    "plan_paper_file": Rule(READERS, (PLAN, "paper_audience", "paper_form")),
    "plan_forms": Rule(WRITERS, (PLAN,)),
    "plan_form_new": Rule(WRITERS, (PLAN,)),
    "plan_form": Rule(WRITERS, (PLAN, "funder_form")),
    "plan_form_question": Rule(WRITERS, (PLAN, "funder_form")),
    "plan_form_unquestion": Rule(WRITERS, (PLAN, "funder_form", "form_question")),
    "plan_form_file": Rule(WRITERS, (PLAN, "funder_form", "paper_form")),
    "programme_forms": Rule(OWN_OFFICER, (PROGRAMME,)),
    "programme_form_new": Rule(OWN_OFFICER, (PROGRAMME,)),
    "programme_form_question": Rule(OWN_OFFICER, (PROGRAMME, "programme_form")),
    "programme_form_unquestion": Rule(OWN_OFFICER, (PROGRAMME, "programme_form", "form_question")),
    "programme_form_end": Rule(OWN_OFFICER, (PROGRAMME, "programme_form")),
    "programme_plans": Rule(OWN_OFFICER, (PROGRAMME,)),
    "programme_plans_csv": Rule(OWN_OFFICER, (PROGRAMME,)),
    "programme_table": Rule(OWN_OFFICER, (PROGRAMME,)),
    "programme_table_file": Rule(OWN_OFFICER, (PROGRAMME, "paper_form")),
}
