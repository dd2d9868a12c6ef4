"""For whom a paper is: `plan`, `governors`, `school:URN`, `strand:…`, `funder:…`."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from clusterwork.kernel.errors import NotThere
from clusterwork.kernel.messages import N_, Message
from clusterwork.plans.wording import Reader

PLAN, GOVERNORS = "plan", "governors"
SCHOOL, STRAND, FUNDER = "school", "strand", "funder"


class NoSuchAudience(NotThere):
    """The plan has no such school, strand or funder."""


@dataclass(frozen=True, slots=True)
class Audience:
    """`kind` is one of the five; `key` the school's number, or the uid of a part; `name` in words.

    `address` is what names it in addresses and on the command line.
    """

    kind: str
    key: Any = None
    name: str = ""
    address: str = ""


def audiences_of(content: Mapping[str, Any]) -> list[Audience]:
    """Everybody for whom a paper can be made of this content, the plan itself first."""
    return [Audience(PLAN, address=PLAN), Audience(GOVERNORS, address=GOVERNORS), *_parts(content)]


def _parts(content: Mapping[str, Any]) -> Iterator[Audience]:
    reader = Reader(content)
    for pk, school in content["names"]["schools"].items():
        if school["in_cluster"]:
            yield Audience(SCHOOL, int(pk), school["name"], f"{SCHOOL}:{school['number']}")
    for kind, section in ((STRAND, "strands"), (FUNDER, "payers")):
        for part in reader.parts(section):
            uid = part["uid"]
            yield Audience(kind, uid, reader.titles[uid], f"{kind}:{uid}")


def audience_of(content: Mapping[str, Any], told: str) -> Audience:
    """The audience of that address; strands and funders are found by their name too.

    Raises `NoSuchAudience`.
    """
    kind, _colon, rest = told.partition(":")
    for each in audiences_of(content):
        by_name = each.kind == kind and rest and each.name.casefold() == rest.casefold()
        if each.address == told or by_name:
            return each
    raise NoSuchAudience(
        Message(N_("The plan has no paper of that kind: %(told)s."), {"told": told}),
        next_step=Message(
            N_("Ask for: plan, governors, school:NUMBER, strand:NAME or funder:NAME.")
        ),
    )
