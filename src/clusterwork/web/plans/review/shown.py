"""A submission as a reviewer reads it: its parts, what changed in them, and what was said."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

from clusterwork.kernel.differing import Run, words_between
from clusterwork.plans.models import ReviewComment, Submission
from clusterwork.plans.rules.comparing import CHANGED, REMOVED, PartChange, changes_between
from clusterwork.plans.rules.parts import ALL_SECTIONS
from clusterwork.plans.wording import Reader, label_of, section_name, title_of

WHOLE = "plan"


@dataclass
class ShownChange:
    """A field that changed, in words: what was there, what is there now, and the runs between."""

    label: str
    runs: tuple[Run, ...]


@dataclass
class ShownPart:
    """A part with its fields, what changed in it since the last submission, and the comments."""

    uid: str
    title: str
    rows: list[tuple[str, str, str]]
    what: str = ""
    changes: list[ShownChange] = field(default_factory=list)
    comments: list[ReviewComment] = field(default_factory=list)


@dataclass
class ShownSection:
    """A section with its parts; `comments` are on the section as a whole."""

    name: str
    title: str
    parts: list[ShownPart]
    comments: list[ReviewComment]


def sections_of(
    submission: Submission, earlier: Submission | None, comments: Iterable[ReviewComment]
) -> list[ShownSection]:
    """Every section that has a part, a change or a comment, as it was sent."""
    now = Reader(submission.content)
    before = Reader(earlier.content) if earlier else None
    changes = _changes(before, now)
    said = _by_place(comments)
    found = [_section(name, now, before, changes, said) for name in ALL_SECTIONS]
    return sorted(
        (each for each in found if each.parts or each.comments),
        key=lambda each: each.name != WHOLE,
    )


def n_changes(sections: Iterable[ShownSection]) -> int:
    """How many parts were added, removed or changed."""
    return sum(bool(part.what) for section in sections for part in section.parts)


def _changes(before: Reader | None, now: Reader) -> Mapping[str, dict[str, PartChange]]:
    found: dict[str, dict[str, PartChange]] = defaultdict(dict)
    for each in changes_between(before.content, now.content) if before else ():
        found[each.section][each.uid] = each
    return found


def _by_place(comments: Iterable[ReviewComment]) -> Mapping[tuple[str, str], list[ReviewComment]]:
    found: dict[tuple[str, str], list[ReviewComment]] = defaultdict(list)
    for each in comments:
        found[each.section, str(each.uid or "")].append(each)
    return found


def _section(
    name: str,
    now: Reader,
    before: Reader | None,
    changes: Mapping[str, dict[str, PartChange]],
    said: Mapping[tuple[str, str], list[ReviewComment]],
) -> ShownSection:
    whole = {"uid": "", **now.content[WHOLE]}
    parts: list[Mapping[str, Any]] = [whole] if name == WHOLE else now.parts(name)
    shown = [_part(name, part, now, before, changes[name].get(part["uid"]), said) for part in parts]
    gone = [each for each in changes[name].values() if each.what == REMOVED]
    for each in gone:
        shown.append(ShownPart(each.uid, title_of(each.part), [], REMOVED))
    own = [] if name == WHOLE else list(said.get((name, ""), ()))
    return ShownSection(name, section_name(name), shown, own)


def _part(
    section: str,
    part: Mapping[str, Any],
    now: Reader,
    before: Reader | None,
    change: PartChange | None,
    said: Mapping[tuple[str, str], list[ReviewComment]],
) -> ShownPart:
    title = title_of(part) if section != "payers" else now.titles[part["uid"]]
    return ShownPart(
        part["uid"],
        title,
        now.rows(section, part),
        change.what if change else "",
        _shown_changes(section, change, now, before),
        list(said.get((section, part["uid"]), ())),
    )


def _shown_changes(
    section: str, change: PartChange | None, now: Reader, before: Reader | None
) -> list[ShownChange]:
    if change is None or change.what != CHANGED or before is None:
        return []
    return [
        ShownChange(
            label_of(section, each.field),
            words_between(
                before.value(section, each.field, each.old),
                now.value(section, each.field, each.new),
            ),
        )
        for each in change.fields
    ]
