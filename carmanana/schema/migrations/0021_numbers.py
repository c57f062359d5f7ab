"""Numbers are found by the form that is dialled within their country. Numbers that were written with 00, with a label or
in a known country get their international form. What an import adds to somebody who was here is kept, to be taken back."""

from carmanana.core.phones import HOME, country_of, digit_count, e164, national_digits

WHOLE = 8  # digits
ADDITIONS = """CREATE TABLE import_addition (
  id INTEGER PRIMARY KEY,
  batch_id INTEGER NOT NULL REFERENCES import_batch (id) ON DELETE CASCADE,
  customer_id INTEGER NOT NULL REFERENCES customer (id) ON DELETE CASCADE,
  facts TEXT NOT NULL DEFAULT '{}',
  phones TEXT NOT NULL DEFAULT '[]',
  emails TEXT NOT NULL DEFAULT '[]',
  undone INTEGER NOT NULL DEFAULT 0
)"""


def up(migrator, db):
    db.execute_sql("ALTER TABLE customer_phone ADD COLUMN national TEXT NOT NULL DEFAULT ''")
    _make_whole(db)
    for phone_id, whole in db.execute_sql(
        "SELECT id, e164 FROM customer_phone WHERE e164 IS NOT NULL AND e164 NOT LIKE '+1%'"
    ).fetchall():
        if national := national_digits(whole):
            db.execute_sql("UPDATE customer_phone SET national = ? WHERE id = ?", (national, phone_id))
    db.execute_sql(ADDITIONS)
    db.execute_sql("CREATE INDEX import_addition_batch ON import_addition (batch_id)")
    db.execute_sql("CREATE INDEX import_addition_customer ON import_addition (customer_id)")


def _make_whole(db) -> None:
    rows = db.execute_sql(
        "SELECT p.id, typed, region FROM customer_phone p JOIN customer c ON c.id = customer_id WHERE e164 IS NULL"
    ).fetchall()
    for phone_id, typed, region in rows:
        if digit_count(typed) >= WHOLE and (whole := e164(typed, country_of(region) or HOME)):
            db.execute_sql("UPDATE customer_phone SET e164 = ? WHERE id = ?", (whole, phone_id))
