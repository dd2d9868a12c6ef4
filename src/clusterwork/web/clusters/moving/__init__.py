"""Pages of moving schools by hand, replying and confirming."""
