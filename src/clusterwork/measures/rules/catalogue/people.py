"""What clusters are asked about besides: places, transfer, heads, staff and confidence."""

from __future__ import annotations

from decimal import Decimal

from clusterwork.measures.rules.catalogue.attendance import SCHOOLS, SCHOOLS_CY
from clusterwork.measures.rules.catalogue.words import (
    EVERYBODY,
    HUNDRED,
    PUPIL_GROUPS,
    STATISTICS,
    Shipped,
)

AUTHORITY = "The authority's own records"
AUTHORITY_CY = "Cofnodion yr awdurdod ei hun"
ASKED = "Questions to staff or pupils"
ASKED_CY = "Cwestiynau i staff neu ddisgyblion"

PEOPLE = (
    Shipped(
        "statutory-assessments",
        "Statutory assessments of special needs",
        "Asesiadau statudol o anghenion arbennig",
        "Pupils for whom a statutory assessment of special educational needs was asked in the "
        "school year.",
        "Disgyblion y gofynnwyd am asesiad statudol o anghenion arbennig ar eu cyfer yn ystod y "
        "flwyddyn ysgol.",
        "pupils", "pupils", "lower", "sum", AUTHORITY, AUTHORITY_CY, PUPIL_GROUPS, STATISTICS,
    ),
    Shipped(
        "places-out-of-area",
        "Places out of area",
        "Lleoedd y tu allan i'r ardal",
        "Pupils whose place is in a school outside the area, because none nearer meets their needs.",
        "Disgyblion â lle mewn ysgol y tu allan i'r ardal, am nad oes un nes yn diwallu eu hanghenion.",
        "places", "pupils", "lower", "sum", AUTHORITY, AUTHORITY_CY, PUPIL_GROUPS, STATISTICS,
        covers="day",
    ),
    Shipped(
        "transfer-to-the-secondary",
        "Transfer to the cluster's secondary school",
        "Trosglwyddo i ysgol uwchradd y clwstwr",
        "Share of the pupils leaving the primary school who went on to the cluster's secondary "
        "school.",
        "Cyfran y disgyblion sy'n gadael yr ysgol gynradd a aeth ymlaen i ysgol uwchradd y clwstwr.",
        "percent", "pupils", "higher", "weighted", SCHOOLS, SCHOOLS_CY, PUPIL_GROUPS, STATISTICS,
        most=HUNDRED, decimals=1,
    ),
    Shipped(
        "headship-vacant",
        "Headship vacant or held for a time",
        "Swydd pennaeth yn wag neu dros dro",
        "1 where nobody, or an acting head, heads the school on the day; 0 otherwise.",
        "1 lle nad oes neb, neu bennaeth dros dro, yn arwain yr ysgol ar y diwrnod; 0 fel arall.",
        "yes_no", "schools", "lower", "sum", SCHOOLS, SCHOOLS_CY, EVERYBODY, STATISTICS,
        covers="day", most=Decimal(1),
    ),
    Shipped(
        "headship-changes",
        "Changes of headteacher",
        "Newidiadau pennaeth",
        "How often the headship changed hands in the school year.",
        "Sawl gwaith y newidiodd y pennaeth yn ystod y flwyddyn ysgol.",
        "times", "schools", "lower", "sum", SCHOOLS, SCHOOLS_CY, EVERYBODY, STATISTICS,
    ),
    Shipped(
        "staff-retention",
        "Staff retention",
        "Cadw staff",
        "Share of the teaching staff at the start of the school year who were there at its end.",
        "Cyfran y staff addysgu ar ddechrau'r flwyddyn ysgol a oedd yno ar ei diwedd.",
        "percent", "staff", "higher", "weighted", SCHOOLS, SCHOOLS_CY, EVERYBODY, STATISTICS,
        most=HUNDRED, decimals=1,
    ),
    Shipped(
        "posts-vacant",
        "Teaching posts vacant",
        "Swyddi addysgu gwag",
        "Teaching posts that nobody holds on the day; parts of a post count as such.",
        "Swyddi addysgu nad oes neb yn eu dal ar y diwrnod; mae rhannau o swydd yn cyfrif felly.",
        "posts", "posts", "lower", "sum", SCHOOLS, SCHOOLS_CY, EVERYBODY, STATISTICS,
        covers="day", decimals=1,
    ),
    Shipped(
        "staff-confidence",
        "Confidence of staff",
        "Hyder staff",
        "Share of the staff who answered that they feel confident in what was asked.",
        "Cyfran y staff a atebodd eu bod yn teimlo'n hyderus yn yr hyn a ofynnwyd.",
        "percent", "answers", "higher", "weighted", ASKED, ASKED_CY, EVERYBODY, STATISTICS,
        covers="day", most=HUNDRED, decimals=1,
    ),
    Shipped(
        "pupil-confidence",
        "Confidence of pupils",
        "Hyder disgyblion",
        "Share of the pupils who answered that they feel confident in what was asked.",
        "Cyfran y disgyblion a atebodd eu bod yn teimlo'n hyderus yn yr hyn a ofynnwyd.",
        "percent", "answers", "higher", "weighted", ASKED, ASKED_CY, PUPIL_GROUPS, STATISTICS,
        covers="day", most=HUNDRED, decimals=1,
    ),
)  # fmt: skip
