"""The codes of leads as they are stored, and their names."""

NEW, WORKING, CONNECTED, ASSESSED = "new", "working", "connected", "assessed"
ON_HOLD, CLOSED, CONVERTED = "on_hold", "closed", "converted"

STATES = {
    NEW: "New",
    WORKING: "Working",
    CONNECTED: "Connected",
    ASSESSED: "Assessed",
    ON_HOLD: "On Hold",
    CLOSED: "Closed",
    CONVERTED: "Converted",
}
WORKED = (NEW, WORKING, CONNECTED, ASSESSED)
OPEN = (*WORKED, ON_HOLD)
ENDED = (CLOSED, CONVERTED)

INQUIRY, PRICE_SHOPPER = "inquiry", "price_shopper"
KINDS = {INQUIRY: "Inquiry", PRICE_SHOPPER: "Price shopper"}

SOURCES = {
    "website": "Website",
    "phone": "Phone",
    "email": "Email",
    "text": "Text",
    "walk_in": "Walk-in",
    "referral": "Referral",
    "marketplace": "Marketplace",
    "social": "Social media",
    "event": "Event",
    "expiry": "Contract expiry",
    "import": "Import",
    "other": "Other",
}
CHANNELS = {"call": "Call", "email": "Email", "text": "Text"}
ASKED_BY = {
    "form": "Form on a website",
    "call": "Call",
    "email": "Email",
    "text": "Text",
    "in_person": "In person",
    "other": "Other",
}

NOT_INTERESTED, NO_RESPONSE, NO_DETAILS, DO_NOT_CONTACT, DUPLICATE = (
    "not_interested",
    "no_response",
    "no_details",
    "do_not_contact",
    "duplicate",
)
CLOSE_REASONS = {
    NOT_INTERESTED: "Not interested",
    NO_RESPONSE: "No response",
    NO_DETAILS: "No valid contact details",
    DO_NOT_CONTACT: "Asked not to be contacted",
    DUPLICATE: "Duplicate of another lead",
}
