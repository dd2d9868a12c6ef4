"""What a staged file of figures would do, in words and in the parts that its page shows."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from clusterwork.kernel.errors import NotThere
from clusterwork.kernel.messages import N_, Message
from clusterwork.measures.imports.layouts import LAYOUTS
from clusterwork.measures.models import StagedFigure, Upload
from clusterwork.registry.services.errands import Errand
from clusterwork.web.formats import number
from clusterwork.web.registry.staged import NOTICES, REJECTED, Part

NEW, CHANGED, UNMATCHED = "new", "changed", "unmatched"


def is_waiting(upload: Upload) -> bool:
    """Whether it waits for somebody to confirm it or put it aside."""
    return bool(upload.run.state == "staged")


def parts_of(upload: Upload) -> list[Part]:
    """The lists that have something in them, the worst first; what is staged only while it is."""
    run = upload.run
    counted = [(REJECTED, _("Rows that cannot be taken"), run.n_rejected)]
    if is_waiting(upload):
        counted += [(CHANGED, _("Corrected"), run.n_changed), (NEW, _("New"), run.n_new)]
    counted += [
        (UNMATCHED, _("Schools not in the register"), len(upload.unmatched)),
        (NOTICES, _("Notices"), len(run.notices)),
    ]
    return [Part(key, words, n) for key, words, n in counted if n]


def rows_of(upload: Upload, part: str) -> Any:
    """The rows of one list, in the order of the file."""
    if part == REJECTED:
        return upload.run.rejected_rows.all()
    if part == NOTICES:
        return upload.run.notices
    if part == UNMATCHED:
        return upload.unmatched
    staged = StagedFigure.objects.filter(run=upload.run, replaces__isnull=part == NEW)
    return staged.select_related("measure", "school", "replaces__measure")


def counts_of(upload: Upload) -> list[tuple[str, int]]:
    """The counts of the summary: rows first, then figures, of which a row may hold several."""
    run = upload.run
    return [
        (_("Rows read"), run.n_read),
        (_("New figures"), run.n_new),
        (_("Corrected"), run.n_changed),
        (_("Unchanged"), run.n_unchanged),
        (_("Rows of schools not in the register"), run.n_unmatched),
        (_("Rows that cannot be taken"), run.n_rejected),
    ]


def layout_words(upload: Upload) -> str:
    """How the file was read."""
    layout = LAYOUTS.get(upload.layout)
    return _(layout.name) if layout else upload.layout


def button_words(upload: Upload) -> str:
    """The consequence, as the button says it."""
    n = upload.n_staged
    told = ngettext("Load one figure", "Load %(n)s figures", n)
    return told % {"n": number(n)}


def good_rows_words(upload: Upload) -> str:
    """What somebody must say before the good rows are loaded alone."""
    text = _(
        "Load the figures of the good rows, and leave out the rows that cannot be taken: %(n)s"
    )
    return text % {"n": number(upload.run.n_rejected)}


def errand_of_figures(errand: Errand) -> Errand:
    """The errand, where it is one of figures; or `NotThere`."""
    if not errand.more:
        raise NotThere(
            Message(N_("There is no such file.")),
            next_step=Message(N_("Look for it in the list of files.")),
        )
    return errand
