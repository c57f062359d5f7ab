"""Administration of the calling rules: rows, holidays, do-not-call registers, and a place to try them."""
