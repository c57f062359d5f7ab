"""Cases, quotations and assets that came with an import: how many, and how another system calls a quotation."""

STATEMENTS = (
    "ALTER TABLE import_batch ADD COLUMN records_made INTEGER NOT NULL DEFAULT 0",
    "ALTER TABLE quotation ADD COLUMN external_id TEXT NOT NULL DEFAULT ''",
    "CREATE INDEX quotation_external ON quotation (external_id) WHERE external_id <> ''",
    "CREATE INDEX quotation_import ON quotation (import_id) WHERE import_id IS NOT NULL",
    "CREATE INDEX asset_import ON asset (import_id) WHERE import_id IS NOT NULL",
    "CREATE INDEX customer_case_external ON customer_case (external_id) WHERE external_id <> ''",
)


def up(migrator, db):
    for statement in STATEMENTS:
        db.execute_sql(statement)
