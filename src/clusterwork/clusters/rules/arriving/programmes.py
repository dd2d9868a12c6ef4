"""In which programmes the file's clusters take part, and where a school would be in two of one."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable

from clusterwork.clusters.rules.arriving.held import Held, KnownProgramme, Span
from clusterwork.clusters.rules.arriving.plans import ClusterPlan, Stay, refused
from clusterwork.kernel.messages import N_


class Programmes:
    """The participations that the file adds, and the places of schools in them."""

    def __init__(self, held: Held) -> None:
        self._held = held
        self._known = {each.id: each for each in held.programmes}
        self._places: dict[tuple[int, int], list[tuple[Span, str, int]]] = defaultdict(list)

    def new_for(self, plan: ClusterPlan) -> list[tuple[KnownProgramme, Span, int]]:
        """Programme, period and line of each that the cluster does not take part in yet."""
        found = []
        for programme, line in plan.programmes.values():
            span = plan.span.both(programme.span)
            if span and not any(span.overlaps(held) for held in self._spans(plan, programme.id)):
                found.append((programme, span, line))
        return found

    def apart(self, plan: ClusterPlan) -> list[tuple[KnownProgramme, int]]:
        """Programmes that the cluster is said to take part in and whose time it never meets."""
        named = plan.programmes.values()
        return [(each, line) for each, line in named if not plan.span.overlaps(each.span)]

    def _spans(self, plan: ClusterPlan, programme_id: int) -> list[Span]:
        held = self._held.participations.get(plan.held.id, ()) if plan.held else ()
        return [span for pk, span in held if pk == programme_id]

    def take_place(self, stay: Stay) -> None:
        """Raises `RowRefused` where the school would be in two clusters of one programme."""
        if stay.school is None:
            return
        mine = list(self._mine(stay.plan))
        for programme, span in mine:
            both = stay.span.both(span)
            if both:
                self._check(stay, programme, both)
        for programme, span in mine:
            if both := stay.span.both(span):
                key = (programme.id, stay.school.id)
                self._places[key].append((both, stay.plan.name, stay.record.line))

    def _mine(self, plan: ClusterPlan) -> Iterable[tuple[KnownProgramme, Span]]:
        spans = {(each, span) for each, span, _ in self.new_for(plan)}
        for pk, span in self._held.participations.get(plan.held.id, ()) if plan.held else ():
            if pk in self._known:
                spans.add((self._known[pk], span))
        return [(each, span) for each, span in spans if each.one_cluster_a_school]

    def _check(self, stay: Stay, programme: KnownProgramme, span: Span) -> None:
        key = (programme.id, stay.school.id if stay.school else 0)
        for other, name, line in self._places[key]:
            if other.overlaps(span) and name != stay.plan.name:
                raise _twice(stay, programme, name, line)
        own = stay.plan.held.id if stay.plan.held else None
        for cluster_id, other, name in self._held.places.get(key, ()):
            if cluster_id != own and other.overlaps(span):
                raise _twice(stay, programme, name, None)


def _twice(stay: Stay, programme: KnownProgramme, name: str, line: int | None) -> Exception:
    return refused(
        "school_number" if stay.record.number else "school",
        stay.record.number or stay.record.school,
        N_(
            "The programme allows a school one cluster at a time. Programme: %(programme)s. "
            "The school's other cluster: %(cluster)s. Line: %(line)s."
        ),
        N_("Keep it in one of the clusters, or say in one row until when it was there."),
        programme=programme.names[0],
        cluster=name,
        line=line or "–",
    )
