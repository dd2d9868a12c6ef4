"""What the pages show, in words; a file a page."""
