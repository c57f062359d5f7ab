"""The phrases that may not be said, and the lists that they are made of."""

from peewee import AutoField, BooleanField, CharField, ForeignKeyField, IntegerField, TextField

from carmanana.core import clock
from carmanana.core.code_names import named
from carmanana.core.db import Record, UtcField
from carmanana.records.people import User

REFUND, TIMELINE, INSTANT, DEPOSIT = "refund_promise", "timeline_promise", "instant_cancellation", "deposit_guarantee"
QUOTE = "price_quote"
LEGAL, AGGRESSIVE, BLAME = "legal_tax_advice", "aggressive", "blame"
HONEST, CONDITION, DECISION = "honest", "condition", "decision"

REFUSING = (REFUND, TIMELINE, INSTANT, DEPOSIT, QUOTE)
WARNING = (LEGAL, AGGRESSIVE, BLAME)
PASSING = (HONEST, CONDITION, DECISION)

SORTS = {
    REFUND: "Promises a refund",
    TIMELINE: "Promises when a refund or cancellation comes",
    INSTANT: "Cancels on the spot",
    DEPOSIT: "Guarantees the deposit",
    QUOTE: "Quotes or negotiates a price with a lead",
    LEGAL: "Legal or tax advice",
    AGGRESSIVE: "Aggressive or emotional",
    BLAME: "Blames somebody",
    HONEST: "Honest: what follows it passes",
    CONDITION: "A condition: no cancellation on the spot",
    DECISION: "Leaves the decision to a manager",
}
WHERE = {
    "note": "Note",
    "email": "Email",
    "text": "Text",
    "call": "Call",
    "voicemail": "Voicemail",
    "review": "Cancellation review",
    "deal": "Deal",
    "lead": "Lead",
}
REFUSED, CONFIRMED, HAPPENED = "refused", "confirmed", "happened"
BY_RULE, BY_HAND = "rule", "hand"
OWN_REVIEW, BEYOND, UNREAD, PRICE = "own_review", "beyond_offers", "unread_language", "unquoted_price"
CONDUCT = {OWN_REVIEW: "Reviews or corrects an order they sold", BEYOND: "Offers more than was approved"}
CONDUCT |= {UNREAD: "Written in a language that is not checked", PRICE: "Names a price that was not quoted"}
OUTCOMES = {REFUSED: "Refused", CONFIRMED: "Confirmed by who wrote it", HAPPENED: "Nobody else was here"}
OUTCOMES |= {BY_RULE: "Raised by rule", BY_HAND: "Raised by hand"}
LONGEST_EXCERPT = 200
ENGLISH = "en"
LANGUAGES = {
    ENGLISH: "English",
    "es": "Spanish",
    "fr": "French",
    "de": "German",
    "it": "Italian",
    "pt": "Portuguese",
    "nl": "Dutch",
    "tl": "Tagalog",
}
LANGUAGES |= {
    "pl": "Polish",
    "ro": "Romanian",
    "tr": "Turkish",
    "vi": "Vietnamese",
    "ht": "Haitian Creole",
    "sv": "Swedish",
    "id": "Indonesian",
}


class WordList(Record):
    """Words that mean the same, one a line; a phrase names the list: <refund>."""

    id = AutoField()
    name = CharField(unique=True)
    words = TextField()
    about = CharField(default="")
    language = CharField(default=ENGLISH)
    changed_by = ForeignKeyField(User, null=True)
    changed_at = UtcField(default=clock.now)
    version = IntegerField(default=1)


class Phrase(Record):
    """A wording to look for, with a sentence that it must catch and one that it must let pass. Of the
    sorts that pass, both are sentences that go through."""

    id = AutoField()
    sort = CharField()
    language = CharField(default=ENGLISH)
    pattern = TextField()
    catches = TextField()
    passes = TextField(default="")
    active = BooleanField(default=True)
    changed_by = ForeignKeyField(User, null=True)
    changed_at = UtcField(default=clock.now)
    version = IntegerField(default=1)

    sort_name = named("sort", SORTS)
    language_name = named("language", LANGUAGES)
