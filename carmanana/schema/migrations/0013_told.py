"""Nothing any more: the triggers that it made stand in `schema/derived`. Databases know it as applied."""


def up(migrator, db):
    pass
