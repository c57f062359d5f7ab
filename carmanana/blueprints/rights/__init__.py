"""Administration of the rights to cancel that the law gives: rows with their source, from a day on."""
