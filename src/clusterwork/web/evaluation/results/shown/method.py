"""The method note: every choice behind a result, as a document in the reader's language."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from django.utils.translation import get_language
from django.utils.translation import gettext as _

from clusterwork.documents import (
    Block,
    Bullets,
    Definitions,
    Document,
    Figure,
    Heading,
    Note,
    Paragraph,
    Table,
    paragraphs,
)
from clusterwork.documents import Column as DocumentColumn
from clusterwork.evaluation.selectors.results import Results
from clusterwork.web.evaluation.plan_words import listed
from clusterwork.web.evaluation.planning.shown.registrations import (
    VersionShown,
    versions_shown,
)
from clusterwork.web.evaluation.results.shown.method_words import (
    by_year_words,
    comparison_words,
    estimate_words,
    is_by_mix,
    not_done,
    started_words,
    uncertainty_words,
    weight_words,
)
from clusterwork.web.evaluation.results.shown.result import ResultShown, size_words
from clusterwork.web.evaluation.results.shown.tables import TableShown
from clusterwork.web.formats import day, moment, number


def method_note(results: Results, shown: ResultShown) -> Document:
    """What was asked, chosen, done, found, checked and not done."""
    programme = results.analysis.study.programme
    ended = shown.run.ended_at
    return Document(
        title=_("Method note: %(name)s") % {"name": shown.title},
        language="cy" if get_language() == "cy" else "en-gb",
        parts=tuple(_parts(results, shown)),
        version=str(shown.run.registration.number) if shown.run.registration else "",
        date=ended.date() if ended else None,
        organisation=str(programme.organisation),
    )


def _parts(results: Results, shown: ResultShown) -> Iterator[Block]:
    yield from (Paragraph(each, lead=not n) for n, each in enumerate(shown.sentences))
    yield from _asked(results)
    yield from _registered(results, shown)
    yield from _compared(shown)
    if not shown.is_too_early:
        yield from _estimated(shown)
        yield from _checked(shown)
    yield from _data(results, shown)
    yield Heading(1, _("What was not done"))
    yield Bullets(not_done(shown.plan, shown.found))


def _asked(results: Results) -> Iterator[Block]:
    study = results.analysis.study
    yield Heading(1, _("What was asked"))
    yield Definitions(
        [(_("Study"), str(study)), (_("Programme"), str(study.programme))],
    )
    yield from paragraphs(study.question)


def _registered(results: Results, shown: ResultShown) -> Iterator[Block]:
    yield Heading(1, _("What was set down before the result"))
    yield Definitions([(row.name, row.value) for row in shown.rows])
    columns = [_("Version"), _("Registered"), _("What was changed"), _("Why")]
    rows = [
        (str(each.number), moment(each.at), _turned(each), each.because or "–")
        for each in reversed(versions_shown(results.registrations[::-1]))
    ]
    yield Table(_("Versions of the plan"), columns, rows)
    yield from (Paragraph(each) for each in shown.cohort)


def _turned(version: VersionShown) -> str:
    """What was changed, with what has to be known of it."""
    turned = listed(each.name for each in version.turns)
    first = _("First version") if version.number == 1 else ""
    return ". ".join(each.rstrip(".") for each in (turned or first, *version.marks) if each)


def _compared(shown: ResultShown) -> Iterator[Block]:
    yield Heading(1, _("Who is compared with whom"))
    if shown.found.get("n_treated"):
        yield Paragraph(size_words(shown.found))
    yield Paragraph(started_words())
    yield from (Paragraph(each) for each in comparison_words(shown.plan))
    yield from (Paragraph(each) for each in shown.notes)
    yield from _tables(shown.flow)


def _estimated(shown: ResultShown) -> Iterator[Block]:
    yield Heading(1, _("How the estimate was worked out"))
    yield Paragraph(estimate_words(shown.found))
    if is_by_mix(shown.found) and shown.found.get("by_year"):
        yield Paragraph(by_year_words())
    yield Paragraph(weight_words(shown.found))
    yield from (Paragraph(each) for each in shown.why)
    yield from (Paragraph(each) for each in uncertainty_words(shown.found))
    estimate = [
        (_("Estimate (%(unit)s)") % {"unit": shown.units.words}, shown.estimate),
        *([(_("In units of the measure"), shown.in_units)] if shown.in_units else []),
        (_("Pupils’ standard deviation"), _spread(shown)),
    ]
    yield Definitions(estimate)
    for each in shown.figures:
        yield Figure(str(each.pictures[0]), each.chart.description, each.finding)
        yield Note(f"{each.source}. {each.dates}", kind="source")
    if shown.refused:
        yield Heading(2, _("What is not told, and why"))
        yield Bullets(shown.refused)
    yield Heading(2, _("What it rests on"))
    yield Bullets(shown.assumptions)


def _spread(shown: ResultShown) -> str:
    told = shown.found.get("pupils_sd") or {}
    if told.get("value") is None:
        return "–"
    sources = {
        "given": _("given in the plan"),
        "share": _("of a percentage"),
        "worked_out": _("worked out from how much more small schools swing"),
        "schools": _("of schools’ figures, since pupils’ cannot be told"),
    }
    return f"{number(told['value'], 2)} ({sources.get(told['source'], told['source'])})"


def _checked(shown: ResultShown) -> Iterator[Block]:
    yield Heading(1, _("What was checked"))
    for each in shown.checks:
        yield Heading(2, each.title)
        yield Paragraph(f"{each.mark_words}. {' '.join(each.sentences)}")
        yield from _tables(each.table)


def _data(results: Results, shown: ResultShown) -> Iterator[Block]:
    frozen, ended = results.frozen, shown.run.ended_at
    yield Heading(1, _("Data and programs"))
    items = [(_("Worked out"), moment(ended))]
    if frozen is not None:
        items += [
            (_("Table frozen"), day(frozen.made_at.date())),
            (_("Rows (a school and year each)"), number(frozen.n_rows)),
            (_("SHA-256 of the table"), frozen.data_hash),
        ]
    items += list(dict(shown.found.get("programs", {})).items())
    yield Definitions(items)
    for source in sorted({f"{each.source}. {each.dates}" for each in shown.figures}):
        yield Note(source, kind="source")
    earlier = [moment(each.ended_at) for each in results.earlier]
    if earlier:
        yield Paragraph(_("Worked out before on: %(days)s") % {"days": "; ".join(earlier)})


def _tables(*tables: TableShown | None) -> Iterator[Block]:
    for each in tables:
        if each is not None:
            yield _table(each)


def _table(shown: TableShown) -> Table:
    columns: Sequence[DocumentColumn] = [
        DocumentColumn(str(each.heading), numeric=each.is_number) for each in shown.columns
    ]
    return Table(shown.caption, columns, shown.rows)
