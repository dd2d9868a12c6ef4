"""The stages of an analysis: how each stands, and what comes next."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _

from clusterwork.evaluation.models import AlikeBy, Analysis, Run
from clusterwork.web.evaluation.plan_words import years_words
from clusterwork.web.formats import day, percent

GREY, BLUE, YELLOW = "govuk-tag--grey", "govuk-tag--blue", "govuk-tag--yellow"
USUAL = ("schools", "nation", 3, set(AlikeBy.values))
Item = dict[str, Any]


@dataclass(frozen=True)
class Next:
    """What comes next, in a sentence, and where it is done; no button where there is a choice."""

    sentence: str
    button: str
    address: str


@dataclass(frozen=True)
class Standing:
    """How far the plan is; `look` holds for it, `has_looked` says that there was an earlier.
    `is_as_registered` while a change was begun and nothing is changed yet."""

    analysis: Analysis
    look: Run | None
    has_looked: bool
    is_as_registered: bool = False

    @property
    def has_outcome(self) -> bool:
        """Whether the results and years are chosen."""
        return bool(self.analysis.measure_id and self.analysis.last_year)

    @property
    def has_reach(self) -> bool:
        """Whether it is said whom the work reaches, and when it can be judged."""
        return self.analysis.too_early_before is not None

    @property
    def is_looked_at(self) -> bool:
        """Whether what could be seen is known."""
        return self.look is not None and self.look.state == Run.State.DONE

    @property
    def is_ready(self) -> bool:
        """Whether it can be registered."""
        return self.has_outcome and self.has_reach and self.is_looked_at


def stages_of(standing: Standing) -> list[Item]:
    """The task list, in the order of the work."""
    analysis = standing.analysis
    open_to_all = standing.has_outcome
    return [
        _question(analysis),
        _item(
            _("Design: results and years"), _outcome(standing), "analysis_outcome", analysis.pk,
            _done() if standing.has_outcome else _tag(_("To do"), BLUE),
        ),
        _item(
            _("Design: whom it reaches, and what you hope for"), _reach(standing),
            "analysis_reach", analysis.pk,
            _status(open_to_all, standing.has_reach), is_open=open_to_all,
        ),
        _item(
            _("What could be seen"), _("Before anybody sees what it says"), "analysis_power",
            analysis.pk, _look(standing), is_open=open_to_all,
        ),
        _item(
            _("Comparison"), str(analysis.get_comparison_display()), "analysis_comparison",
            analysis.pk, _comparison(standing), is_open=open_to_all,
        ),
        _item(
            _("Comparison: other choices, said beforehand"),
            _("Said: %(n)s") % {"n": len(analysis.alternatives)}, "analysis_alternatives",
            analysis.pk,
            _status(open_to_all, bool(analysis.alternatives), todo=_tag(_("If you wish"), GREY)),
            is_open=open_to_all,
        ),
        _item(
            _("Register"), _("Check your answers and set them down"), "analysis_check",
            analysis.pk,
            _tag(_("To do"), BLUE) if standing.is_ready else _later(),
            is_open=standing.is_ready,
        ),
        _item(_("Result"), _("After it is registered"), "", 0, _later(), is_open=False),
    ]  # fmt: skip


def next_of(standing: Standing) -> Next:
    """The first thing that is still to be done."""
    pk = standing.analysis.pk
    if standing.is_as_registered:
        return Next(_("Nothing is changed yet. Choose below what to change."), "", "")
    if not standing.has_outcome:
        return Next(
            _("Next: say which results should have changed, whose, and over which years."),
            _("Choose the results"), reverse("analysis_outcome", args=[pk]),
        )  # fmt: skip
    if not standing.has_reach:
        return Next(
            _("Next: say whom the work reaches, and what you hope for."),
            _("Say whom it reaches"), reverse("analysis_reach", args=[pk]),
        )  # fmt: skip
    if not standing.is_looked_at:
        return _next_look(standing)
    return Next(
        _("The plan is whole. Look at the comparison once more, then register it."),
        _("Check your answers"), reverse("analysis_check", args=[pk]),
    )  # fmt: skip


def _next_look(standing: Standing) -> Next:
    address = reverse("analysis_power", args=[standing.analysis.pk])
    if standing.look is not None and standing.look.is_open:
        return Next(_("What could be seen is being worked out."), _("See how far it is"), address)
    if standing.look is not None and standing.look.state == Run.State.FAILED:
        return Next(
            _("What could be seen could not be worked out. See why, and change the plan."),
            _("See why"), address,
        )  # fmt: skip
    if standing.has_looked:
        return Next(
            _("The plan has changed since somebody looked at what could be seen. Look again."),
            _("Look again"), address,
        )  # fmt: skip
    return Next(
        _("Next: look at what this analysis could see at all, before any result."),
        _("See what could be seen"), address,
    )  # fmt: skip


def _question(analysis: Analysis) -> Item:
    item = _item(_("Question"), str(analysis.study), "study_question", analysis.study_id, _done())
    return {**item, "href": f"{item['href']}?analysis={analysis.pk}"}


def _item(
    title: str, hint: str, name: str, key: int, status: Item, *, is_open: bool = True
) -> Item:
    item: Item = {"title": {"text": title}, "hint": {"text": hint}, "status": status}
    if is_open and name:
        item["href"] = reverse(name, args=[key])
    return item


def _outcome(standing: Standing) -> str:
    analysis = standing.analysis
    if not (analysis.measure and analysis.first_year and analysis.last_year):
        return _("Which measure, which pupils, which school years")
    cluster = [str(analysis.cluster)] if analysis.cluster else []
    years = years_words(analysis.first_year, analysis.last_year)
    return ". ".join([str(analysis.measure), *cluster, years])


def _reach(standing: Standing) -> str:
    analysis = standing.analysis
    if not standing.has_reach:
        return _("The share of pupils, the gain, and from when it can be judged")
    told = {"share": percent(analysis.reached), "day": day(analysis.too_early_before)}
    return _("Reached: %(share)s. Too early before: %(day)s") % told


def _look(standing: Standing) -> Item:
    look = standing.look
    if not standing.has_outcome:
        return _later()
    if look is None:
        words = _("Look again") if standing.has_looked else _("To do")
        return _tag(words, YELLOW if standing.has_looked else BLUE)
    if look.state == Run.State.DONE:
        return _done()
    return _tag(str(look.get_state_display()), BLUE if look.is_open else YELLOW)


def _comparison(standing: Standing) -> Item:
    analysis = standing.analysis
    if not standing.has_outcome:
        return _later()
    chosen = (
        analysis.comparison, analysis.where, analysis.neighbours, set(analysis.alike_by)
    )  # fmt: skip
    return _tag(_("Usual choice"), GREY) if chosen == USUAL else _done()


def _status(is_open: bool, is_done: bool, todo: Item | None = None) -> Item:
    if not is_open:
        return _later()
    return _done() if is_done else todo or _tag(_("To do"), BLUE)


def _done() -> Item:
    return {"text": _("Done")}


def _later() -> Item:
    return {"text": _("Cannot start yet"), "classes": "govuk-task-list__status--cannot-start-yet"}


def _tag(text: str, classes: str) -> Item:
    return {"tag": {"text": text, "classes": classes}}
