"""The API under `/api/v1/`: what pages show, for programs; it reads and never writes."""
