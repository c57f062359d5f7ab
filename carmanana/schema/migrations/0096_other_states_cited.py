"""The rule of US states without rows of their own is cited in words that read well."""

WAS = "ours: the strictest for states not looked into"
IS = "House rule for states without rows of their own: the strictest hours known"


def up(migrator, db):
    db.execute_sql("UPDATE calling_rule SET source = ? WHERE source = ?", (IS, WAS))
