"""What holds whatever a writer forgets: some things are refused by the database itself, and a lock ends with its
review."""

from .declared import Part, trigger


def refused(sentence: str) -> str:
    return f"SELECT RAISE(ABORT, '{sentence}');"


APPEND_ONLY = refused("the audit trail is append-only")
AUDIT = Part(
    "append_only_audit",
    (
        trigger("event_no_update", "BEFORE UPDATE ON event", APPEND_ONLY),
        trigger("event_no_delete", "BEFORE DELETE ON event", APPEND_ONLY),
        # REPLACE deletes without asking the trigger above
        trigger(
            "event_no_replace",
            "BEFORE INSERT ON event WHEN EXISTS (SELECT 1 FROM event WHERE id = NEW.id)",
            APPEND_ONLY,
        ),
    ),
)
OFFERS = Part(
    "approved_offers",
    (
        trigger(
            "presentation_of_an_approved_offer",
            "BEFORE INSERT ON presentation WHEN NOT EXISTS ("
            "SELECT 1 FROM offer WHERE id = NEW.offer_id AND withdrawn_at IS NULL AND expires_at > NEW.presented_at)",
            refused("only an approved offer that has not expired is presented"),
        ),
    ),
)
STORIES = Part(
    "stories_of_retained_orders",
    (
        trigger(
            "story_of_a_retained_order",
            "BEFORE INSERT ON story WHEN NOT EXISTS ("
            "SELECT 1 FROM cancellation_request WHERE id = NEW.request_id AND state = 'retained')",
            refused("a story is told of a retained order only"),
        ),
    ),
)
CANCELLED = Part(
    "cancelled_after_review",
    (
        trigger(
            "deal_cancelled_after_review",
            "BEFORE UPDATE OF state ON deal WHEN NEW.state = 'cancelled_by_client' AND OLD.state <> NEW.state "
            "AND NOT EXISTS (SELECT 1 FROM cancellation_request WHERE deal_id = NEW.id AND ended_at IS NULL "
            "AND (acknowledged_at IS NOT NULL OR (state IN ('contacted', 'declined') AND contacted_at IS NOT NULL)))",
            refused("an order is cancelled after a manager has reviewed it, or acknowledged the right to"),
        ),
    ),
)
LOCK = Part(
    "lock_ends_with_the_review",
    (
        trigger(
            "lock_ends",
            "AFTER UPDATE OF state ON deal WHEN OLD.state = 'cancellation_requested' AND NEW.state <> OLD.state",
            "DELETE FROM locked_key WHERE deal_id = NEW.id;",
            "DELETE FROM locked_customer WHERE deal_id = NEW.id;",
        ),
    ),
)

UNDO = Part(
    "undo_with_its_deal",
    (
        trigger(
            "undo_step_of_no_deal",
            "AFTER DELETE ON deal",
            "DELETE FROM undo_step WHERE subject = 'deal' AND subject_id = OLD.id;",
        ),
    ),
)

PARTS = (AUDIT, OFFERS, STORIES, CANCELLED, LOCK, UNDO)
