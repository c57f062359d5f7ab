"""What was tried on each lead: contacts of ours, those in which they answered, and whether it was ever assessed."""

from .declared import Fill, Part, trigger

CONTACT = "{0}lead_id IS NOT NULL AND {0}kind IN ('call', 'voicemail', 'email', 'text')"
ATTEMPT = "({0}direction = 'out')"
ANSWERED = "({0}direction = 'in' OR COALESCE({0}outcome, '') IN ('connected_needs', 'connected_follow_up'))"


def counted(row: str, sign: str) -> str:
    numbers = (
        f"attempts = attempts {sign} {ATTEMPT.format(row)}, conversations = conversations {sign} {ANSWERED.format(row)}"
    )
    return f"UPDATE lead_reach SET {numbers} WHERE lead_id = {row}lead_id AND {CONTACT.format(row)};"


MORE, LESS = counted("NEW.", "+"), counted("OLD.", "-")
ASSESSED = "UPDATE lead_reach SET assessed = 1 WHERE lead_id = NEW.subject_id;"
NEW = "INSERT INTO lead_reach (lead_id) VALUES (NEW.id);"
FILL = f"""
INSERT INTO lead_reach (lead_id, attempts, conversations, assessed)
SELECT lead.id,
  (SELECT COUNT(*) FROM activity WHERE {CONTACT.format("")} AND lead_id = lead.id AND {ATTEMPT.format("")}),
  (SELECT COUNT(*) FROM activity WHERE {CONTACT.format("")} AND lead_id = lead.id AND {ANSWERED.format("")}),
  EXISTS (SELECT 1 FROM event WHERE subject = 'lead' AND subject_id = lead.id AND became = 'assessed')
FROM lead WHERE id > :after AND id <= :until
""".strip()

PARTS = (
    Part(
        "lead_reach",
        (
            trigger("lead_reach_new", "AFTER INSERT ON lead", NEW),
            trigger("lead_reach_more", f"AFTER INSERT ON activity WHEN {CONTACT.format('NEW.')}", MORE),
            trigger("lead_reach_less", f"AFTER DELETE ON activity WHEN {CONTACT.format('OLD.')}", LESS),
            trigger(
                "lead_reach_changed",
                "AFTER UPDATE OF lead_id, kind, direction, outcome ON activity WHEN OLD.lead_id IS NOT NULL OR NEW.lead_id IS NOT NULL",
                LESS,
                MORE,
            ),
            trigger(
                "lead_reach_assessed",
                "AFTER INSERT ON event WHEN NEW.subject = 'lead' AND NEW.became = 'assessed'",
                ASSESSED,
            ),
            trigger("lead_reach_gone", "AFTER DELETE ON lead", "DELETE FROM lead_reach WHERE lead_id = OLD.id;"),
        ),
        (Fill("lead", "DELETE FROM lead_reach WHERE lead_id > :after AND lead_id <= :until"), Fill("lead", FILL)),
    ),
)
