"""`python -m carmanana.serving`: the web server and its worker, started and stopped together."""
