"""Tells sums of figures that give no figure away: the one place where small numbers are hidden.

What has been told stays told, so every sum that anybody sees is kept and held against the next.
Published figures are everybody's and need none of this.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Hashable, Iterable, Mapping
from dataclasses import dataclass
from hashlib import sha256

from django.core.cache import cache
from django.db import connection, transaction

from clusterwork.kernel.disclosure import Memory, suppress
from clusterwork.measures.models import Figure, Measure, Release, Told
from clusterwork.measures.rules.following import Row
from clusterwork.measures.rules.rolling import Part
from clusterwork.measures.rules.secrecy import Fact, Sort

Keys = frozenset[int]


@dataclass(frozen=True)
class Question:
    """What is to be told of one measure, group and school year.

    sums: the figures that each sum puts together, by any name. rows: by the ids of figures. knows:
    the figures that each school knows as its own.
    """

    measure: Measure
    group: str
    year: int
    rows: Mapping[int, Row]
    sums: Mapping[Hashable, Keys]
    knows: Collection[Keys]


@dataclass(frozen=True)
class Answer:
    """hidden: the sums that are not told. instead: of these, which of the same figures were told
    together before. withheld: released figures that are not shown by themselves, because they are
    about few or would give another figure away."""

    hidden: frozenset[Hashable]
    instead: Mapping[Hashable, Keys]
    withheld: Keys


EVERYTHING = Answer(frozenset(), {}, frozenset())
A_DAY = 24 * 60 * 60
LOCK = 20_020  # a number of our own among the database's advisory locks


def tell(questions: Iterable[Question], smallest: int) -> list[Answer]:
    """Decide what is shown of each, and keep what is told. Four queries for all questions."""
    asked = list(questions)
    private = [each for each in asked if _private(each)]
    if not private:
        return [EVERYTHING for _each in asked]
    with transaction.atomic():
        _one_at_a_time({each.measure.pk for each in private})
        past, released = _told_before(private), _released(private)
        cases = [_Case(each, past, released, smallest) for each in private]
        decided = _decided(cases)
    answers = iter(decided)
    return [next(answers) if _private(each) else EVERYTHING for each in asked]


def _decided(cases: list[_Case]) -> list[Answer]:
    """The answers; worked out once for the same figures, sums and past, and what is new kept."""
    answers: list[Answer] | None = cache.get(_name(cases))
    if answers is None:
        answers = [case.answer() for case in cases]
        Told.objects.bulk_create([row for case in cases for row in case.keep()])
        cache.set(_name(cases), answers, A_DAY)
    return answers


def _name(cases: list[_Case]) -> str:
    """The same for the same questions with the same past, and for nothing else."""
    given = repr([case.given() for case in cases])
    return f"told-{sha256(given.encode()).hexdigest()}"


def _private(question: Question) -> Keys:
    return frozenset(
        key
        for key, row in question.rows.items()
        if not row.is_public and row.part.value is not None
    )


def _one_at_a_time(measures: Iterable[int]) -> None:
    """Two readers at once must not be told two sums whose difference is a figure."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT pg_advisory_xact_lock(%s, measure) "
            "FROM unnest(%s::integer[]) WITH ORDINALITY AS asked(measure, place)",
            [LOCK, sorted(measures)],
        )


@dataclass(frozen=True)
class _Past:
    """What was told before, by measure, group and year, and the figures that it was told of."""

    sums: Mapping[tuple[int, str, int], frozenset[Keys]]
    parts: Mapping[int, Part]
    public: Keys


def _told_before(questions: list[Question]) -> _Past:
    measures = {each.measure.pk for each in questions}
    years = {each.year for each in questions}
    told = Told.objects.filter(measure__in=measures, year__in=years)
    sums: dict[tuple[int, str, int], set[Keys]] = defaultdict(set)
    for measure, group, year, figures in told.values_list("measure", "group", "year", "figures"):
        sums[measure, group, year].add(frozenset(figures))
    known = {key for each in questions for key in each.rows}
    wanted = {key for found in sums.values() for keys in found for key in keys} - known
    rows = list(Figure.objects.filter(pk__in=wanted))
    parts = {
        row.pk: Part(row.pk, row.value, row.code, row.denominator, row.numerator) for row in rows
    }
    frozen = {place: frozenset(found) for place, found in sums.items()}
    return _Past(frozen, parts, frozenset(row.pk for row in rows if row.is_public))


def _released(questions: list[Question]) -> set[tuple[int, int | None]]:
    """Schools with the measure that they have ever released, None for all measures."""
    schools = {row.school for each in questions for row in each.rows.values()}
    rows = Release.objects.filter(school__in=schools)
    return set(rows.values_list("school", "measure").distinct())


