"""The words of letters that answer a school's request and tell it of its cluster."""

from __future__ import annotations

from clusterwork.kernel.messages import N_
from clusterwork.notify.letters import register

REPLIED = "clusters.replied"
CONFIRMED = "clusters.confirmed"


def register_confirming() -> None:
    """Adds the letters of this file."""
    register(
        REPLIED,
        N_("An answer to what your school asked: %(school)s"),
        N_("School: %(school)s\nAnswered by: %(organisation)s\nOutcome: %(outcome)s"),
        "%(text)s",
        N_("What it means for your school: %(cost)s"),
        N_("What it means for others: %(others)s"),
        N_("See it beside your school's place here:"),
        "%(link)s",
    )
    register(
        CONFIRMED,
        N_("Your school's cluster: %(school)s"),
        N_("School: %(school)s\nCluster: %(cluster)s\nFrom: %(start)s\nProgramme: %(programme)s"),
        N_("The other schools of the cluster: %(partners)s"),
        N_(
            "The name of the cluster is a working name; its schools choose their own. See who is "
            "in it and whom to ring here:"
        ),
        "%(link)s",
    )
