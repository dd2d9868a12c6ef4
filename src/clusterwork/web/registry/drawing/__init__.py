"""Pictures of the register as plain geometry; knows no database, no request and no language."""
