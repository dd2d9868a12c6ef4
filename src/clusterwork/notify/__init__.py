"""The outbox: letters written in the caller's transaction, sent by the worker; knows no room."""
