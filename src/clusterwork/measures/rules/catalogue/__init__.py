"""The measures, groups and codes that ship with the system, in both languages."""

from clusterwork.measures.rules.catalogue.attainment import ATTAINMENT
from clusterwork.measures.rules.catalogue.attendance import ATTENDANCE
from clusterwork.measures.rules.catalogue.census import CENSUS
from clusterwork.measures.rules.catalogue.people import PEOPLE
from clusterwork.measures.rules.catalogue.words import CODES, GROUPS, Code, Group, Shipped

MEASURES = (*ATTAINMENT, *ATTENDANCE, *CENSUS, *PEOPLE)

__all__ = ["CODES", "GROUPS", "MEASURES", "Code", "Group", "Shipped"]
