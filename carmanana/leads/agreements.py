"""What somebody agrees to and takes back, as it is asked for: on their lead, and on the page of their customer."""

from carmanana.core.fields import CHOICE, SELECT, TICK, WORDS, Field
from carmanana.leads import intake
from carmanana.records.consents import HOW, PURPOSES, Consent
from carmanana.records.customers import Person
from carmanana.records.people import User

CONSENT = (
    Field("call", "Calls", TICK),
    Field("text", "Texts", TICK),
    Field("email", "Emails", TICK),
    Field("purpose", "For what", CHOICE, choices=PURPOSES, start="inquiry"),
    Field("how", "How they said it", SELECT, choices=HOW, required=True),
    Field("words", "The words that they agreed to", WORDS, most=2000),
)
WITHDRAWAL = (Field("words", "What they said", WORDS, most=2000),)


def agree(person: Person, by: User, given: dict) -> Consent:
    """As the form has it."""
    channels = {channel for channel in ("call", "text", "email") if given[channel]}
    return intake.agree(person, by, channels, given["words"] or "", given["how"], given["purpose"] or "inquiry")
