"""What can be asked, a file a noun."""
