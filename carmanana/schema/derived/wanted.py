"""Who is looking for what: a row for each vehicle that an open lead or deal wants, with all that the buyers list and
Match choose by, kept as it changes. Distances are metres, `musts` bits, `owner_id` 0 is nobody; `barred` says why it is
offered to nobody: 1 asked not to be contacted, 2 a cancellation is under review, 4 a cancelled customer. What changes
of it is told in a log (`wanted_change`) to whoever keeps it in memory."""

from .declared import Fill, Part, differs, trigger

TABLE = """
CREATE TABLE wanted (
  id INTEGER PRIMARY KEY,
  needs_id INTEGER NOT NULL,
  lead_id INTEGER,
  deal_id INTEGER,
  customer_id INTEGER NOT NULL,
  owner_id INTEGER NOT NULL,
  retention_id INTEGER,
  make TEXT NOT NULL COLLATE NOCASE,
  model TEXT NOT NULL COLLATE NOCASE,
  model_asked TEXT NOT NULL COLLATE NOCASE,
  year_from INTEGER NOT NULL,
  year_to INTEGER NOT NULL,
  most_metres INTEGER NOT NULL,
  colours TEXT NOT NULL,
  budget_from_cents INTEGER NOT NULL,
  budget_to_cents INTEGER NOT NULL,
  currency TEXT NOT NULL,
  region TEXT NOT NULL,
  folded TEXT NOT NULL,
  musts INTEGER NOT NULL,
  barred INTEGER NOT NULL
)
""".strip()
# indexes are of the table that is dropped with it
BITS = {"model": 1, "years": 2, "mileage": 4, "colours": 8, "price": 16, "region": 32}
SAID = {
    "model": "o.model <> ''",
    "years": "(o.year_from IS NOT NULL OR o.year_to IS NOT NULL)",
    "mileage": "o.most_miles IS NOT NULL",
    "colours": "o.colours <> ''",
    "price": "(n.budget_from_cents IS NOT NULL OR n.budget_to_cents IS NOT NULL)",
    "region": "1",
}
MUST = " + ".join(f"{bit} * (INSTR(o.musts, ' {name} ') > 0 AND {SAID[name]})" for name, bit in BITS.items())
LOCKED = """(EXISTS (SELECT 1 FROM deal x WHERE x.customer_id = {0} AND x.state = 'cancellation_requested')
  OR EXISTS (SELECT 1 FROM locked_customer y WHERE y.customer_id = {0}))"""
BARRED = f"(c.no_calls AND c.no_emails) + 2 * {LOCKED.format('c.id')} + 4 * (c.status = 'cancelled')"
NOBODY = "CASE COALESCE({0}, 1) WHEN 1 THEN 0 ELSE {0} END"


def rows(alias: str, of: str, lead: str, deal: str, retention: str, currency: str) -> str:
    return f"""SELECT o.id, o.needs_id, {lead}, {deal}, {alias}.customer_id, {NOBODY.format(f"{alias}.owner_id")}, {retention},
  o.brand, o.model, CASE WHEN INSTR(o.musts, ' model ') THEN o.model ELSE '' END, COALESCE(o.year_from, 0), COALESCE(o.year_to, 0),
  COALESCE(CAST(ROUND(o.most_miles * CASE o.distance_unit WHEN 'km' THEN 1000 ELSE 1609.344 END) AS INTEGER), -1),
  o.colours, COALESCE(n.budget_from_cents, 0), COALESCE(n.budget_to_cents, 0), {currency}, c.region, c.folded, {MUST}, {BARRED}
FROM vehicle_option o CROSS JOIN needs_assessment n ON n.id = o.needs_id CROSS JOIN {of} {alias} ON {{on}} CROSS JOIN customer c ON c.id = {alias}.customer_id"""


LEADS = rows("l", "lead", "l.id", "NULL", "NULL", "(SELECT currency FROM house)").format(
    on="l.id = n.lead_id AND n.deal_id IS NULL AND l.state IN ('new', 'working', 'connected', 'assessed', 'on_hold')"
)
DEALS = rows("d", "deal", "n.lead_id", "d.id", "d.retention_id", "d.currency").format(
    on="d.id = n.deal_id AND d.state IN ('active', 'on_hold', 'cancellation_requested')"
)


def written(whose: str) -> str:
    """Made anew of the assessments of which this holds."""
    made = f"SELECT * FROM ({LEADS} WHERE {whose} UNION ALL {DEALS} WHERE {whose})"
    return f"INSERT INTO wanted {made};"


def anew(needs: str) -> tuple[str, str]:
    return f"DELETE FROM wanted WHERE needs_id IN ({needs});", written(f"o.needs_id IN ({needs})")


