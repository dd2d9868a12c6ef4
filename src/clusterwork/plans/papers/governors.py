"""The governors' two pages: what the cluster wants, does, pays and will know, and no more."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from decimal import Decimal

from django.utils.translation import gettext as _

from clusterwork.documents import Block, Heading, Paragraph, Run, Text
from clusterwork.plans.papers.blocks import Blocks, Part, opening
from clusterwork.plans.rules.extracts import pence_of
from clusterwork.plans.wording import Reader, section_name
from clusterwork.plans.wording.values import money_words

MOST = {"priorities": 6, "actions": 8, "milestones": 6, "targets": 6, "payers": 5}
LINE = 160  # characters


def governors_blocks(reader: Reader, blocks: Blocks) -> Iterator[Block]:
    """Short lists; each says how many more the plan holds."""
    yield from _short_opening(reader, blocks)
    for name, texts in (
        ("priorities", [blocks.written(cut(each["title"])) for each in reader.parts("priorities")]),
        ("actions", [_action(reader, blocks, each) for each in reader.parts("actions")]),
        ("milestones", [_milestone(reader, blocks, each) for each in reader.parts("milestones")]),
        ("targets", [_target(reader, blocks, each) for each in reader.parts("targets")]),
    ):
        if texts:
            yield Heading(1, section_name(name))
            yield from blocks.short(texts, MOST[name])
    yield from _money(reader, blocks)


def cut(text: str) -> str:
    """The text in one line, ended by three dots where it is longer than a line holds."""
    line = " ".join(text.split())
    return line if len(line) <= LINE else line[: LINE - 1].rstrip() + "…"


def _short_opening(reader: Reader, blocks: Blocks) -> Iterator[Block]:
    summary = reader.content["plan"]["summary"]
    found = [each for each in opening(reader, blocks) if not isinstance(each, Paragraph)]
    if summary.strip():
        text = " ".join(summary.split())
        short = text if len(text) <= 4 * LINE else text[: 4 * LINE - 1].rstrip() + "…"
        yield Paragraph(blocks.written(short), lead=True)
    yield from found


def _action(reader: Reader, blocks: Blocks, part: Part) -> Text:
    end = reader.value("actions", "end_on", part["end_on"])
    return [Run(cut(part["title"]), language=blocks.language), f" ({end})"]


def _milestone(reader: Reader, blocks: Blocks, part: Part) -> Text:
    on = reader.value("milestones", "on", part["on"])
    return [f"{on}: ", Run(cut(part["title"]), language=blocks.language)]


def _target(reader: Reader, blocks: Blocks, part: Part) -> Text:
    by = reader.value("targets", "wanted_on", part["wanted_on"])
    if part["measure"]:
        measure = reader.value("targets", "measure", part["measure"])
        wanted = reader.value("targets", "wanted_value", part["wanted_value"])
        return f"{measure}: {wanted} ({by})"
    return [Run(cut(part["statement"]), language=blocks.language), f" ({by})"]


def _money(reader: Reader, blocks: Blocks) -> Iterator[Block]:
    lines = reader.parts("budget_lines")
    if not lines:
        return
    total = sum(each["amount_pence"] for each in lines)
    paid: Counter[str] = Counter()
    for payer in reader.parts("payers"):
        paid[payer["uid"]] = sum(pence_of(each, payer["uid"]) for each in lines)
    yield Heading(1, section_name("budget_lines"))
    yield Paragraph(_("Together: %(money)s") % {"money": money_words(total)})
    texts = [[f"{reader.titles[uid]}: ", money_words(pence)] for uid, pence in paid.most_common()]
    rest = Decimal(total) - sum(paid.values())
    if rest > 0:
        texts.append([_("Carried by the schools or not funded yet:"), f" {money_words(int(rest))}"])
    yield from blocks.short(texts, MOST["payers"] + 1)
