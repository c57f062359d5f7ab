"""The steps of a quotation as people meet them."""

from carmanana.core import clock
from carmanana.core.fields import DAY, MOMENT, SELECT, TICK, WORDS, Field
from carmanana.core.verbs import Line, Verb, catalogue
from carmanana.records.quotations import Quotation
from carmanana.sales.quotations import rules
from carmanana.sales.quotations.lifecycle import quoting


def addresses(quotation: Quotation, by) -> list[tuple[str, str]]:
    found = [email for email in quotation.customer.emails if email.wrong_at is None]
    return [(email.address, email.address) for email in found]


def greeting(quotation: Quotation, by) -> str:
    return f"Hello {quotation.customer.first_name},\n\nhere is our quotation."


TITLE = Field("title", "Title", most=160)
TERMS = Field("terms", "Terms, beneath the sum", WORDS, most=2000)
VALID = Field("valid_until", "Valid until", DAY, chips="day")
REASON = Field("reason", "Reason, in words", WORDS, most=2000, start="")
BEFORE = (rules.deal_is_open, rules.may_be_contacted, rules.has_lines, rules.comes_to_something)
VERBS = catalogue(
    quoting,
    Verb(
        "send_by_email",
        "Send by email…",
        icon="mail",
        title=lambda quotation: f"Send {quotation.name} by email",
        submit="Send",
        fields=(
            Field("to", "To", SELECT, addresses),
            Field(
                "text",
                "Your words",
                WORDS,
                start=greeting,
                most=4000,
                rows=4,
                hint="The quotation follows beneath, and goes along as a PDF.",
            ),
            Field("quoting", "I mean it as it stands", TICK, start=False, only_if_refused=True),
            VALID,
            Field("next_step", "Next step", most=200, start="Ask what they think of the quotation"),
            Field("due_at", "Due", MOMENT, chips="due"),
        ),
        first=(rules.mail_can_be_sent, *BEFORE),
        done=lambda one: f"{one.name} is on its way",
        timeline="Quotation sent by email",
        primary=True,
    ),
    Verb(
        "send_by_hand",
        "Sent by hand…",
        icon="check",
        title=lambda quotation: f"{quotation.name} was sent by hand",
        submit="It was sent",
        fields=(VALID, Field("reason", "How, if there is more to say", WORDS, most=2000, start="")),
        first=BEFORE,
        done=lambda one: f"{one.name} is sent",
        timeline="Quotation sent by hand",
    ),
    Verb(
        "accept",
        "Accepted…",
        icon="won",
        title=lambda quotation: f"The customer accepted {quotation.name}",
        fields=(Field("accepted_on", "On which day?", DAY, start=lambda record, by: clock.today(by.timezone)),),
        done=lambda one: f"{one.name} is accepted",
        timeline="Quotation accepted",
        look="connected",
        primary=True,
    ),
    Verb(
        "lead",
        "Make it the leading one",
        icon="bookmark",
        offered=lambda quotation, by: not quotation.leading,
        done=lambda one: f"{one.name} leads now",
        timeline="It leads",
    ),
    Verb("correct", "Edit…", icon="pencil", title="Edit the quotation", fields=(TITLE, VALID, TERMS), submit="Save"),
    Verb(
        "lose",
        "Lost…",
        icon="circle-x",
        title="The customer did not take it",
        fields=(REASON,),
        done=lambda one: f"{one.name} is lost",
        timeline="Quotation lost",
        mark="lost",
    ),
    Verb(
        "cancel",
        "Cancel…",
        icon="trash",
        title="Cancel the quotation",
        submit="Cancel the quotation",
        fields=(REASON,),
        done=lambda one: f"{one.name} is cancelled",
        timeline="Quotation cancelled",
    ),
    events={
        "quote": Line("Quotation drafted", "moved", "file"),
        "add_line": None,
        "change_line": None,
        "remove_line": None,
        "expire": Line("Quotation expired", "moved", "clock"),
    },
)
