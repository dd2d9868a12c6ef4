"""Lists of a Word file, nested as deep as they are; each counts from one."""

from __future__ import annotations

from typing import Any

from docx.shared import Cm

from clusterwork.documents.word.xml import added, made

STEP, DEEPEST = Cm(0.63), 8
BULLETS, NUMBERS = "List Bullet", "List Number"
MARKS = {
    BULLETS: (("bullet", "•"), ("bullet", "–")),
    NUMBERS: (("decimal", "%{}."), ("lowerLetter", "%{}."), ("lowerRoman", "%{}.")),
}
FREE_FROM = 900  # above the numbers of the lists that come with a new file


class Lists:
    """The kinds of list of one file, and the lists of each."""

    def __init__(self, word: Any) -> None:
        self.numbering = word.part.numbering_part.element
        self.kinds = {name: FREE_FROM + place for place, name in enumerate(MARKS)}
        for name, number in self.kinds.items():
            self.numbering.insert(0, _kind(number, MARKS[name]))

    def new(self, kind: str) -> int:
        """A list of its own, counting from one at every depth."""
        number = self.numbering.add_num(self.kinds[kind])
        for depth in range(DEEPEST + 1):
            number.add_lvlOverride(ilvl=depth).add_startOverride(1)
        return int(number.numId)

    def put(self, paragraph: Any, number: int, depth: int) -> None:
        """Makes the paragraph a point of the list."""
        properties = paragraph._p.get_or_add_pPr().get_or_add_numPr()
        properties.get_or_add_ilvl().val = min(depth, DEEPEST)
        properties.get_or_add_numId().val = number


def _kind(number: int, marks: tuple[tuple[str, str], ...]) -> Any:
    kind = made("w:abstractNum", abstractNumId=str(number))
    added(kind, "w:multiLevelType", val="multilevel")
    for depth in range(DEEPEST + 1):
        form, sign = marks[depth % len(marks)]
        level = added(kind, "w:lvl", ilvl=str(depth))
        added(level, "w:start", val="1")
        added(level, "w:numFmt", val=form)
        added(level, "w:lvlText", val=sign.format(depth + 1))
        added(level, "w:lvlJc", val="left")
        left = str(int(STEP.twips * (depth + 1)))
        added(added(level, "w:pPr"), "w:ind", left=left, hanging=str(int(STEP.twips)))
    return kind
