"""A programme's table of focus and aims by cluster, as in EAS, Appendix 4."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import override

from clusterwork.documents import (
    AnyDocument,
    Bilingual,
    Block,
    Column,
    Document,
    Paragraph,
    Table,
    Text,
)
from clusterwork.plans.papers.blocks import Blocks
from clusterwork.plans.papers.making import Stamp
from clusterwork.plans.wording import Reader

Content = Mapping[str, Any]


def programme_paper(
    programme: tuple[str, str], contents: Sequence[Content], silent: Sequence[str], stamp: Stamp
) -> AnyDocument:
    """One row a cluster: its focus (priorities) and its aims (targets and success statements).

    `programme` is its name in English and in Welsh; `silent` names its clusters without an
    approved plan.
    """
    english = _in("en-gb", programme[0], contents, silent, stamp)
    if not stamp.is_welsh:
        return english
    welsh = _in("cy", programme[1] or programme[0], contents, silent, stamp)
    return Bilingual(welsh, english)


def _in(
    language: str, name: str, contents: Sequence[Content], silent: Sequence[str], stamp: Stamp
) -> Document:
    with override(language):
        return Document(
            title=_("Focus and aims by cluster: %(name)s") % {"name": name},
            language=language,
            parts=tuple(_parts(contents, silent)),
            version=stamp.version,
            date=stamp.day,
            organisation=stamp.organisation,
            landscape=True,
        )


def _parts(contents: Sequence[Content], silent: Sequence[str]) -> Iterator[Block]:
    columns = [
        Column(_("Cluster"), width=1.2),
        Column(_("Focus"), width=2),
        Column(_("Aims"), width=3),
    ]
    if contents:
        yield Table(_("Focus and aims by cluster"), columns, [_row(each) for each in contents])
    if silent:
        names = ", ".join(silent)
        yield Paragraph(_("Clusters without an approved plan: %(names)s") % {"names": names})


def _row(content: Content) -> list[Text]:
    reader = Reader(content)
    blocks = Blocks(reader)
    focus = [each["title"] for each in reader.parts("priorities")]
    aims = [blocks.aim(each) for each in reader.parts("targets")]
    return [
        content["about"]["name"],
        blocks.written("\n".join(focus)) if focus else "–",
        _lines(aims) if aims else "–",
    ]


def _lines(texts: Sequence[Text]) -> Text:
    """Several texts, a line each."""
    found: list[Any] = []
    for each in texts:
        found += ["\n"] if found else []
        found += [each] if isinstance(each, str) or not isinstance(each, Sequence) else list(each)
    return found
