"""Reads a spreadsheet of clusters against what is held: what it would change, and what it can't."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import date

from clusterwork.clusters.imports.reading import Sheet, read
from clusterwork.clusters.imports.records import Record
from clusterwork.clusters.rules.arriving.deciding import Deciding
from clusterwork.clusters.rules.arriving.plans import Draft
from clusterwork.clusters.selectors.arriving import heads_of, held_of, schools_for
from clusterwork.registry.imports.reading import check_bearable
from clusterwork.registry.imports.records import Rejection
from clusterwork.registry.models import Organisation


def draft_of(
    sheet: Sheet,
    *,
    organisations: Sequence[Organisation],
    default: Organisation | None,
    today: date,
) -> Draft:
    """Every row read and compared. `organisations` are those that the file may bring clusters
    to; `default` is that of rows without one. Raises `TooManyRejected`."""
    draft = Draft(
        sheet.name, today, sheet.sha256, sheet.header, sheet.n_read, heading=sheet.heading
    )
    draft.rejections += sheet.rejections
    draft.notices += sheet.notices
    records: list[Record] = []
    for row in read(sheet):
        if isinstance(row, Rejection):
            draft.rejections.append(row)
        else:
            records.append(row)
    check_bearable(draft.rejections, draft.file_name)
    decide(draft, records, organisations, default)
    check_bearable(draft.rejections, draft.file_name)
    return draft


def decide(
    draft: Draft,
    records: Sequence[Record],
    organisations: Sequence[Organisation],
    default: Organisation | None,
) -> None:
    """Compares the records with what is held of these organisations."""
    named = _named(records, organisations, default)
    held = held_of([each.pk for each in named])
    schools = schools_for(named, {record.number for record in records if record.number})
    if any(record.chair and not record.chair.name for record in records):
        held.heads = heads_of()
    deciding = Deciding(
        draft, held, schools, names_of(organisations), default.pk if default else None
    )
    deciding.decide(records)


def _named(
    records: Iterable[Record], organisations: Sequence[Organisation], default: Organisation | None
) -> list[Organisation]:
    """Only those that the file has something for, and the default."""
    if any(record.cluster.organisation for record in records):
        return list(organisations)
    return [default] if default else []


def names_of(organisations: Iterable[Organisation]) -> Mapping[int, tuple[str, str]]:
    """The names by which rows may call the organisations."""
    return {each.pk: (each.name, each.name_cy) for each in organisations}
