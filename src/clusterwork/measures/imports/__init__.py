"""Files of figures: layouts, and the rows they hold."""
