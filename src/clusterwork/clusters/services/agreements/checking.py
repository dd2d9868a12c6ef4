"""What every text of an agreement must be: there, and no longer than a clause can be."""

from __future__ import annotations

from dataclasses import dataclass

from clusterwork.clusters.models import Section
from clusterwork.clusters.models.cluster import NAME_LENGTH
from clusterwork.kernel.errors import Problem
from clusterwork.kernel.messages import N_, Message

LONGEST = 20_000
MOST_CLAUSES = 200


class WordsTooLong(Problem):
    """A text that is longer than a clause can be."""


class NoWords(Problem):
    """A clause without a title or without any words."""


class TooManyClauses(Problem):
    """More clauses than an agreement or a library can hold."""


@dataclass(frozen=True)
class ClauseWords:
    """What a clause says, as it was typed."""

    section: str
    title: str
    text: str
    title_cy: str = ""
    text_cy: str = ""

    def plain(self) -> dict[str, str]:
        """The fields of a clause, without spaces around them."""
        return {
            "section": self.section if self.section in Section.values else Section.OTHER,
            "title": self.title.strip() or self.title_cy.strip(),
            "title_cy": self.title_cy.strip(),
            "text": _lines(self.text) or _lines(self.text_cy),
            "text_cy": _lines(self.text_cy),
        }


def checked(words: ClauseWords) -> dict[str, str]:
    """The fields of the clause. Raises `WordsTooLong`, `NoWords`."""
    fields = words.plain()
    for name, longest in (("title", NAME_LENGTH), ("title_cy", NAME_LENGTH),
                          ("text", LONGEST), ("text_cy", LONGEST)):  # fmt: skip
        check_length(fields[name], longest)
    if not fields["title"] or not fields["text"]:
        raise NoWords(
            Message(N_("The clause has no title or no words.")),
            next_step=Message(N_("Write both, in English or in Welsh.")),
        )
    return fields


def check_length(text: str, longest: int = LONGEST) -> None:
    """Raises `WordsTooLong`."""
    if len(text) > longest:
        raise WordsTooLong(
            Message(
                N_("The text is too long: %(n)s characters."),
                {"n": f"{len(text):,}"},
            ),
            why=Message(N_("This can hold %(most)s at most."), {"most": f"{longest:,}"}),
            next_step=Message(
                N_("Keep what the schools agree to sign here, and put the rest in a document.")
            ),
        )


def check_room(n: int) -> None:
    """Raises `TooManyClauses` where `n` clauses would be more than can be held."""
    if n > MOST_CLAUSES:
        raise TooManyClauses(
            Message(N_("There can be no more than %(most)s clauses."), {"most": MOST_CLAUSES}),
            next_step=Message(N_("Put several into one, or take some out first.")),
        )


def _lines(text: str) -> str:
    return "\n".join(line.rstrip() for line in text.strip().splitlines())
