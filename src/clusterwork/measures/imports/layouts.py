"""How files of figures are laid out: which column is which measure, in published files."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from clusterwork.kernel.messages import N_

LONG, WIDE = "long", "wide"


@dataclass(frozen=True, slots=True)
class Column:
    """One column of a wide file: the figure of a measure and group.

    `denominator` and `numerator` name the columns with the counts. Where `worked_out`, the column
    itself is none of the file's: the value is the numerator in per cent of the denominator.
    """

    heading: str
    measure: str
    group: str = "all"
    denominator: str = ""
    numerator: str = ""
    worked_out: bool = False


@dataclass(frozen=True, slots=True)
class Layout:
    """A way of writing figures in a file.

    `year` is the column with the year in which the school year ended; without one whoever brings
    the file says the year. A blank cell of a year before `blank_before` stands for the code
    `blank`; any other blank cell says nothing. Rows whose number is among `passed_over` sum up
    others. `is_public` files are published nationally, school by school.
    """

    code: str
    name: str
    number: str
    columns: tuple[Column, ...] = ()
    year: str = ""
    blank: str = ""
    blank_before: int = 0
    passed_over: frozenset[str] = frozenset()
    is_public: bool = False

    @property
    def headings(self) -> tuple[str, ...]:
        """The columns by which the layout is known."""
        of_figures = tuple(c.heading for c in self.columns if not c.worked_out)
        return (self.number, *((self.year,) if self.year else ()), *of_figures)


def _all_of(denominator: str) -> Callable[[str, str], Column]:
    return lambda heading, measure: Column(heading, measure, denominator=denominator)


_ks2, _ofsted = _all_of("telig"), _all_of("pupil_number")
KS2 = Layout(
    "ks2",
    N_("Key Stage 2 results (England, performance tables)"),
    "urn",
    (
        Column("telig", "ks2-pupils"),
        Column("belig", "ks2-pupils", "boys"),
        Column("gelig", "ks2-pupils", "girls"),
        _ks2("readprog", "ks2-reading-progress"),
        _ks2("writprog", "ks2-writing-progress"),
        _ks2("matprog", "ks2-maths-progress"),
        _ks2("read_average", "ks2-reading-score"),
        _ks2("gps_average", "ks2-gps-score"),
        _ks2("mat_average", "ks2-maths-score"),
        _ks2("ptread_exp", "ks2-reading-expected"),
        _ks2("ptread_high", "ks2-reading-high"),
        _ks2("ptwrit_exp", "ks2-writing-expected"),
        _ks2("ptwrit_high", "ks2-writing-high"),
        _ks2("ptmat_exp", "ks2-maths-expected"),
        _ks2("ptmat_high", "ks2-maths-high"),
        _ks2("ptrwm_exp", "ks2-rwm-expected"),
        _ks2("ptrwm_high", "ks2-rwm-high"),
    ),
    year="year",
    blank="SUPP",
    blank_before=2019,
    is_public=True,
)
ABSENCE = Layout(
    "absence",
    N_("Absence (England, performance tables)"),
    "URN",
    (
        Column("PERCTOT", "absence-overall"),
        Column("PPERSABS10", "absence-persistent"),
    ),
    passed_over=frozenset(["", "NAT"]),
    is_public=True,
)
CENSUS = Layout(
    "census",
    N_("School census (England, performance tables)"),
    "URN",
    (
        Column("NOR", "pupils-on-roll"),
        Column("NORB", "pupils-on-roll", "boys"),
        Column("NORG", "pupils-on-roll", "girls"),
        Column("PSENELSE", "ehcp-share", denominator="NOR", numerator="TSENELSE"),
        Column("PSENELK", "sen-support-share", denominator="NOR", numerator="TSENELK"),
        Column("PNUMEAL", "eal-share", denominator="NOR", numerator="NUMEAL"),
        Column("PNUMFSMEVER", "fsm-ever-share", numerator="NUMFSMEVER"),
        Column("NUMFSM", "fsm-share", denominator="NOR", numerator="NUMFSM", worked_out=True),
    ),
    passed_over=frozenset(["", "NAT"]),
    is_public=True,
)
PUPILS = Layout(
    "pupils",
    N_("Pupils of inspected schools (England, inspectorate)"),
    "urn",
    (
        Column("pupil_number", "pupils-on-roll"),
        Column("pupil_boys", "pupils-on-roll", "boys"),
        Column("pupil_girls", "pupils-on-roll", "girls"),
        _ofsted("percent_ehc_plan", "ehcp-share"),
        _ofsted("percent_sen_support", "sen-support-share"),
        _ofsted("percent_not_english_language", "eal-share"),
        _ofsted("percent_free_school_meals", "fsm-share"),
    ),
    is_public=True,
)
LAYOUTS = {
    layout.code: layout
    for layout in (
        Layout(LONG, N_("Clusterwork template: one figure a row"), "school_number"),
        Layout(WIDE, N_("One school a row, a column a measure"), "school_number"),
        KS2,
        ABSENCE,
        CENSUS,
        PUPILS,
    )
}
