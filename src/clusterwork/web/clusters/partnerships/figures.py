"""The reports' two tables in words: the finding as a title, rows for pages and files."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any

from django.db.models import TextChoices
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from clusterwork.clusters.models import Cluster
from clusterwork.clusters.models.standing import Formality, Initiation, Origin, Phases, Purpose
from clusterwork.clusters.rules.figures import (
    NONE,
    CategoryRow,
    Characteristics,
    Summary,
    in_all,
)
from clusterwork.registry.models import Phase
from clusterwork.web.formats import number

NOT_SAID = "–"


def finding_of_categories(rows: Iterable[CategoryRow]) -> str:
    """The title of Figure 4: the category of most schools."""
    found = list(rows)
    most = max(found, key=lambda row: row.n)
    if not most.n:
        return _("No school to count on this day")
    n_all = in_all(found).n
    told = {
        "category": str(Formality(most.category).label),
        "n": number(most.n),
        "all": number(n_all),
    }
    said = ngettext(
        "Most common main partnership: %(category)s (%(n)s of one school)",
        "Most common main partnership: %(category)s (%(n)s of %(all)s schools)",
        n_all,
    )
    return said % told


def lead_of_categories(rows: Iterable[CategoryRow]) -> str:
    """How many are in none, how many signed, how many say so themselves."""
    found = list(rows)
    total = in_all(found)
    none = next(row.n for row in found if row.category == NONE)
    parts = (
        ngettext("One school is in none.", "%(n)s schools are in none.", none)
        % {"n": number(none)},
        ngettext("One has signed.", "%(n)s have signed.", total.n_signed)
        % {"n": number(total.n_signed)},
        _("Said by the school: %(stated)s; worked out from what is known: %(derived)s.")
        % {"stated": number(total.n_stated), "derived": number(total.n_derived)},
    )
    return " ".join(parts)


def finding_of_clusters(summary: Summary) -> str:
    """The title of Table 1: how many clusters, and how large."""
    if summary.sizes is None:
        return _("No cluster to count on this day")
    told = ngettext("One cluster", "%(n)s clusters", summary.n) % {"n": number(summary.n)}
    least, most = summary.sizes.least, summary.sizes.most
    if least == most:
        return f"{told}. " + _("Schools in each: %(n)s") % {"n": most}
    return f"{told}. " + _("Schools in each: %(least)s to %(most)s") % {
        "least": least,
        "most": most,
    }


def lead_of_clusters(summary: Summary) -> str:
    """The middle size, and how many began in which way."""
    if summary.sizes is None:
        return ""
    middle = summary.sizes.middle
    said = ((each, n) for each, n in sorted(summary.initiation.items()) if each)
    began = [f"{label(Initiation, each)}: {number(n)}" for each, n in said]
    size = _("Schools in the middle cluster: %(n)s.") % {"n": number(middle, int(middle % 1 > 0))}
    return f"{size} {'; '.join(began)}{'.' if began else ''}".strip()


@dataclass(frozen=True)
class ClusterRow:
    """A row of Table 1 in words, with its cluster."""

    cluster: Cluster
    name: str
    origin: str
    n_schools: int
    phase: str
    purpose: str
    managed_by: str


def cluster_rows(
    clusters: Iterable[Cluster], rows: Iterable[Characteristics], names: dict[int, Any]
) -> list[ClusterRow]:
    """The rows in the order of the clusters."""
    by_id = {row.cluster_id: row for row in rows}
    return [_in_words(each, by_id[each.pk], str(names[each.pk])) for each in clusters]


def _in_words(cluster: Cluster, row: Characteristics, name: str) -> ClusterRow:
    origin = [label(Initiation, row.initiation), label(Origin, row.origin)]
    return ClusterRow(
        cluster=cluster,
        name=name,
        origin=", ".join(each for each in origin if each) or NOT_SAID,
        n_schools=row.n_schools,
        phase=phase_words(row),
        purpose="; ".join(label(Purpose, each) for each in row.purposes)
        or row.in_words
        or NOT_SAID,
        managed_by=managed_words(row.managed_by, cluster),
    )


def phase_words(row: Characteristics) -> str:
    """Primary; Cross-phase."""
    if row.phase and row.phases == Phases.SINGLE:
        return str(Phase(row.phase).label)
    return label(Phases, row.phases) or NOT_SAID


def managed_words(managed_by: str, cluster: Cluster) -> str:
    """Schools, or the organisation by name."""
    return {"schools": _("Schools"), "authority": str(cluster.organisation)}.get(
        managed_by, NOT_SAID
    )


def label(choices: type[TextChoices], value: str) -> str:
    """The word for a value; a value that is none of ours is shown as it stands."""
    return str(choices(value).label) if value in choices.values else value


@dataclass(frozen=True)
class Count:
    """How many clusters have a characteristic."""

    of: str
    value: str
    n: int


def counts_of(summary: Summary) -> list[Count]:
    """Table 1 counted, the most common first in each part; what nobody said last."""
    managed = {"schools": _("Schools"), "authority": _("The organisation")}
    return [
        *_counted(_("Origin"), summary.initiation, lambda v: label(Initiation, v)),
        *_counted(_("Voluntary or prescribed"), summary.origin, lambda v: label(Origin, v)),
        *_counted(_("Phase"), summary.phases, lambda v: label(Phases, v)),
        *_counted(_("Purpose"), summary.purposes, lambda v: label(Purpose, v)),
        *_counted(_("Management"), summary.managed_by, lambda v: managed.get(v, v)),
    ]


def _counted(of: str, counter: Counter[str], words: Any) -> Iterator[Count]:
    for value, n in sorted(counter.items(), key=lambda each: (not each[0], -each[1], each[0])):
        yield Count(of, words(value) if value else _("Not said"), n)
