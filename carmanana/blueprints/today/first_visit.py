"""The first steps of each role, shown on Today until the person puts them away."""

from dataclasses import dataclass, field

from carmanana.records.first_visits import FirstVisit
from carmanana.records.people import (
    AGENT,
    COMPLIANCE,
    CRM_ADMIN,
    CUSTOMER_CANCELLATION,
    MANAGER,
    RETENTION,
    ROLES,
    User,
)


@dataclass(frozen=True)
class Step:
    name: str
    words: str
    endpoint: str
    values: dict = field(default_factory=dict)


def _sop(name: str, words: str, slug: str) -> Step:
    return Step(name, words, "help.sop", {"sop_slug": slug})


STEPS = {
    AGENT: (
        Step("Check in", "Sign the start of your day, and its end once all is done.", "today.check_in"),
        Step(
            "Call your leads", "Select them and make a call sequence. No prices yet: ask what they need.", "leads.index"
        ),
        Step("Work your deals", "Take one that nobody owns, and contact them the same day.", "boards.first"),
        _sop("Read the SOP", "On hold, ownership, needs and logging: what the steps ask of you.", "lead-and-deal"),
        Step("Make it yours", "Your time zone, theme and a calendar of what is due.", "people.me"),
    ),
    MANAGER: (
        Step(
            "Review cancellations", "You are the first to speak with the customer, within hours.", "cancellations.index"
        ),
        Step("See your team’s day", "Who has checked in, and what is still open.", "today.check_ins"),
        Step("Keep things moving", "What nobody owns and what is stuck, with the step that mends it.", "today.proofs"),
        Step("Read the figures", "Every number opens the rows behind it.", "reports.pipeline"),
        _sop("Read the SOP", "What a cancellation asks of the manager, step by step.", "cancellation"),
    ),
    RETENTION: (
        Step(
            "Open your desk",
            "The cases that a manager has given you, with the offers that are approved.",
            "retention.index",
        ),
        Step("Keep what was promised", "The commitments that kept a customer, by their day.", "promises.index"),
        _sop("Know the playbook", "Six steps from fear back to why they wanted it.", "saving-a-sale"),
    ),
    CUSTOMER_CANCELLATION: (
        Step("See who is leaving", "Cancellations under way, with what is still open in each.", "departures.index"),
        Step("Find a customer", "Begin a cancellation from the actions of their page.", "customers.index"),
        _sop("Read how it goes", "Every section that has to be done before the last step.", "cancelling-a-customer"),
    ),
    COMPLIANCE: (
        Step("Review calls", "Drawn and flagged calls and emails, scored by keyboard.", "compliance.index"),
        Step("Judge findings", "Each with its evidence and its line of the SOP.", "findings.index"),
        Step("Follow the trail", "Who did what, when, from what to what.", "audit.index"),
        Step("See how the SOP is kept", "The checklist, line by line.", "reports.sop"),
    ),
    CRM_ADMIN: (
        Step("Add your people", "Everybody gets the roles that their work needs.", "people.index"),
        Step("Shape the pipelines", "Stages, and what each of them asks for.", "pipelines.index"),
        Step("Set the house up", "Currency, distances, and whom new leads go to.", "house.settings"),
        Step(
            "Bring in what you have",
            "Customers, deals and leads from a spreadsheet, tried before it runs.",
            "importing.index",
        ),
    ),
}


def first_steps(user: User) -> list[tuple[str, tuple[Step, ...]]]:
    """Of each of their roles that they have not put away: its name and its steps."""
    return [(ROLES[role], STEPS[role]) for role in FirstVisit.roles_left(user)]
