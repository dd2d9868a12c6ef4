"""How the content of a plan is said in words, in the language of the moment."""

from clusterwork.plans.wording.fields import label_of, section_name, title_of
from clusterwork.plans.wording.values import Reader

__all__ = ["Reader", "label_of", "section_name", "title_of"]
