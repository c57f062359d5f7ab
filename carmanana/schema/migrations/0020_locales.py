"""Each person's locale and whether single letters are keys; the settings of the house, and the unit a distance was typed in."""

STATEMENTS = """
ALTER TABLE user ADD COLUMN locale TEXT NOT NULL DEFAULT '';
ALTER TABLE user ADD COLUMN letter_keys INTEGER NOT NULL DEFAULT 1;
ALTER TABLE vehicle_option ADD COLUMN distance_unit TEXT NOT NULL DEFAULT 'mi';
CREATE TABLE house_setting (
  name TEXT PRIMARY KEY,
  value TEXT NOT NULL
);
"""


def up(migrator, db):
    for statement in STATEMENTS.split(";\n"):
        if statement.strip():
            db.execute_sql(statement)
