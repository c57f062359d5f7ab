import gc

from carmanana import create_app

app = create_app()

# What has been loaded stays: collecting garbage need not look through it again, and workers share its memory.
gc.collect()
gc.freeze()
gc.set_threshold(20_000, 20, 20)
