"""Pages of measures and figures: the catalogue, schools, clusters, programmes, files."""
