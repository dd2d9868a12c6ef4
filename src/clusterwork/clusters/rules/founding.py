"""How a school stands to a cluster that schools form themselves; knows no database."""

from __future__ import annotations

from enum import Enum

LEAST_SCHOOLS = 2


class Stand(Enum):
    """What a school has said to the purpose as it is worded now."""

    AGREED = "agreed"
    ASKED_AGAIN = "asked_again"
    DECLINED = "declined"
    WAITING = "waiting"


def stand_of(reply: str, agreed_number: int | None, purpose_number: int) -> Stand:
    """A school that joined under another wording is asked again; a refusal stays one."""
    if reply == "declines":
        return Stand.DECLINED
    if reply != "joins":
        return Stand.WAITING
    return Stand.AGREED if agreed_number == purpose_number else Stand.ASKED_AGAIN


def may_ask(n_agreed: int) -> bool:
    """Whether enough schools agree to one wording to be a cluster."""
    return n_agreed >= LEAST_SCHOOLS
