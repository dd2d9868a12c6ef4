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
    `also` is what other editions of the file call it. One that `may_lack` is in some editions only.
    """

    heading: str
    measure: str
    group: str = "all"
    denominator: str = ""
    numerator: str = ""
    worked_out: bool = False
    also: str = ""
    may_lack: bool = False


@dataclass(frozen=True, slots=True)
class Layout:
    """A way of writing figures in a file.

    `year` is the column with the year in which the school year ended; where a file has none,
    whoever brings it says the year. Beside a year before `blank_before`, a blank cell stands for
    the code `blank`; any other blank cell says nothing. Rows whose number is among `passed_over`
    sum up others. `is_public` files are published nationally, school by school.
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
        """The columns that the whole file has; a file of figures has at least one of them."""
        of_figures = tuple(c.heading for c in self.columns if not (c.worked_out or c.may_lack))
        return (self.number, *((self.year,) if self.year else ()), *of_figures)


def _all_of(denominator: str) -> Callable[..., Column]:
    def column(heading: str, measure: str, also: str = "") -> Column:
        return Column(heading, measure, denominator=denominator, also=also)

    return column


def _group(heading: str, measure: str, group: str, denominator: str) -> Column:
    return Column(heading, measure, group, denominator, may_lack=True)


SUMS = frozenset(["", "NAT"])  # what stands for a school's number in rows that sum up schools
_ks2, _ks4, _ofsted = _all_of("telig"), _all_of("TPUP"), _all_of("pupil_number")
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
        _ks2("ptwrit_exp", "ks2-writing-expected", "ptwritta_exp"),
        _ks2("ptwrit_high", "ks2-writing-high", "ptwritta_high"),
        _ks2("ptmat_exp", "ks2-maths-expected"),
        _ks2("ptmat_high", "ks2-maths-high"),
        _ks2("ptrwm_exp", "ks2-rwm-expected"),
        _ks2("ptrwm_high", "ks2-rwm-high"),
        _group("ptrwm_exp_b", "ks2-rwm-expected", "boys", "belig"),
        _group("ptrwm_exp_g", "ks2-rwm-expected", "girls", "gelig"),
        _group("ptrwm_exp_eal", "ks2-rwm-expected", "eal", "tealgrp2"),
    ),
    year="year",
    blank="SUPP",
    blank_before=2019,
    passed_over=SUMS,
    is_public=True,
)
KS4 = Layout(
    "ks4",
    N_("Key Stage 4 results (England, performance tables)"),
    "URN",
    (
        Column("TPUP", "ks4-pupils"),
        Column("BPUP", "ks4-pupils", "boys"),
        Column("GPUP", "ks4-pupils", "girls"),
        _ks4("ATT8SCR", "ks4-attainment-8"),
        _group("ATT8SCR_BOYS", "ks4-attainment-8", "boys", "BPUP"),
        _group("ATT8SCR_GIRLS", "ks4-attainment-8", "girls", "GPUP"),
        _group("ATT8SCR_EAL", "ks4-attainment-8", "eal", "TEALGRP2"),
        Column("P8MEA", "ks4-progress-8", denominator="P8PUP"),
        _ks4("PTL2BASICS_94", "ks4-basics-4"),
        _ks4("PTL2BASICS_95", "ks4-basics-5"),
        _ks4("EBACCAPS", "ks4-ebacc-score"),
    ),
    passed_over=SUMS,
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
    passed_over=SUMS,
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
    passed_over=SUMS,
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
        KS4,
        ABSENCE,
        CENSUS,
        PUPILS,
    )
}
