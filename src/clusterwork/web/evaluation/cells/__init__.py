"""Pages of statistics of pupils and of value added: restricted to those named on the study."""
