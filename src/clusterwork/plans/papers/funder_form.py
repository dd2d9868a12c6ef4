"""A funder's own form: what of the plan fills each question, and the form as a document."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as _lazy

from clusterwork.documents import Block, Document, Heading, Note, Paragraph, paragraphs
from clusterwork.plans.wording import Reader, title_of
from clusterwork.plans.wording.values import money_words
from clusterwork.registry.models.organisations import in_language

Words = str | Promise


@dataclass(frozen=True, slots=True)
class Question:
    """A question of a form; `source` names a fact of the plan, or is empty where it is asked.

    `limit` is the most characters that the funder takes, 0 where it sets none.
    """

    key: str
    label: str
    label_cy: str = ""
    source: str = ""
    limit: int = 0

    @property
    def words(self) -> str:
        """The question in the language of the moment."""
        return in_language(self.label, self.label_cy)


@dataclass(frozen=True, slots=True)
class Filled:
    """A question with its answer; `from_plan` says what filled it, empty where it was asked."""

    question: Question
    text: str
    from_plan: str = ""

    @property
    def n_over(self) -> int:
        """By how many characters the answer is longer than the funder takes."""
        return max(0, len(self.text) - self.question.limit) if self.question.limit else 0


def _titles(section: str) -> Callable[[Reader], str]:
    return lambda reader: "\n".join(title_of(each) for each in reader.parts(section))


def _field(name: str) -> Callable[[Reader], str]:
    return lambda reader: reader.value("plan", name, reader.content["plan"][name])


def _schools(reader: Reader) -> str:
    held = reader.content["names"]["schools"].values()
    return ", ".join(each["name"] for each in held if each["in_cluster"])


def _period(reader: Reader) -> str:
    return f"{_field('start_on')(reader)} – {_field('end_on')(reader)}"


def _actions(reader: Reader) -> str:
    return "\n".join(
        f"{each['title']} ({reader.value('actions', 'end_on', each['end_on'])})"
        for each in reader.parts("actions")
    )


def _needs(reader: Reader) -> str:
    texts = (each["text"] or each["title"] for each in reader.parts("priorities"))
    return "\n\n".join(texts)


def _targets(reader: Reader) -> str:
    from clusterwork.documents.texts import plain
    from clusterwork.plans.papers.blocks import Blocks

    blocks = Blocks(reader)
    return "\n".join(plain(blocks.aim(each)) for each in reader.parts("targets"))


def _money(reader: Reader) -> str:
    return money_words(sum(each["amount_pence"] for each in reader.parts("budget_lines")))


SOURCES: Mapping[str, tuple[Words, Callable[[Reader], str]]] = {
    "cluster": (_lazy("The name of the cluster"), lambda r: str(r.content["about"]["name"])),
    "title": (_lazy("The title of the plan"), _field("title")),
    "summary": (_lazy("The plan in short"), _field("summary")),
    "period": (_lazy("From when until when"), _period),
    "schools": (_lazy("The schools"), _schools),
    "priorities": (_lazy("The priorities"), _titles("priorities")),
    "needs": (_lazy("What you want to change, and why"), _needs),
    "strands": (_lazy("The strands"), _titles("strands")),
    "actions": (_lazy("The actions with their last days"), _actions),
    "milestones": (_lazy("The milestones"), _titles("milestones")),
    "posts": (_lazy("The posts"), _titles("posts")),
    "outcomes": (_lazy("How it should work"), _titles("outcomes")),
    "targets": (_lazy("The targets"), _targets),
    "money": (_lazy("What it costs altogether"), _money),
    "after_funding": (_lazy("What goes on when the funding ends"), _field("after_funding")),
}


def questions_of(kept: Sequence[Mapping[str, Any]]) -> list[Question]:
    """The questions as a form keeps them."""
    return [Question(**each) for each in kept]


def filled_in(
    questions: Sequence[Question], content: Mapping[str, Any], answers: Mapping[str, str]
) -> list[Filled]:
    """Each question with what the plan says, else with what the cluster answered."""
    reader = Reader(content)
    return [_filled(each, reader, answers) for each in questions]


def _filled(question: Question, reader: Reader, answers: Mapping[str, str]) -> Filled:
    words, said = SOURCES.get(question.source, ("", lambda _reader: ""))
    text = said(reader).strip()
    if text:
        return Filled(question, text, str(words))
    return Filled(question, answers.get(question.key, ""))


def form_paper(
    name: str, filled: Sequence[Filled], content: Mapping[str, Any], language: str
) -> Document:
    """The filled form as a document in the language of the moment, which is `language`."""
    parts: list[Block] = []
    for each in filled:
        parts.append(Heading(1, each.question.words))
        parts += paragraphs(each.text, language=content["plan"]["language"]) or (
            Paragraph(_("Not answered")),
        )
    parts.append(Note(_("From the plan: %(plan)s") % {"plan": content["plan"]["title"]}, "source"))
    return Document(name, language, parts, organisation=content["about"]["name"])
