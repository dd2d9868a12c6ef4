"""The sections of a plan as blocks of a document, in the language of the moment."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from django.utils.translation import gettext as _

from clusterwork.documents import (
    Block,
    Bullets,
    Column,
    Definitions,
    Heading,
    Paragraph,
    Run,
    Table,
    Text,
    paragraphs,
)
from clusterwork.plans.rules.parts import ALL_SECTIONS, Holds, own_fields
from clusterwork.plans.wording import Reader, label_of, section_name, title_of
from clusterwork.plans.wording.values import money_words

Part = Mapping[str, Any]
# Sections whose parts are told one by one, those that make a table, and their columns.
TOLD = ("priorities", "strands")
COLUMNS: dict[str, tuple[str, ...]] = {
    "milestones": ("title", "on", "action"),
    "posts": ("title", "employer", "fte", "state", "holder"),
    "outcomes": ("level", "text", "comes_from"),
    "definitions": ("term", "meaning"),
}


class Blocks:
    """Blocks of one content; what people wrote is marked with the language they wrote it in."""

    def __init__(self, reader: Reader) -> None:
        self.reader = reader
        self.language = reader.content["plan"]["language"]

    def all(self) -> Iterator[Block]:
        """Every section that has parts, in the order in which a plan is read."""
        for name in TOLD:
            yield from self.told(name)
        yield from self.actions()
        yield from self.table("milestones")
        yield from self.table("posts")
        yield from self.budget()
        yield from self.table("outcomes")
        yield from self.targets()
        yield from self.table("definitions")

    def written(self, text: str) -> Text:
        """What somebody wrote."""
        return Run(text, language=self.language)

    def long(self, text: str) -> Sequence[Block]:
        """What somebody wrote at length."""
        return paragraphs(text, language=self.language)

    def say(self, section: str, field: str, part: Part) -> Text:
        """A field of a part."""
        held = {each.name: each for each in own_fields(ALL_SECTIONS[section])}[field]
        said = self.reader.said(section, held, part[field])
        own = held.holds in (Holds.WORDS, Holds.PART, Holds.PARTS, Holds.LINKS)
        return self.written(said) if own else said

    def told(self, section: str) -> Iterator[Block]:
        """A heading, and each part under its own with its fields."""
        parts = self.reader.parts(section)
        if parts:
            yield Heading(1, section_name(section))
        for part in parts:
            yield Heading(2, self.written(title_of(part)))
            yield from self.long(part["text"])
            rows = [
                (label, self.say(section, name, part))
                for name, label, _said in self.reader.rows(section, part)
                if name != "text"
            ]
            if rows:
                yield Definitions(rows)

    def actions(self) -> Iterator[Block]:
        """The actions in a table for each strand, those of no strand last; each action once."""
        parts = self.reader.parts("actions")
        if not parts:
            return
        yield Heading(1, section_name("actions"))
        strands = [*self.reader.parts("strands"), None]
        known = {each["uid"] for each in strands if each}
        for strand in strands:
            uid = strand["uid"] if strand else None
            mine = [e for e in parts if (e["strand"] if e["strand"] in known else None) == uid]
            if mine:
                title = title_of(strand) if strand else _("Work outside the strands")
                yield Heading(2, self.written(title) if strand else title)
                yield self._table_of_actions(title, mine)

    def _table_of_actions(self, title: str, parts: Sequence[Part]) -> Table:
        columns = [
            Column(_("Action"), width=3),
            Column(_("Who"), width=1.4),
            Column(_("Schools"), width=1.6),
            Column(_("When"), width=1.4),
        ]
        return Table(_("Actions: %(title)s") % {"title": title}, columns, [
            [self._what(each), self._who(each), self._schools(each), self._when(each)]
            for each in parts
        ])  # fmt: skip

    def _what(self, action: Part) -> Text:
        title = Run(action["title"], language=self.language, strong=True)
        more = Run("\n" + action["text"], language=self.language)
        return [title, more] if action["text"].strip() else [title]

    def _who(self, action: Part) -> Text:
        owner = self.reader.value("actions", "owner", action["owner"]) or action["owner_name"]
        school = self.reader.value("actions", "owner_school", action["owner_school"])
        return ", ".join(filter(None, (owner, school))) or "–"

    def _schools(self, action: Part) -> Text:
        return self.reader.value("actions", "schools", action["schools"]) or _("None yet")

    def _when(self, action: Part) -> Text:
        start = self.reader.value("actions", "start_on", action["start_on"])
        return f"{start} – {self.reader.value('actions', 'end_on', action['end_on'])}"

    def table(self, section: str) -> Iterator[Block]:
        """A section as a table of some of its fields."""
        parts, names = self.reader.parts(section), COLUMNS[section]
        if parts:
            yield Heading(1, section_name(section))
            yield Table(
                section_name(section),
                [Column(label_of(section, name)) for name in names],
                [[self.say(section, name, part) or "–" for name in names] for part in parts],
            )

    def budget(self) -> Iterator[Block]:
        """The budget lines with their action, who pays, and the sum."""
        parts = self.reader.parts("budget_lines")
        if not parts:
            return
        yield Heading(1, section_name("budget_lines"))
        columns = [
            Column(_("What it pays for"), width=2),
            Column(_("Action"), width=2),
            Column(_("Who pays"), width=2),
            Column(_("Amount"), numeric=True),
        ]
        total = sum(each["amount_pence"] for each in parts)
        rows: list[Sequence[Text]] = [
            [
                self.written(each["title"]),
                self.say("budget_lines", "action", each),
                self._paid_by(each),
                money_words(each["amount_pence"]),
            ]
            for each in parts
        ]
        rows.append([_("Together"), "", "", money_words(total)])
        yield Table(section_name("budget_lines"), columns, rows, total=True)

    def _paid_by(self, line: Part) -> Text:
        shares = self.reader.value("budget_lines", "shares", line["shares"])
        rest = [Run(line["unfunded"], language=self.language)] if line["unfunded"] else []
        return [shares, "; " if shares and rest else "", *rest] if shares or rest else "–"

    def targets(self) -> Iterator[Block]:
        """Each target: what is wanted by when, from where, and whose it is."""
        parts = self.reader.parts("targets")
        if not parts:
            return
        yield Heading(1, section_name("targets"))
        columns = [Column(_("Target"), width=3), Column(_("By")), Column(_("Baseline"), width=2),
                   Column(_("How you will know"), width=2)]  # fmt: skip
        yield Table(section_name("targets"), columns, [
            [self.aim(each), self.say("targets", "wanted_on", each), self._baseline(each),
             self.say("targets", "known_how", each) or "–"]
            for each in parts
        ])  # fmt: skip

    def aim(self, target: Part) -> Text:
        """What is wanted, for whom, and whose it is to answer for."""
        value = self.reader.value
        whose = value("targets", "whose", target["whose"])
        school = value("targets", "school", target["school"])
        ends = "".join(f" ({each})" for each in (school, target["group"], whose) if each)
        if target["measure"]:
            measure = value("targets", "measure", target["measure"])
            return f"{measure}: {value('targets', 'wanted_value', target['wanted_value'])}{ends}"
        return [Run(target["statement"], language=self.language), ends]

    def _baseline(self, target: Part) -> Text:
        value = self.reader.value
        if target["baseline_value"] is None:
            return self.written(target["no_baseline_because"]) if target["measure"] else "–"
        day = value("targets", "baseline_on", target["baseline_on"])
        known = value("targets", "baseline_value", target["baseline_value"])
        source = target["baseline_source"]
        return f"{known} ({day}{', ' + source if source else ''})"

    def short(self, texts: Sequence[Text], most: int) -> Sequence[Block]:
        """The first so many as points, and how many more there are."""
        if not texts:
            return ()
        more = len(texts) - most
        rest = [_("and %(n)s more in the plan") % {"n": more}] if more > 0 else []
        return (Bullets([*texts[:most], *rest]),)


def opening(reader: Reader, blocks: Blocks) -> Iterator[Block]:
    """What a paper begins with: the plan in short."""
    plan = reader.content["plan"]
    if plan["summary"].strip():
        yield from blocks.long(plan["summary"])
    schools = [each["name"] for each in reader.content["names"]["schools"].values()
               if each["in_cluster"]]  # fmt: skip
    yield Definitions([
        (_("Cluster"), reader.content["about"]["name"]),
        (_("From"), reader.value("plan", "start_on", plan["start_on"])),
        (_("Last day"), reader.value("plan", "end_on", plan["end_on"])),
        (_("Schools"), ", ".join(schools) or "–"),
    ])  # fmt: skip


def closing(reader: Reader, blocks: Blocks) -> Iterator[Block]:
    """What a paper of the whole plan ends with."""
    text = reader.content["plan"]["after_funding"]
    if text.strip():
        yield Heading(1, _("When the funding ends"))
        yield from blocks.long(text)


def nothing_here() -> Block:
    """For a paper without any part."""
    return Paragraph(_("The plan holds nothing for this reader yet."))
