"""Pages of moving schools by hand, replying and confirming, a file a subject."""
