"""Customers' own terms that nobody has answered, as the managers' queue asks for them."""

STATEMENT = "CREATE INDEX counter_offer_waiting ON counter_offer (plan_id) WHERE answered_at IS NULL"


def up(migrator, db):
    db.execute_sql(STATEMENT)
