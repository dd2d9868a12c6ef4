"""What the five reports found about the size and make-up of clusters, to stand beside each rule."""

from __future__ import annotations

from dataclasses import dataclass

from clusterwork.kernel.messages import N_, Message

SEN_CLUSTERS = N_("SEN clusters (Lunt and Evans)")
LGA_PARTNERSHIPS = N_("LGA partnerships (Rudd et al., 2004)")
EXCELLENCE_CLUSTERS = N_("Excellence Clusters (McMeeking et al., 2004)")
EAS_CLUSTERS = N_("EAS clusters (Hulme et al., 2018)")
SMALL_RURAL_SCHOOLS = N_("Small rural schools (Hill et al., 2014)")


@dataclass(frozen=True, slots=True)
class Finding:
    """One report's finding about one policy field.

    `low` and `high` are the range found, in the field's own unit (schools, minutes), None where
    the report names no figure on that side. `where` names the section of the report.
    """

    field: str
    report: Message
    where: Message
    says: Message
    low: float | None = None
    high: float | None = None


def _finding(
    field: str, report: str, where: str, says: str, low: float | None, high: float | None
) -> Finding:
    return Finding(field, Message(report), Message(where), Message(says), low, high)


FINDINGS: tuple[Finding, ...] = (
    _finding(
        "size",
        SEN_CLUSTERS,
        N_("Government support for collaborative work: the evaluation by Galton et al. (1991)"),
        N_("At most six schools."),
        None,
        6,
    ),
    _finding(
        "best_size",
        SEN_CLUSTERS,
        N_("Dynamics of clusters: size"),
        N_("Six to eight schools: larger ones decided slowly, smaller ones had too few to share."),
        6,
        8,
    ),
    _finding(
        "size",
        SEN_CLUSTERS,
        N_("The four clusters studied, and dynamics of clusters: size"),
        N_(
            "The two active clusters had five and six schools; one of twenty-five developed "
            "no significant joint work."
        ),
        5,
        6,
    ),
    _finding(
        "size",
        LGA_PARTNERSHIPS,
        N_("Section 9.1"),
        N_("From two schools working together to a large number of schools."),
        2,
        None,
    ),
    _finding(
        "size",
        EXCELLENCE_CLUSTERS,
        N_("Section 7.1, page 75"),
        N_("About fifteen schools: ten primary and five secondary schools on average."),
        15,
        15,
    ),
    _finding(
        "size",
        EAS_CLUSTERS,
        N_("Section 3.1.1"),
        N_("Five to twelve schools: five clusters of five to seven, three of eight to twelve."),
        5,
        12,
    ),
    _finding(
        "size",
        SMALL_RURAL_SCHOOLS,
        N_("Figure 4 and the text below it"),
        N_("Pairs and threes: ninety-nine small schools in forty-seven partnerships."),
        2,
        3,
    ),
    _finding(
        "pyramid_size",
        EAS_CLUSTERS,
        N_("Section 3.1.1"),
        N_("A secondary school with the primary schools around it: five to twelve schools."),
        5,
        12,
    ),
    _finding(
        "pyramid",
        SEN_CLUSTERS,
        N_("Dynamics of clusters: complexity"),
        N_(
            "Primary schools find a cluster with a secondary school useful, but only where there "
            "is a clear catchment area; schools in two clusters found it too time-consuming."
        ),
        None,
        None,
    ),
    _finding(
        "limit_minutes",
        SMALL_RURAL_SCHOOLS,
        N_("Ten lessons: lesson 2"),
        N_("Forty-five minutes is reckoned to be the most that schools should travel."),
        None,
        45,
    ),
    _finding(
        "change",
        SMALL_RURAL_SCHOOLS,
        N_("Figure 3"),
        N_("Schools were placed in clusters; some negotiated a move to a different one."),
        None,
        None,
    ),
    _finding(
        "links",
        SEN_CLUSTERS,
        N_("Government support for collaborative work: the evaluation by Galton et al. (1991)"),
        N_("Clusters should not cut across other groupings that schools belong to."),
        None,
        None,
    ),
    _finding(
        "contributing",
        EXCELLENCE_CLUSTERS,
        N_("Section 7.1, page 75"),
        N_("Every cluster had to include at least one more successful school."),
        1,
        None,
    ),
    _finding(
        "contributing_fsm",
        EXCELLENCE_CLUSTERS,
        N_("Section 3.2"),
        N_(
            "They should be facing similar challenges; where their pupils were very different, "
            "core schools learned less from them."
        ),
        None,
        None,
    ),
    _finding(
        "flow",
        EXCELLENCE_CLUSTERS,
        N_("Section 3.3, page 30"),
        N_(
            "Most primary pupils move on to one to three local schools; some of these were "
            "outside the cluster, which made transition work harder."
        ),
        1,
        3,
    ),
)


def findings_for(field: str) -> tuple[Finding, ...]:
    """The findings about one policy field, e.g. `size`; empty where no report speaks of it."""
    return tuple(finding for finding in FINDINGS if finding.field == field)
