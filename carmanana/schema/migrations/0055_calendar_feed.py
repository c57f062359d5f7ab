"""The address under which a person's calendar program reads what is due for them; without a row there is none."""


def up(migrator, db):
    db.execute_sql(
        "CREATE TABLE calendar_feed (id INTEGER PRIMARY KEY AUTOINCREMENT,"
        " user_id INTEGER NOT NULL UNIQUE REFERENCES user (id),"
        " nonce TEXT NOT NULL, made_at TEXT NOT NULL)"
    )
