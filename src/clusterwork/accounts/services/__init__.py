"""The room's verbs, a file a noun; each is one transaction and is recorded in the audit."""
