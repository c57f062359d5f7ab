"""The codes of deals as they are stored, and their names."""

ACTIVE = "active"
ON_HOLD = "on_hold"
LOSING = "cancellation_requested"
WON = "won"
CANCELLED = "cancelled_by_client"
LOST = "lost"

STATES = {
    ACTIVE: "Active",
    ON_HOLD: "On Hold",
    LOSING: "Losing Order – Cancellation Requested",
    WON: "Won",
    CANCELLED: "Lost – Cancelled by Client",
    LOST: "Lost",
}
OPEN = (ACTIVE, ON_HOLD)
ENDED = (WON, CANCELLED, LOST)

LIVE, ORGANIC = "live", "organic"

ORDER_TYPES = {
    "new_vehicle": "New vehicle order",
    "used_vehicle": "Used vehicle order",
    "special_sourcing": "Special sourcing",
}
DO_NOT_CONTACT = "do_not_contact"
LOSS_REASONS = {
    "no_response": "No response",
    "no_details": "No valid contact details",
    "bought_elsewhere": "Bought elsewhere",
    "price": "Price or payment",
    "financing": "Financing declined",
    "changed_mind": "No longer wants a car",
    "vehicle": "We could not find the vehicle",
    "duplicate": "Duplicate of another deal",
    "do_not_contact": "Asked not to be contacted",
}
AGREED_HOW = {"in_person": "In person, at our place", "distance": "At a distance", "off_premises": "Off our premises"}
GAP = 1024
