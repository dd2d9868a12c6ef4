"""The sentences of `saying`, each written out whole so that it can be translated.

A change is told without its direction: risen by more and fallen by less are one difference.
"""

from __future__ import annotations

from clusterwork.impact.findings import Outcome
from clusterwork.kernel.messages import N_

Sentences = tuple[str, str]
"""For more and for less."""

WITH_INTERVAL: dict[Outcome, Sentences] = {
    Outcome.PROGRESS: (
        N_(
            "Pupils in cluster schools made %(size)s of a standard deviation more progress than "
            "pupils in similar schools (%(level)s%% interval %(low)s to %(high)s)."
        ),
        N_(
            "Pupils in cluster schools made %(size)s of a standard deviation less progress than "
            "pupils in similar schools (%(level)s%% interval %(low)s to %(high)s)."
        ),
    ),
    Outcome.SCORE: (
        N_(
            "Pupils in cluster schools did better than pupils in similar schools by %(size)s of "
            "a standard deviation (%(level)s%% interval %(low)s to %(high)s)."
        ),
        N_(
            "Pupils in cluster schools did less well than pupils in similar schools by %(size)s "
            "of a standard deviation (%(level)s%% interval %(low)s to %(high)s)."
        ),
    ),
    Outcome.SHARE: (
        N_(
            "In cluster schools the share was %(size)s percentage points higher than in similar "
            "schools (%(level)s%% interval %(low)s to %(high)s)."
        ),
        N_(
            "In cluster schools the share was %(size)s percentage points lower than in similar "
            "schools (%(level)s%% interval %(low)s to %(high)s)."
        ),
    ),
    Outcome.AMOUNT: (
        N_(
            "In cluster schools the figure was %(size)s higher than in similar schools "
            "(%(level)s%% interval %(low)s to %(high)s)."
        ),
        N_(
            "In cluster schools the figure was %(size)s lower than in similar schools "
            "(%(level)s%% interval %(low)s to %(high)s)."
        ),
    ),
}
ALONE: dict[Outcome, Sentences] = {
    Outcome.PROGRESS: (
        N_(
            "Pupils in cluster schools made %(size)s of a standard deviation more progress than "
            "pupils in similar schools; how sure that is cannot be told from so few clusters."
        ),
        N_(
            "Pupils in cluster schools made %(size)s of a standard deviation less progress than "
            "pupils in similar schools; how sure that is cannot be told from so few clusters."
        ),
    ),
    Outcome.SCORE: (
        N_(
            "Pupils in cluster schools did better than pupils in similar schools by %(size)s of "
            "a standard deviation; how sure that is cannot be told from so few clusters."
        ),
        N_(
            "Pupils in cluster schools did less well than pupils in similar schools by %(size)s "
            "of a standard deviation; how sure that is cannot be told from so few clusters."
        ),
    ),
    Outcome.SHARE: (
        N_(
            "In cluster schools the share was %(size)s percentage points higher than in similar "
            "schools; how sure that is cannot be told from so few clusters."
        ),
        N_(
            "In cluster schools the share was %(size)s percentage points lower than in similar "
            "schools; how sure that is cannot be told from so few clusters."
        ),
    ),
    Outcome.AMOUNT: (
        N_(
            "In cluster schools the figure was %(size)s higher than in similar schools; how sure "
            "that is cannot be told from so few clusters."
        ),
        N_(
            "In cluster schools the figure was %(size)s lower than in similar schools; how sure "
            "that is cannot be told from so few clusters."
        ),
    ),
}
CHANGED: dict[Outcome, Sentences] = {
    Outcome.PROGRESS: (
        N_(
            "Since the start, pupils' progress in cluster schools has risen by %(size)s of a "
            "standard deviation more, or fallen by that much less, than in the schools they are "
            "compared with (%(level)s%% interval %(low)s to %(high)s)."
        ),
        N_(
            "Since the start, pupils' progress in cluster schools has risen by %(size)s of a "
            "standard deviation less, or fallen by that much more, than in the schools they are "
            "compared with (%(level)s%% interval %(low)s to %(high)s)."
        ),
    ),
    Outcome.SCORE: (
        N_(
            "Since the start, pupils' results in cluster schools have risen by %(size)s of a "
            "standard deviation more, or fallen by that much less, than in the schools they are "
            "compared with (%(level)s%% interval %(low)s to %(high)s)."
        ),
        N_(
            "Since the start, pupils' results in cluster schools have risen by %(size)s of a "
            "standard deviation less, or fallen by that much more, than in the schools they are "
            "compared with (%(level)s%% interval %(low)s to %(high)s)."
        ),
    ),
    Outcome.SHARE: (
        N_(
            "Since the start, the share in cluster schools has risen by %(size)s percentage "
            "points more, or fallen by that much less, than in the schools they are compared "
            "with (%(level)s%% interval %(low)s to %(high)s)."
        ),
        N_(
            "Since the start, the share in cluster schools has risen by %(size)s percentage "
            "points less, or fallen by that much more, than in the schools they are compared "
            "with (%(level)s%% interval %(low)s to %(high)s)."
        ),
    ),
    Outcome.AMOUNT: (
        N_(
            "Since the start, the figure in cluster schools has risen by %(size)s more, or "
            "fallen by that much less, than in the schools they are compared with (%(level)s%% "
            "interval %(low)s to %(high)s)."
        ),
        N_(
            "Since the start, the figure in cluster schools has risen by %(size)s less, or "
            "fallen by that much more, than in the schools they are compared with (%(level)s%% "
            "interval %(low)s to %(high)s)."
        ),
    ),
}
CHANGED_ALONE: dict[Outcome, Sentences] = {
    Outcome.PROGRESS: (
        N_(
            "Since the start, pupils' progress in cluster schools has risen by %(size)s of a "
            "standard deviation more, or fallen by that much less, than in the schools they are "
            "compared with; how sure that is cannot be told from so few clusters."
        ),
        N_(
            "Since the start, pupils' progress in cluster schools has risen by %(size)s of a "
            "standard deviation less, or fallen by that much more, than in the schools they are "
            "compared with; how sure that is cannot be told from so few clusters."
        ),
    ),
    Outcome.SCORE: (
        N_(
            "Since the start, pupils' results in cluster schools have risen by %(size)s of a "
            "standard deviation more, or fallen by that much less, than in the schools they are "
            "compared with; how sure that is cannot be told from so few clusters."
        ),
        N_(
            "Since the start, pupils' results in cluster schools have risen by %(size)s of a "
            "standard deviation less, or fallen by that much more, than in the schools they are "
            "compared with; how sure that is cannot be told from so few clusters."
        ),
    ),
    Outcome.SHARE: (
        N_(
            "Since the start, the share in cluster schools has risen by %(size)s percentage "
            "points more, or fallen by that much less, than in the schools they are compared "
            "with; how sure that is cannot be told from so few clusters."
        ),
        N_(
            "Since the start, the share in cluster schools has risen by %(size)s percentage "
            "points less, or fallen by that much more, than in the schools they are compared "
            "with; how sure that is cannot be told from so few clusters."
        ),
    ),
    Outcome.AMOUNT: (
        N_(
            "Since the start, the figure in cluster schools has risen by %(size)s more, or "
            "fallen by that much less, than in the schools they are compared with; how sure "
            "that is cannot be told from so few clusters."
        ),
        N_(
            "Since the start, the figure in cluster schools has risen by %(size)s less, or "
            "fallen by that much more, than in the schools they are compared with; how sure "
            "that is cannot be told from so few clusters."
        ),
    ),
}
OPEN_BOTH_WAYS = {
    (0, 0): N_("This is consistent with no effect, and leaves room for a small one at most."),
    (0, 1): N_("This is consistent with no effect and with a moderate one."),
    (0, 2): N_("This is consistent with no effect and with a large one."),
    (1, 0): N_("This is consistent with no effect and with a moderate loss."),
    (1, 1): N_("This is consistent with no effect, with a moderate loss and a moderate gain."),
    (1, 2): N_("This is consistent with no effect, with a moderate loss and a large gain."),
    (2, 0): N_("This is consistent with no effect and with a large loss."),
    (2, 1): N_("This is consistent with no effect, with a large loss and a moderate gain."),
    (2, 2): N_("This is consistent with no effect, with a large loss and a large gain."),
}
"""By how far the interval reaches below and above zero: small, moderate, large."""

GAIN = {
    (0, 0): N_("This is consistent with a small gain."),
    (0, 1): N_("This is consistent with a small gain and with a moderate one."),
    (0, 2): N_("This is consistent with a small gain and with a large one."),
    (1, 1): N_("This is consistent with a moderate gain."),
    (1, 2): N_("This is consistent with a moderate gain and with a large one."),
    (2, 2): N_("This is consistent with a large gain."),
}
LOSS = {
    (0, 0): N_("This is consistent with a small loss."),
    (0, 1): N_("This is consistent with a small loss and with a moderate one."),
    (0, 2): N_("This is consistent with a small loss and with a large one."),
    (1, 1): N_("This is consistent with a moderate loss."),
    (1, 2): N_("This is consistent with a moderate loss and with a large one."),
    (2, 2): N_("This is consistent with a large loss."),
}
