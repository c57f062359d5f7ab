"""`make bench`: how quick the product is, as ratios to a hello-world route of the very same server."""
