"""What is done to clauses and agreements: the library, drafting, putting, signing, reminding."""
