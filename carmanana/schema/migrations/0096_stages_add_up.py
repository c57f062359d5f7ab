"""A stage asks for what those before it do, so that none is jumped over: a contact and what they want stand before
options and a decision (lead & deal SOP, section G). A house that has deals keeps what its stages ask for: an admin sets
it under *Pipelines*."""

ASKS = {
    " needs owner ": " contact needs owner ",
    " owner value ": " contact needs owner value ",
    " agreement owner value ": " agreement contact needs owner value ",
}
BEGAN_WITH = {
    "Needs Confirmed": " needs owner ",
    "Options Sent": " needs owner ",
    "Decision": " owner value ",
    "Agreement & Deposit": " agreement owner value ",
}


def up(migrator, db):
    if db.execute_sql("SELECT 1 FROM deal LIMIT 1").fetchone():
        return
    for name, asked in BEGAN_WITH.items():
        db.execute_sql("UPDATE stage SET requires = ? WHERE name = ? AND requires = ?", (ASKS[asked], name, asked))
