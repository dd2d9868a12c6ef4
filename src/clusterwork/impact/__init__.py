"""Whether it helped, with honest uncertainty. Pure: no Django, no database, no web."""
