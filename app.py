import gc

from carmanana import create_app
from carmanana.core import locales

app = create_app()
locales.offered()  # what every process would load for itself

# What has been loaded stays: collecting garbage need not look through it again, and workers share its memory.
gc.collect()
gc.freeze()
gc.set_threshold(20_000, 20, 20)
