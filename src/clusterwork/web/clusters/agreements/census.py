"""Who gets which page of this part.

In the census's world the memorandum is in force with a new draft, and the data-sharing agreement
is being signed. Whoever has a role in a school is of the first school of the cluster; its head has
named a member of her staff to prepare for her.
"""

from __future__ import annotations

from clusterwork.web.census import EVERYONE, OWN_OFFICER, Rule

WITH_A_ROLE = EVERYONE - {"anonymous", "nobody"}
HEAD = frozenset({"headteacher"})
DRAFTS = frozenset({"headteacher", "school_staff"})
INSIDE = frozenset({"headteacher", "school_staff", "chair_of_governors", "governor_representative"})
READERS = INSIDE | OWN_OFFICER
IN_FORCE, DRAFT, PUT = ("agreement_in_force",), ("agreement_draft",), ("agreement_put_out",)
SLOT = (*PUT, "school", "head_capacity")
CLAUSE, SEALED = ("library_clause",), ("draft_clause",)
LIBRARY = ("organisation",)

CENSUS: dict[str, Rule] = {
    "clauses": Rule(OWN_OFFICER, LIBRARY),
    "clauses_take_over": Rule(OWN_OFFICER, LIBRARY),
    "clause_new": Rule(OWN_OFFICER, (*LIBRARY, "agreement_kind")),
    "clause_change": Rule(OWN_OFFICER, CLAUSE),
    "clause_move": Rule(OWN_OFFICER, CLAUSE),
    "clause_withdraw": Rule(OWN_OFFICER, CLAUSE),
    "clause_offer": Rule(OWN_OFFICER, CLAUSE),
    "cluster_agreements": Rule(WITH_A_ROLE, ("agreements_cluster",)),
    "programme_agreements": Rule(OWN_OFFICER, ("programme_with_cluster",)),
    "agreement_new": Rule(DRAFTS, ("agreements_cluster", "agreement_kind")),
    "agreement": Rule(READERS, PUT),
    "agreement_comment": Rule(INSIDE, PUT),
    "agreement_compare": Rule(INSIDE, DRAFT),
    "agreement_letter": Rule(DRAFTS, IN_FORCE),
    "agreement_pick": Rule(DRAFTS, DRAFT),
    "agreement_blanks": Rule(DRAFTS, DRAFT),
    "agreement_about": Rule(DRAFTS, DRAFT),
    "agreement_own": Rule(DRAFTS, DRAFT),
    "agreement_clause": Rule(DRAFTS, SEALED),
    "agreement_move": Rule(DRAFTS, SEALED),
    "agreement_out": Rule(DRAFTS, SEALED),
    "agreement_put": Rule(HEAD, DRAFT),
    "agreement_take_back": Rule(HEAD, PUT),
    "agreement_withdraw": Rule(HEAD, PUT),
    "agreement_remind": Rule(HEAD, PUT),
    "agreement_sign": Rule(HEAD, SLOT),
    "agreement_copy": Rule(DRAFTS | OWN_OFFICER, SLOT),
    "signed_copy": Rule(READERS, ("signed_copy",)),
    "agreement_document": Rule(READERS, (*PUT, "document_form")),
}
