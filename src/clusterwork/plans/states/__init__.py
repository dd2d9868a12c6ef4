"""When something may move on, a file a noun; knows no database."""
