"""How the room's facts read on a page: words, tables, maps. No queries of their own but few."""
