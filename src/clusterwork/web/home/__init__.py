"""The home page, which composes several rooms, and the pages about the service itself."""