class _Case:
    """One question on its way, with a memory that grows."""

    def __init__(
        self,
        question: Question,
        past: _Past,
        released: Collection[tuple[int, int | None]],
        smallest: int,
    ) -> None:
        measure = question.measure
        self.question = question
        self.place = measure.pk, question.group, question.year
        self.sort = Sort(measure.unit, measure.counts, measure.way)
        self.smallest = smallest if self.sort.is_of_people else 1
        self.earlier = past.sums.get(self.place, frozenset())
        parts = [row.part for row in question.rows.values()]
        old = {key for keys in self.earlier for key in keys} - question.rows.keys()
        self.facts = self.sort.facts([*parts, *(past.parts[key] for key in sorted(old))])
        public = {key for key, row in question.rows.items() if row.is_public}
        self.public = public | past.public & old
        self.alone = self.public | {key for keys in self.earlier if len(keys) == 1 for key in keys}
        private = _private(question)
        self.free = frozenset(key for key in private if self._is_released(key, released))
        self.new: set[Keys] = set()
        told = [*self.earlier, *(frozenset([key]) for key in self.public)]
        self.memory = Memory(told=frozenset(part for keys in told for part in self._parts(keys)))

    def _is_released(self, key: int, released: Collection[tuple[int, int | None]]) -> bool:
        school, measure = self.question.rows[key].school, self.question.measure.pk
        return (school, None) in released or (school, measure) in released

    def given(self) -> tuple[object, ...]:
        """All that the answer follows from, the same whatever the order of sets."""
        asked = self.question
        return (
            self.place,
            self.sort,
            self.smallest,
            sorted(self.facts.items()),
            sorted(map(sorted, self.earlier)),
            sorted(self.public),
            sorted(self.free),
            [(name, sorted(keys)) for name, keys in asked.sums.items()],
            sorted(map(sorted, asked.knows)),
        )

    def answer(self) -> Answer:
        """A sum is told where it gives no figure away, released or not, to those who see no
        released one; then released figures are shown; then sums must hold beside these too."""
        outside = self.hidden_outside()
        withheld = self.decide_singly(self.free)
        rest = {name: keys for name, keys in self.question.sums.items() if name not in outside}
        hidden = outside | self.decide(rest, self.free - withheld)
        return Answer(frozenset(hidden), self.told_instead(hidden), withheld)

    def hidden_outside(self) -> set[Hashable]:
        """The sums that would give a figure away to a reader for whom nothing was released."""
        several = [keys for keys in self.earlier if len(keys) > 1]
        told = [*several, *(frozenset([key]) for key in self.public)]
        decided = suppress(
            self.facts,
            self._cells(self.question.sums),
            self.smallest,
            private=[fact for fact in self.facts if fact[0] not in self.public],
            insiders=[self._known(keys) for keys in self.question.knows],
            before=Memory(told=frozenset(part for keys in told for part in self._parts(keys))),
        )
        return set(decided.hidden)

    def _cells(self, sums: Mapping[Hashable, Keys]) -> dict[Hashable, list[frozenset[Fact]]]:
        cells = {name: self._parts(keys) for name, keys in sums.items() if keys}
        return {name: parts for name, parts in cells.items() if parts}

    def _parts(self, keys: Iterable[int]) -> list[frozenset[Fact]]:
        """The sums of facts that a sum of figures tells; a figure with a code adds nothing."""
        parts = [frozenset(part) & self.facts.keys() for part in self.sort.cell(keys)]
        return [frozenset(part) for part in parts if part]

    def decide_singly(self, figures: Collection[int]) -> Keys:
        """Those of released figures that are not shown by themselves."""
        hidden = self.decide({key: frozenset([key]) for key in sorted(figures)}, figures)
        return frozenset(key for key in figures if key in hidden)

    def decide(self, sums: Mapping[Hashable, Keys], free: Collection[int]) -> set[Hashable]:
        """The names of the sums that hide; the others are told from now on."""
        decided = suppress(
            self.facts,
            self._cells(sums),
            self.smallest,
            private=self._secret(free),
            insiders=[self._known(keys) for keys in self.question.knows],
            before=self.memory,
        )
        self.memory = decided.after
        shown = [keys for name, keys in sums.items() if keys and name not in decided.hidden]
        self.new.update(shown)
        self.alone |= {key for keys in shown if len(keys) == 1 for key in keys}
        return set(decided.hidden)

    def told_instead(self, hidden: Iterable[Hashable]) -> dict[Hashable, Keys]:
        """For each hidden sum the largest part of it that has been told: it is known anyway."""
        several = [keys for keys in self.earlier | self.new if len(keys) > 1]
        found = {}
        for name in hidden:
            within = [keys for keys in several if keys < self.question.sums[name]]
            if within:
                found[name] = max(within, key=lambda keys: (len(keys), sorted(keys)))
        return found

    def _secret(self, free: Collection[int]) -> list[Fact]:
        told = self.alone | set(free)
        return [fact for fact in self.facts if fact[0] not in told]

    def _known(self, keys: Keys) -> frozenset[Fact]:
        return frozenset(fact for part in self._parts(keys) for fact in part)

    def keep(self) -> list[Told]:
        """What is to be kept; sums that only say published figures are not."""
        private = _private(self.question)
        measure, group, year = self.place
        kept = {keys for keys in self.new - self.earlier if keys & private}
        self.earlier |= kept
        return [
            Told(measure_id=measure, group=group, year=year, figures=figures)
            for figures in sorted(map(sorted, kept))
        ]
