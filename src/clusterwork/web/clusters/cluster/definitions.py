"""What the words mean by which the reports describe partnerships, as hints beside the choices."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext_lazy as _

from clusterwork.clusters.models.standing import (
    AuthorityPart,
    Basis,
    Footing,
    Formality,
    Initiation,
    Origin,
    Phases,
    Purpose,
    Sectors,
)

EACH: tuple[tuple[Any, Any], ...] = (
    (Origin.VOLUNTARY, _("the schools decided to work together for their mutual benefit")),
    (Origin.PRESCRIBED, _("a ministry or the authority established it")),
    (Initiation.TOP_DOWN, _("the authority set it going")),
    (Initiation.BOTTOM_UP, _("the schools themselves set it going")),
    (Footing.HORIZONTAL, _("all schools are on an equal footing")),
    (Footing.VERTICAL, _("one school shares its expertise with the others")),
    (Phases.CROSS, _("schools of several phases, for example primaries and their secondary")),
    (Phases.SINGLE, _("schools of one phase")),
    (Sectors.CROSS, _("with other services, for example health or social services")),
    (Sectors.SINGLE, _("educational institutions only")),
    (Basis.GEOGRAPHICAL, _("the schools of an area")),
    (Basis.SUBJECT, _("teaching and learning in one subject")),
    (Basis.SPECIAL_INTEREST, _("one question that its schools share")),
    (Formality.NONE, _("not involved in any collaborative activity")),
    (
        Formality.INFORMAL,
        _(
            "mostly local: joint training, learning walks, subject leads, governors' development, "
            "reviews of each other's self-evaluation"
        ),
    ),
    (
        Formality.MORE_FORMAL,
        _(
            "for example a soft federation, a teaching school alliance, a shared business manager, "
            "provision for special needs, specialist teacher or training"
        ),
    ),
    (
        Formality.STRUCTURED,
        _(
            "a company, trust or other legal entity, while governance and accountability rest with "
            "each school"
        ),
    ),
    (
        Formality.HARD,
        _(
            "a trust or federation that is responsible for the governance and performance of all "
            "of its schools"
        ),
    ),
    (Purpose.ECONOMIC, _("sharing facilities and staff, ordering in bulk")),
    (Purpose.PEDAGOGIC, _("extra resources, teacher development, curriculum, joint projects")),
    (
        Purpose.ADMINISTRATIVE,
        _("planning, local decisions, one point for instructions"),
    ),
    (Purpose.POLITICAL, _("community participation in decisions, less inequality")),
    (AuthorityPart.INITIATOR, _("it brought the cluster about")),
    (AuthorityPart.LEAD, _("it leads, for example when bidding")),
    (AuthorityPart.FACILITATOR, _("it offers guidance, and brings people together")),
    (AuthorityPart.FUNDER, _("it gives money or staff time")),
    (AuthorityPart.MONITOR, _("it looks at how the work goes")),
    (AuthorityPart.BY_INVITATION, _("it takes part when the schools ask it to")),
)


# By kind as well, since "cross" is a word of two dimensions.
MEANINGS = {(type(choice), choice.value): means for choice, means in EACH}
SOURCES: dict[str, Any] = {
    "origin": _("LGA partnerships, 4.4.1"),
    "initiation": _("SEN clusters, dimensions of collaboration"),
    "footing": _("LGA partnerships, 4.4.2"),
    "phases": _("LGA partnerships, 4.4.3"),
    "sectors": _("LGA partnerships, 4.4.4"),
    "basis": _("LGA partnerships, 4.4.5"),
    "formality": _("Small rural schools, Figure 4"),
    "purposes": _("SEN clusters, purposes of cluster schemes, and others that the reports name"),
    "authority_parts": _("LGA partnerships, chapter 5"),
}


def meaning_of(choice: Any) -> str:
    """What a choice means; empty where its own word says it."""
    return str(MEANINGS.get((type(choice), choice.value), ""))


def explained(choices: Any) -> list[tuple[Any, str]]:
    """The choices of a dimension, each with what it means."""
    return [(each.value, _with_meaning(each)) for each in choices]


def _with_meaning(choice: Any) -> str:
    number = f"{choice.value}. " if isinstance(choice, Formality) else ""
    means = meaning_of(choice)
    return f"{number}{choice.label}: {means}" if means else f"{number}{choice.label}"