OF_DEAL = "SELECT id FROM needs_assessment WHERE deal_id = NEW.id"
OF_LEAD = "SELECT id FROM needs_assessment WHERE lead_id = NEW.id"
OF_DEAL_COLUMNS = ("customer_id", "state", "owner_id", "retention_id", "currency")
OF_LEAD_COLUMNS = ("customer_id", "state", "owner_id")
OPTION = ("needs_id", "brand", "model", "year_from", "year_to", "most_miles", "distance_unit", "colours", "musts")
NEEDS = ("deal_id", "lead_id", "budget_from_cents", "budget_to_cents")
CUSTOMER = ("region", "folded", "status", "no_calls", "no_emails")


def upon(table: str, columns: tuple[str, ...]) -> str:
    return f"AFTER UPDATE OF {', '.join(columns)} ON {table} WHEN {differs(*columns)}"


def barred_anew(customer: str) -> str:
    fresh = f"(SELECT {BARRED} FROM customer c WHERE c.id = {customer})"
    return f"UPDATE wanted SET barred = {fresh} WHERE customer_id = {customer} AND barred IS NOT {fresh};"


KEPT, PRUNED_EVERY = 10_000, 1_000


def told(row: str) -> str:
    return f"INSERT INTO wanted_change (make, wanted_id) VALUES ({row}.make, {row}.id);"


TRIGGERS = (
    trigger("wanted_option_new", "AFTER INSERT ON vehicle_option", written("o.id = NEW.id")),
    trigger(
        "wanted_option",
        upon("vehicle_option", OPTION),
        "DELETE FROM wanted WHERE id = OLD.id;",
        written("o.id = NEW.id"),
    ),
    trigger("wanted_option_gone", "AFTER DELETE ON vehicle_option", "DELETE FROM wanted WHERE id = OLD.id;"),
    trigger("wanted_needs", upon("needs_assessment", NEEDS), *anew("SELECT NEW.id")),
    trigger("wanted_deal_new", "AFTER INSERT ON deal", *anew(OF_DEAL)),
    trigger("wanted_deal", upon("deal", OF_DEAL_COLUMNS), *anew(OF_DEAL)),
    trigger("wanted_lead_new", "AFTER INSERT ON lead", *anew(OF_LEAD)),
    trigger("wanted_lead", upon("lead", OF_LEAD_COLUMNS), *anew(OF_LEAD)),
    trigger("wanted_review", upon("deal", ("state",)), barred_anew("NEW.customer_id")),
    trigger("wanted_locked", "AFTER INSERT ON locked_customer", barred_anew("NEW.customer_id")),
    trigger("wanted_unlocked", "AFTER DELETE ON locked_customer", barred_anew("OLD.customer_id")),
    trigger(
        "wanted_customer",
        upon("customer", CUSTOMER),
        "UPDATE wanted SET region = NEW.region, folded = NEW.folded WHERE customer_id = NEW.id;",
        barred_anew("NEW.id"),
    ),
    trigger("wanted_change_new", "AFTER INSERT ON wanted", told("NEW")),
    trigger("wanted_change_same", upon("wanted", ("region", "barred")), told("NEW")),
    trigger("wanted_change_gone", "AFTER DELETE ON wanted", told("OLD")),
    trigger(
        "wanted_change_pruned",
        f"AFTER INSERT ON wanted_change WHEN NEW.id % {PRUNED_EVERY} = 0",
        f"DELETE FROM wanted_change WHERE id <= NEW.id - {KEPT};",
    ),
)
INDEXES = (
    "CREATE INDEX wanted_make ON wanted (make)",
    "CREATE INDEX wanted_any_model ON wanted (make) WHERE model_asked = ''",
    "CREATE INDEX wanted_needs_id ON wanted (needs_id)",
    "CREATE INDEX wanted_customer_id ON wanted (customer_id)",
    "CREATE INDEX wanted_owner ON wanted (owner_id, folded)",
    "CREATE INDEX wanted_retention ON wanted (retention_id) WHERE retention_id IS NOT NULL",
    "CREATE INDEX wanted_in_review ON wanted (owner_id, retention_id) WHERE (barred & 2) > 0",
    "CREATE INDEX wanted_folded ON wanted (folded)",
    "CREATE INDEX wanted_years ON wanted (year_from)",
    "CREATE INDEX wanted_mileage ON wanted (most_metres)",
    "CREATE INDEX wanted_budget ON wanted (budget_to_cents)",
    "CREATE INDEX wanted_region ON wanted (region)",
)
FILLS = (
    Fill("vehicle_option", written("o.id > :after AND o.id <= :until").removesuffix(";")),
    Fill("house", "INSERT INTO wanted_change (make) VALUES ('')"),  # it is all another now
)
PARTS = (Part("wanted", (TABLE, *TRIGGERS), FILLS, INDEXES),)
