"""How the content of a plan is said in words, in the language of the moment."""

from clusterwork.plans.wording.fields import (
    ONE_NAMES,
    choice_words,
    label_of,
    name_of,
    section_name,
    title_of,
)
from clusterwork.plans.wording.values import Reader

__all__ = [
    "ONE_NAMES",
    "Reader",
    "choice_words",
    "label_of",
    "name_of",
    "section_name",
    "title_of",
]
