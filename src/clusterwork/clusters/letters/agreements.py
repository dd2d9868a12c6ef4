"""The words of letters about agreements: put to the schools, not signed yet, in force."""

from __future__ import annotations

from clusterwork.kernel.messages import N_
from clusterwork.notify.letters import register

PUT = "clusters.agreement_put"
REMINDED = "clusters.agreement_reminded"
IN_FORCE = "clusters.agreement_in_force"

KINDS = {
    "memorandum": N_("Memorandum of understanding"),
    "data_sharing": N_("Data-sharing agreement"),
}
CAPACITIES = {
    "head": N_("Headteacher"),
    "governors": N_("Chair of governors"),
    "trust": N_("Trust board"),
    "committee": N_("Management committee"),
}
WHAT = N_("Agreement: %(kind)s\nCluster: %(cluster)s\nFor: %(schools)s\nYou sign as: %(capacity)s")


def register_agreements() -> None:
    """Adds the letters of this file."""
    register(
        PUT,
        N_("An agreement to sign: %(cluster)s"),
        WHAT,
        N_("Put to the schools by: %(by)s"),
        "%(because)s",
        N_("Read it, and sign it by signing in again. It takes about five minutes:"),
        "%(link)s",
    )
    register(
        REMINDED,
        N_("Not signed yet: %(cluster)s"),
        WHAT,
        N_("Put to the schools on: %(put_on)s\nSchools that have signed: %(signed)s of %(all)s"),
        N_("Read it, and sign it by signing in again. It takes about five minutes:"),
        "%(link)s",
    )
    register(
        IN_FORCE,
        N_("In force: %(cluster)s"),
        N_("Agreement: %(kind)s\nCluster: %(cluster)s\nYour school: %(school)s\nFrom: %(from)s"),
        N_("Every school has signed. Read it and download it here:"),
        "%(link)s",
    )
