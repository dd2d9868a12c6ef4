"""A whole plan as its page shows it: what belongs together, and the words and links for it."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property
from operator import attrgetter
from typing import Any
from uuid import UUID

from django.urls import reverse
from django.utils.translation import gettext as _

from clusterwork.plans.rules.checking import LEVELS
from clusterwork.plans.rules.costs import Costs, costs_of, split
from clusterwork.plans.rules.parts import SECTIONS
from clusterwork.plans.rules.whole import WholePlan, by
from clusterwork.plans.wording import choice_words, section_name
from clusterwork.registry.models.organisations import in_language
from clusterwork.web.plans.writing import values


@dataclass(frozen=True)
class Shown:
    """The plan for its template. `may_write` adds the links by which it is written.

    `is_own` shows the counts of comments, which are the cluster's own.
    """

    whole: WholePlan
    may_write: bool
    is_own: bool

    @cached_property
    def base(self) -> str:
        """The address of the plan."""
        return reverse("plan", args=[self.whole.pk])

    def href(self, part: Any) -> str:
        """Where the part is written."""
        return f"{self.base}parts/{part.SECTION}/{part.uid}/"

    def add(self, section: str, **about: Any) -> str:
        """Where a part is added, for another part."""
        query = "&".join(f"{name}={value}" for name, value in about.items())
        page = "target" if section == "targets" else f"new/{section}/"
        return f"{self.base}{page}" + (f"?{query}" if query else "")

    def n_open(self, part: Any) -> int:
        """How many comments wait at the part."""
        found = self.whole.comments.get(part.uid) if self.is_own else None
        return found.n_open if found else 0

    def comments(self, part: Any) -> str:
        """Where the comments on the part stand."""
        return f"{self.base}comments?about={part.uid}"

    @cached_property
    def levels(self) -> list[tuple[str, str]]:
        """The kinds of steps of how it should work, in words."""
        return [(level, self.level_words(level)) for level in LEVELS]

    def level_words(self, level: str) -> str:
        """One kind of step in words."""
        return choice_words("outcomes", "level", level)

    @cached_property
    def contents(self) -> list[tuple[str, str]]:
        """Anchors and words of the sections."""
        names = ("priorities", "strands", "targets", "posts", "budget_lines")
        listed = [(name, section_name(name)) for name in names]
        listed[1] = ("strands", _("Strands and actions"))
        more = [(name, section_name(name)) for name in ("outcomes", "definitions")]
        return [("short", _("In short")), *listed, *more]

    @cached_property
    def actions(self) -> dict[UUID | None, list[Any]]:
        """By strand; None: those without."""
        return by(self.whole.actions, "strand")

    @cached_property
    def milestones(self) -> dict[UUID | None, list[Any]]:
        """By action; None: of the plan as a whole."""
        stones = sorted(self.whole.milestones, key=attrgetter("on", "place"))
        return by(stones, "action")

    @cached_property
    def targets(self) -> dict[UUID | None, list[Any]]:
        """By priority."""
        return by(self.whole.targets, "priority")

    @cached_property
    def lines(self) -> dict[UUID | None, list[Any]]:
        """By action."""
        return by(self.whole.budget_lines, "action")

    @cached_property
    def costs(self) -> Costs:
        """All lines added up."""
        return costs_of(self.whole.budget_lines)

    @cached_property
    def names(self) -> dict[UUID, str]:
        """What each part is called."""
        return {
            each.uid: values.name_in(self.whole, each)
            for section in SECTIONS
            for each in self.whole.section(section)
        }

    def cost(self, action: Any) -> str:
        """What an action costs, empty where nothing is written."""
        lines = self.lines.get(action.uid)
        return values.pounds(sum(each.amount_pence for each in lines)) if lines else ""

    def paid(self, line: Any) -> list[tuple[str, str]]:
        """Who pays what of a line, the rest last."""
        *parts, rest = split(line.amount_pence, line.shares)
        told = [
            (self.names[share.payer], values.pounds(pence))
            for share, pence in zip(line.shares, parts, strict=True)
        ]
        if rest:
            told.append((line.unfunded or _("Not said who"), values.pounds(rest)))
        return told

    def pounds(self, pence: int) -> str:
        """Pence in words."""
        return values.pounds(pence)

    @cached_property
    def n_schools(self) -> int:
        """How many schools are in the cluster in the time of the plan."""
        return len(self.whole.members())

    @cached_property
    def member_ids(self) -> frozenset[int]:
        """Their numbers."""
        return frozenset(each.pk for each in self.whole.members())

    def schools(self, pks: Iterable[int]) -> str:
        """Schools by name, or that it is all of them."""
        wanted = set(pks)
        if self.member_ids and wanted >= self.member_ids:
            return _("All schools")
        named = self.whole.named.schools
        return ", ".join(named[pk].name for pk in named if pk in wanted)

    def school(self, pk: int | None) -> str:
        """A school by name, empty for none."""
        found = self.whole.named.schools.get(pk or 0)
        return found.name if found else ""

    def owner(self, action: Any) -> str:
        """Person and school of an action."""
        person = self.whole.person(action.owner, action.owner_name)
        return ", ".join(filter(None, (person, self.school(action.owner_school))))

    def has_left(self, pk: int | None) -> bool:
        """Whether a school that the plan names is a member no more."""
        return pk is not None and pk not in self.member_ids

    def choice(self, part: Any, name: str) -> str:
        """One of the model's choices in words."""
        value = getattr(part, name)
        return choice_words(part.SECTION, name, value) if value else ""

    def tie(self, priority: Any) -> str:
        """Where a priority comes from, in a few words."""
        found = self.whole.named.programme_priorities.get(priority.programme_priority or 0)
        if priority.tie == "programme" and found:
            told = in_language(found.text, found.text_cy)
            return _("From the programme: %(priority)s") % {"priority": told}
        if priority.tie == "authority":
            return _("From the authority: %(priority)s") % {"priority": priority.authority_priority}
        if priority.local_reason:
            return _("Local: %(reason)s") % {"reason": priority.local_reason}
        return _("Local")

    def value(self, target: Any, name: str) -> str:
        """A baseline or wanted value with its unit."""
        return values.value_words(self.whole, target, name)

    def measure(self, target: Any) -> str:
        """The measure of a target."""
        return values.measure_words(self.whole, target.measure)
