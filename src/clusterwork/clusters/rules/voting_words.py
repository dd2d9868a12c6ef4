"""When a vote carries, in the same sentences wherever a rule is shown or agreed."""

from __future__ import annotations

from clusterwork.clusters.rules.voting import CONSENSUS, Rule
from clusterwork.kernel.messages import N_, Message

# A share is "more than"; one just below a fraction reads "at least".
WHEN_AGREED: tuple[tuple[float, str], ...] = (
    (0.5, N_("A proposal is agreed where more agree than object.")),
    (0.599999, N_("A proposal is agreed where at least three in five of the votes for or "
                  "against it are for it.")),
    (0.666666, N_("A proposal is agreed where at least two thirds of the votes for or against "
                  "it are for it.")),
    (0.749999, N_("A proposal is agreed where at least three quarters of the votes for or "
                  "against it are for it.")),
)  # fmt: skip
ABSTAINED = N_("A school that abstains has taken part; it counts neither for nor against.")
CASTING = N_("On a tie the chair’s school has a casting vote.")
NO_CASTING = N_("A tie is not agreed: there is no casting vote.")
SAME = 1e-7  # finer than the shares that can be chosen lie apart


def when_agreed(rule: Rule) -> tuple[Message, ...]:
    """What carries a proposal, what an abstention counts, and what becomes of a tie.

    A casting vote makes no more than a bare majority, so that it decides nothing beyond one.
    """
    if rule.way == CONSENSUS:
        return (Message(ABSTAINED),)
    found = (_majority(rule.majority_share), Message(ABSTAINED))
    if rule.majority_share > 0.5 + SAME:
        return found
    return (*found, Message(CASTING if rule.casting else NO_CASTING))


def _majority(share: float) -> Message:
    for value, words in WHEN_AGREED:
        if abs(value - share) < SAME:
            return Message(words)
    text = N_(
        "A proposal is agreed where more than %(percent)s per cent of the votes for or against "
        "it are for it."
    )
    return Message(text, {"percent": round(share * 100, 1)})
