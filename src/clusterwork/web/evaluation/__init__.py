"""Pages of studies: what was planned, what came out, and who is named."""
