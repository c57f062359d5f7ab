"""The sales order of a deal follows it: won opens it, delivered completes it and makes the customer's asset, the
cancellation of the deal cancels it, and so does going back to work. Quotations end with a deal that is lost or
cancelled."""

from .declared import Part, changed, trigger

NOW = "strftime('%Y-%m-%d %H:%M:%f000', 'now')"
STATE = "CASE WHEN NEW.delivered_on IS NULL THEN 'open' ELSE 'completed' END"
VEHICLE = "COALESCE(NULLIF(TRIM(COALESCE(NEW.vehicle_year || ' ', '') || NEW.vehicle_make || ' ' || NEW.vehicle_model), ''), 'Vehicle')"
OPENED = (
    "INSERT INTO sales_order (number, deal_id, customer_id, state, state_since, opened_on, completed_on, created_at) "
    f"SELECT COALESCE(MAX(number), 0) + 1, NEW.id, NEW.customer_id, {STATE}, NEW.state_since, "
    "COALESCE(NEW.agreement_on, DATE(NEW.state_since)), NEW.delivered_on, NEW.state_since FROM sales_order WHERE TRUE "
    "ON CONFLICT (deal_id) DO UPDATE SET state = excluded.state, state_since = excluded.state_since, completed_on = excluded.completed_on;"
)
DELIVERED = (
    "INSERT INTO asset (customer_id, deal_id, name, held_since, state_since, created_at) "
    f"SELECT NEW.customer_id, NEW.id, {VEHICLE}, NEW.delivered_on, {NOW}, {NOW} WHERE NEW.delivered_on IS NOT NULL "
    "ON CONFLICT (deal_id) WHERE deal_id IS NOT NULL DO UPDATE SET held_since = excluded.held_since;"
)
NOT_DELIVERED = "DELETE FROM asset WHERE deal_id = NEW.id AND version = 1 AND NEW.delivered_on IS NULL;"
ENDED = (
    "UPDATE sales_order SET state = 'cancelled', state_since = NEW.state_since, completed_on = NULL "
    "WHERE deal_id = NEW.id AND state <> 'cancelled';"
)
CEASED = (
    "UPDATE asset SET state = 'ceased', state_since = NEW.state_since, cease_on = DATE(NEW.state_since), "
    "reason = 'The order was cancelled' WHERE deal_id = NEW.id AND state = 'live';"
)
MOVED = ("quotation", "sales_order", "asset")


def quotations_end(state: str) -> str:
    return (
        f"UPDATE quotation SET state = '{state}', state_since = NEW.state_since, version = version + 1 "
        "WHERE deal_id = NEW.id AND state IN ('draft', 'sent');"
    )


PARTS = (
    Part(
        "sales_of_deals",
        (
            trigger("sales_order_imported", "AFTER INSERT ON deal WHEN NEW.state = 'won'", OPENED, DELIVERED),
            trigger(
                "sales_order_opened",
                "AFTER UPDATE OF state ON deal WHEN NEW.state = 'won' AND OLD.state <> 'won'",
                OPENED,
                DELIVERED,
            ),
            trigger(
                "sales_order_completed",
                changed("deal", "delivered_on").replace("UPDATE", "AFTER UPDATE", 1)
                + " AND NEW.state = 'won' AND OLD.state = 'won'",
                OPENED,
                DELIVERED,
                NOT_DELIVERED,
            ),
            trigger(
                "sales_order_worked_again",
                "AFTER UPDATE OF state ON deal WHEN NEW.state = 'active' AND OLD.state IN ('won', 'cancellation_requested')",
                ENDED,
            ),
            trigger(
                "sales_order_cancelled",
                "AFTER UPDATE OF state ON deal WHEN NEW.state = 'cancelled_by_client' AND OLD.state <> NEW.state",
                ENDED,
                CEASED,
                quotations_end("cancelled"),
            ),
            trigger(
                "quotations_lost",
                "AFTER UPDATE OF state ON deal WHEN NEW.state = 'lost' AND OLD.state <> NEW.state",
                quotations_end("lost"),
            ),
            trigger(
                "sales_of_another_customer",
                "AFTER UPDATE OF customer_id ON deal WHEN NEW.customer_id <> OLD.customer_id",
                *(f"UPDATE {table} SET customer_id = NEW.customer_id WHERE deal_id = NEW.id;" for table in MOVED),
            ),
        ),
    ),
)
