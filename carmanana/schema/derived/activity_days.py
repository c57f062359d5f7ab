"""What people did, by the day of UTC on which it was: contacts by whoever made them and how they ended, and next steps
by whoever took them, as they ended. Person 0 is nobody, and '' no outcome. And contacts of ours after which no next
step was set."""

from .declared import Fill, Part, differs, trigger

CONTACT_DAY = """
CREATE TABLE contact_day (
  day TEXT NOT NULL,
  author_id INTEGER NOT NULL,
  kind TEXT NOT NULL,
  direction TEXT NOT NULL,
  outcome TEXT NOT NULL,
  contacts INTEGER NOT NULL,
  PRIMARY KEY (day, author_id, kind, direction, outcome)
) WITHOUT ROWID
""".strip()
STEP_DAY = """
CREATE TABLE step_day (
  day TEXT NOT NULL,
  done_by_id INTEGER NOT NULL,
  dropped INTEGER NOT NULL,
  in_time INTEGER NOT NULL,
  steps INTEGER NOT NULL,
  PRIMARY KEY (day, done_by_id, dropped, in_time)
) WITHOUT ROWID
""".strip()
UNFOLLOWED = """
CREATE TABLE unfollowed_contact (
  activity_id INTEGER PRIMARY KEY,
  at TEXT NOT NULL,
  author_id INTEGER,
  deal_id INTEGER
)
""".strip()

ROWS = ":after < id AND id <= :until"
CONTACT, DONE = "{0}direction IS NOT NULL", "{0}kind = 'task' AND {0}done_at IS NOT NULL"
OF_CONTACT = "SUBSTR({0}at, 1, 10), COALESCE({0}author_id, 0), {0}kind, {0}direction, COALESCE({0}outcome, '')"
OF_STEP = "SUBSTR({0}done_at, 1, 10), COALESCE({0}done_by_id, 0), COALESCE({0}closed_as, '') = 'dropped', {0}done_at <= {0}due_at"
ADD_CONTACTS = "ON CONFLICT DO UPDATE SET contacts = contacts + excluded.contacts"
ADD_STEPS = "ON CONFLICT DO UPDATE SET steps = steps + excluded.steps"


def contacts(row: str, sign: str) -> str:
    return (
        f"INSERT INTO contact_day SELECT {OF_CONTACT.format(row)}, {sign}1 WHERE {CONTACT.format(row)} {ADD_CONTACTS};"
    )


def steps(row: str, sign: str) -> str:
    return f"INSERT INTO step_day SELECT {OF_STEP.format(row)}, {sign}1 WHERE {DONE.format(row)} {ADD_STEPS};"


def changed(*columns: str) -> str:
    return f"AFTER UPDATE OF {', '.join(columns)} ON activity WHEN {differs(*columns)}"


CONTACTS = (
    CONTACT_DAY,
    trigger("contact_day_more", f"AFTER INSERT ON activity WHEN {CONTACT.format('NEW.')}", contacts("NEW.", "+")),
    trigger("contact_day_less", f"AFTER DELETE ON activity WHEN {CONTACT.format('OLD.')}", contacts("OLD.", "-")),
    trigger(
        "contact_day_changed",
        changed("at", "author_id", "kind", "direction", "outcome"),
        contacts("OLD.", "-"),
        contacts("NEW.", "+"),
    ),
)
STEPS = (
    STEP_DAY,
    trigger("step_day_more", f"AFTER INSERT ON activity WHEN {DONE.format('NEW.')}", steps("NEW.", "+")),
    trigger("step_day_less", f"AFTER DELETE ON activity WHEN {DONE.format('OLD.')}", steps("OLD.", "-")),
    trigger(
        "step_day_changed",
        changed("kind", "done_at", "done_by_id", "closed_as", "due_at"),
        steps("OLD.", "-"),
        steps("NEW.", "+"),
    ),
)
OURS = "direction = 'out' AND NOT EXISTS (SELECT 1 FROM activity AS step WHERE step.follows_id = activity.id)"
ENTER = f"INSERT INTO unfollowed_contact SELECT id, at, author_id, deal_id FROM activity WHERE {OURS} AND {{rows}} ON CONFLICT DO NOTHING"
FORGET = "DELETE FROM unfollowed_contact WHERE activity_id = {0};"
FOLLOWED = (
    UNFOLLOWED,
    trigger("unfollowed_new", "AFTER INSERT ON activity WHEN NEW.direction = 'out'", f"{ENTER.format(rows='id = NEW.id')};"),
    trigger("unfollowed_gone", "AFTER DELETE ON activity WHEN OLD.direction = 'out'", FORGET.format("OLD.id")),
    trigger(
        "unfollowed_changed",
        changed("at", "author_id", "deal_id", "direction"),
        FORGET.format("NEW.id"),
        f"{ENTER.format(rows='id = NEW.id')};",
    ),
    trigger("followed", "AFTER INSERT ON activity WHEN NEW.follows_id IS NOT NULL", FORGET.format("NEW.follows_id")),
    trigger(
        "followed_no_more", "AFTER DELETE ON activity WHEN OLD.follows_id IS NOT NULL", f"{ENTER.format(rows='id = OLD.follows_id')};"
    ),
    trigger(
        "followed_changed",
        changed("follows_id"),
        f"{ENTER.format(rows='id = OLD.follows_id')};",
        FORGET.format("NEW.follows_id"),
    ),
)  # fmt: skip

PARTS = (
    Part(
        "contact_day",
        CONTACTS,
        (
            Fill(
                "activity",
                f"INSERT INTO contact_day SELECT {OF_CONTACT.format('')}, COUNT(*) FROM activity WHERE {CONTACT.format('')} AND {ROWS}"
                f" GROUP BY 1, 2, 3, 4, 5 {ADD_CONTACTS}",
            ),
        ),
    ),
    Part(
        "step_day",
        STEPS,
        (
            Fill(
                "activity",
                f"INSERT INTO step_day SELECT {OF_STEP.format('')}, COUNT(*) FROM activity WHERE {DONE.format('')} AND {ROWS}"
                f" GROUP BY 1, 2, 3, 4 {ADD_STEPS}",
            ),
        ),
    ),
    Part("unfollowed_contact", FOLLOWED, (Fill("activity", ENTER.format(rows=ROWS)),)),
)
