"""Invented names of places, districts, streets and saints; no list of real places stands here."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np


def _words(text: str, by: str = " ") -> tuple[str, ...]:
    return tuple(text.split(by))


STEMS = _words(
    "Aldre Ambers Askel Barle Blithes Brackle Bramle Brinkle Calder Carlow Corvel Cressle Dunnel "
    "Embers Eskel Fallow Farrow Fennel Fulmer Gadder Garthel Gilders Gosmer Halder Hassel Hemmel "
    "Holmer Hundel Kelmer Kestle Kirmel Larkes Leasow Lindle Maldre Marrow Meldre Morder Narsel "
    "Oakers Oskel Pellow Pinnel Radder Ravel Ruckle Sallow Selmer Skellow Snarle Sorrel Swarle "
    "Tathel Tollers Thrumel Waldre Wassel Wendle Whinnel Wicker Wrangle Yarle Yaxel",
)
ENDS = _words("by thorpe ton ham well ford wick stead holme toft mere worth ingham ley den beck")
TOWN_ENDS = _words("ton ham ford stead mere worth")

WELSH_STARTS = _words(
    "Aber Bryn Cwm Nant Pont Tre Pen Llan Ynys Blaen Glan Maes Rhyd Pant",
)
WELSH_STEMS = _words(
    "dulas elain morlan cerwyn hafod gwernol tegan sirol meurig alwen ithel cadfan brefi teilan "
    "marchog odyn tewdwr rhedyn eithin helyg ceirw dyfrig grug mafon medrod seiriol erwan orwen "
    "tanad wennol",
)
TWINS = (
    ("Upper {}", "{} Uchaf"),
    ("Lower {}", "{} Isaf"),
    ("New {}", "{} Newydd"),
    ("Port {}", "Porth {}"),
)

DISTRICTS = _words(
    "Northgate Southgate Eastfield Westfield Millbank Fairholme Kingsmead Priory Castle Abbey "
    "Riverside Meadow Parkside Brook Hillcrest Orchard Beacon Willow Chestnut Hawthorn Rowan "
    "Poplar Larch Linden Greenacre Longfield Highfield Wharf Station Quarry Common Lakeside "
    "Woodside Moorland Heathfield Windmill Granary Oakfield Elmwood Saltgate",
)
STREETS = _words(
    "Church Lane;School Lane;Main Street;High Street;Mill Road;Back Lane;Chapel Road;Station Road;"
    "The Green;Manor Road;Park Avenue;Queensway;North Road;Low Road;Tower Street",
    by=";",
)
SAINTS = _words(
    "Aidan;Andrew;Anne;Barnabas;Bartholomew;Botolph;Catherine;Chad;Clement;Cuthbert;Edmund;"
    "Faith;George;Giles;Helen;Hilda;James;John;Lawrence;Margaret;Mark;Martin;Mary;Matthew;"
    "Michael;Oswald;Paul;Peter;Stephen;Wilfrid",
    by=";",
)
FOUNDERS = _words(
    "King Osric;Bishop Aldwin;Lady Ermine Vaux;Sir Hugh Tolland;Queen Adela;Canon Merrow;"
    "Dean Hallory;Bishop Tancred;Bishop Wulfmer;Canon Ashlock;Dame Ivy Sorrell;Alderman Peake;"
    "Sir Jocelyn Marle;Lady Maud Ferrant;Thomas Harbottle;Earl Ranulf;Mary Quillby;Sir Amos Dray",
    by=";",
)
WELSH_SAINTS = _words("Teilo;Dyfrig;Cadog;Illtud;Gwladys;Tudful;Basil;Beuno;Non;Samson", by=";")


def english_places(rng: np.random.Generator, n_towns: int) -> Iterator[str]:
    """Place names without repetition: first `n_towns` that sound like towns, then any."""
    stems = rng.permutation(STEMS)
    towns = [f"{stem}{rng.choice(TOWN_ENDS)}" for stem in stems[:n_towns]]
    yield from towns
    every = [stem + end for stem in STEMS for end in ENDS]
    yield from (str(name) for name in rng.permutation(every) if name not in set(towns))


def welsh_places(rng: np.random.Generator) -> Iterator[tuple[str, str]]:
    """Pairs of English and Welsh names; most places have one name in both languages."""
    stems = [f"{start}{stem}" for start in WELSH_STARTS for stem in WELSH_STEMS]
    for index, name in enumerate(rng.permutation(stems)):
        english, welsh = TWINS[index // 7 % len(TWINS)] if index % 7 == 6 else ("{}", "{}")
        yield english.format(name), welsh.format(name)


class Once:
    """Hands each name out once; a name already taken gets the next of its alternatives."""

    def __init__(self) -> None:
        self._taken: set[str] = set()

    def first(self, alternatives: Iterator[str]) -> str:
        """The first alternative that nobody has."""
        name = next(name for name in alternatives if name not in self._taken)
        self._taken.add(name)
        return name
