"""One part of a plan on somebody's desk: its form, what it is filled with, saving and clashes."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cached_property
from typing import Any
from uuid import UUID

from django.http import HttpRequest
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from clusterwork.kernel.errors import NotAllowed, NotThere, Problem
from clusterwork.plans.models import Plan
from clusterwork.plans.rules.content import content_of
from clusterwork.plans.rules.merging import same
from clusterwork.plans.rules.parts import PlanFields
from clusterwork.plans.rules.whole import WholePlan
from clusterwork.plans.selectors.people import People, people_around
from clusterwork.plans.selectors.plans import whole_plan
from clusterwork.plans.selectors.prefill import About, Filled, filled_for
from clusterwork.plans.selectors.similar import similar_plans, with_parts
from clusterwork.plans.selectors.talk import others_writing
from clusterwork.plans.services.talking import close_part, open_part
from clusterwork.plans.services.writing import (
    BothChanged,
    PartIsGone,
    no_such_part,
    not_being_written,
    save_part,
)
from clusterwork.plans.states import plan as states
from clusterwork.plans.wording import ONE_NAMES, Reader, label_of
from clusterwork.web.clusters.asking import person_of, today
from clusterwork.web.formats import said
from clusterwork.web.plans.writing.forms.base import PartForm
from clusterwork.web.plans.writing.forms.parts import FORMS
from clusterwork.web.plans.writing.help import ADD_WORDS, HELP
from clusterwork.web.plans.writing.values import measure_words, name_in

THEIRS = "theirs"


class Desk:
    """Everything of one visit to the page of a part; `uid` is None for a new one."""

    def __init__(self, request: HttpRequest, plan: Plan, section: str, uid: UUID | None) -> None:
        self.request, self.plan, self.section, self.uid = request, plan, section, uid
        self.person, self.day, self.now = person_of(request), today(), timezone.now()
        self.clash: BothChanged | None = None
        self.is_gone = False
        self.said = _("Saved.")
        if request.method != "POST" and self.part is None and not self.is_new:
            raise no_such_part()
        if plan.state not in states.WRITABLE and request.method != "POST":
            raise not_being_written(plan.state)

    @property
    def is_new(self) -> bool:
        """Whether the part is not there yet."""
        return self.uid is None and self.section != PlanFields.SECTION

    @cached_property
    def whole(self) -> WholePlan:
        """The plan as it stands."""
        return whole_plan(self.plan)

    @cached_property
    def people(self) -> People:
        """Whom the form can name."""
        return people_around(self.plan, self.day)

    @cached_property
    def part(self) -> Any:
        """The part as it stands, None for a new or removed one."""
        if self.section == PlanFields.SECTION:
            return self.whole.fields
        return self.whole.part(self.section, self.uid) if self.uid else None

    @cached_property
    def filled(self) -> Filled:
        """What a new part begins with."""
        if not self.is_new:
            return Filled()
        asked = self.request.GET.dict()
        return filled_for(self.section, About(self.plan, self.whole, self.people, self.day, asked))

    @cached_property
    def form(self) -> PartForm:
        """Bound to what was typed, else showing the part or what is known."""
        return self._form(self.request.POST if self.request.method == "POST" else None)

    def _form(self, data: Any) -> PartForm:
        initial = self.part.values if self.part else self.filled.values
        return FORMS[self.section](
            data, whole=self.whole, people=self.people, initial=initial, uid=self.uid
        )

    @property
    def seen(self) -> int | None:
        """The version that the writer had before her."""
        given = self.request.POST.get("seen", "")
        return int(given) if given.isdigit() else None

    def save(self) -> bool:
        """Whether it was saved; else the form says why, with everything that was typed."""
        if not self.form.is_valid():
            return False
        try:
            saved = save_part(
                person=self.person,
                day=self.day,
                now=self.now,
                plan_pk=self.plan.pk,
                section=self.section,
                uid=self.uid,
                values=self._chosen(self.form.values),
                seen=self.seen,
                again="again" in self.request.POST,
                filled=self._kept_as_filled(),
            )
        except (NotAllowed, NotThere):
            raise
        except BothChanged as clash:
            self._show_both(clash)
        except PartIsGone as gone:
            self.is_gone = True
            self.form.refuse(gone)
        except Problem as problem:
            self.form.refuse(problem)
        else:
            close_part(person=self.person, plan_pk=self.plan.pk, uid=self.uid)
            self.uid = self.uid or saved.part.uid
            self._tell(saved.taken)
            return True
        return False

    def _show_both(self, clash: BothChanged) -> None:
        """The form again, with what both wrote put together; not what was typed alone.

        It is sent from the version of now, and what it shows is what will be saved.
        """
        self.clash = clash
        self.form = FORMS[self.section](
            None, whole=self.whole, people=self.people, initial=clash.values, uid=self.uid
        )

    def _chosen(self, values: Mapping[str, Any]) -> dict[str, Any]:
        """In fields where both versions were shown: theirs, where that was chosen."""
        held = self.part.values if self.part else {}
        return {
            name: held[name]
            if self.request.POST.get(f"take_{name}") == THEIRS and name in held
            else value
            for name, value in values.items()
        }

    def _kept_as_filled(self) -> dict[str, str]:
        values = self.form.values
        return {
            name: source
            for name, source in self.filled.sources.items()
            if name in values and same(values[name], self.filled.values[name])
        }

    def _tell(self, taken: tuple[str, ...]) -> None:
        if taken:
            names = ", ".join(label_of(self.section, name) for name in taken)
            self.said = _(
                "Saved. Somebody else had changed these meanwhile, and they are kept: %(fields)s."
            ) % {"fields": names}

    def open(self) -> None:
        """Shows the others that the person has the part open."""
        if not self.is_new:
            open_part(person=self.person, plan=self.plan, uid=self.uid, now=self.now)

    @property
    def next(self) -> str:
        """The place of the part in the plan, or another new one."""
        if "another" in self.request.POST and self.section in ADD_WORDS:
            return self.request.get_full_path()
        anchor = "short" if self.section == PlanFields.SECTION else f"p{self.uid}"
        return reverse("plan", args=[self.plan.pk]) + f"#{anchor}"

    def context(self) -> dict[str, Any]:
        """What the page shows."""
        version = self.clash.now.version if self.clash else getattr(self.part, "version", "")
        return {
            "plan": self.plan,
            "cluster": self.plan.cluster,
            "section": self.section,
            "uid": self.uid,
            "form": self.form,
            "one_words": ONE_NAMES[self.section],
            "add_words": ADD_WORDS.get(self.section, ""),
            "called": name_in(self.whole, self.part) if self.part and self.uid else "",
            "is_new": self.is_new,
            "is_gone": self.is_gone,
            "seen": self._version_to_send(version),
            "others": [] if self.is_new else self._others(),
            "help": HELP.get(self.section, ()),
            "similar": with_parts(similar_plans(self.plan.cluster, self.day), self.section),
            "clashes": self._clashes(),
            "clash_said": said(self.clash) if self.clash else "",
            "sources": [
                (label_of(self.section, name), source)
                for name, source in self.filled.sources.items()
            ],
            "about": self._about(),
        }

    def _version_to_send(self, version: Any) -> Any:
        """After another refusal the writer still stands at the version that she saw."""
        return version if self.clash or self.request.method != "POST" else self.seen or version

    def _others(self) -> list[str]:
        return others_writing(self.plan, self.uid, self.person, self.now)

    def _clashes(self) -> list[dict[str, Any]]:
        if self.clash is None:
            return []
        reader = Reader(content_of(self.whole))
        now = self.clash.now
        by = self.whole.named.people.get(now.changed_by or 0, "")
        return [
            {
                "field": each.field,
                "words": label_of(self.section, each.field),
                "theirs": reader.typed(self.section, each.field, each.theirs),
                "mine": reader.typed(self.section, each.field, each.mine),
                "by": by,
                "at": now.changed_at,
            }
            for each in self.clash.clashes
        ]

    def _about(self) -> str:
        """On which measure and for whom a target is."""
        if self.section != "targets":
            return ""
        initial = self.form.initial
        measure = measure_words(self.whole, initial.get("measure")) or self._measure(initial)
        school = self.whole.named.schools.get(initial.get("school") or 0)
        return ", ".join(filter(None, (measure, school.name if school else "")))

    def _measure(self, initial: Mapping[str, Any]) -> str:
        from clusterwork.measures.models import Measure

        found = Measure.objects.filter(pk=initial.get("measure") or 0).first()
        return found.shown_name if found else ""
