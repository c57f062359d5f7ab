"""The reviewer's side of saving an order: the plan, its revision, the answer to the customer's own terms, what kept
them."""

from datetime import datetime, time, timedelta

from carmanana.cancellations.retention import desk
from carmanana.cancellations.retention.accepting import accepted_offers
from carmanana.core import clock
from carmanana.records.cancellations import CancellationRequest
from carmanana.records.deal_codes import WON
from carmanana.records.people import AGENT, MANAGER, RETENTION
from carmanana.records.pipelines import Stage
from carmanana.records.retention import COMMITMENT_KINDS, OFFER_KINDS, CounterOffer, RetentionPlan
from carmanana.web.filters import plural, zone
from carmanana.web.forms import (
    AmountField,
    BooleanField,
    MomentField,
    Optional,
    RadioField,
    SelectField,
    TextField,
    WordsField,
)
from carmanana.web.forms.choices import ChoicesField, PersonField
from carmanana.web.forms.rows import Row, Rows, RowsField
from carmanana.web.forms.steps import StepForm, day_field

YES_NO = [("yes", "Yes"), ("no", "No")]
SIGNING = ("value_cents", "agreement_on", "deposit_cents", "no_deposit_reason")
EXPIRES_IN, EXPIRES_AT = timedelta(days=3), time(18)


def yes_or_no(field) -> bool | None:
    return {"yes": True, "no": False}.get(field.data)


class OfferRow(Row):
    """One approved offer."""

    TELLING = ("terms", "value_cents", "limits")
    kind = SelectField("Kind", choices=list(OFFER_KINDS.items()), validate_choice=False)
    terms = TextField("Terms, as they may be said", most=500)
    value_cents = AmountField("Worth")
    limits = TextField("Limits", most=500)
    expires_at = MomentField("Expires")


class PromiseRow(Row):
    """One thing that we promised, by when, and who keeps it."""

    TELLING = ("words", "due_on")
    kind = SelectField("About", choices=list(COMMITMENT_KINDS.items()), validate_choice=False)
    words = TextField("We promised", most=240)
    due_on = day_field("By")
    owner = PersonField("Who keeps it", (AGENT, MANAGER))


def offer_rows(currency: str, known: list[dict] = ()) -> Rows:
    day = clock.local(clock.now(), zone()).date() + EXPIRES_IN
    expires = clock.from_local(datetime.combine(day, EXPIRES_AT), zone())
    return Rows(
        OfferRow,
        "offer",
        [{"expires_at": expires} | offer for offer in known],
        {"kind": "price", "expires_at": expires},
        money_in=currency,
    )


def offers_of(rows: Rows) -> list[dict]:
    return [row.data for row in rows.filled]


class MemberField(PersonField):
    """Somebody of the Retention Team, with how many cases they have."""

    def __init__(self, label, **kwargs):
        super().__init__(label, (RETENTION,), **kwargs)

    def _offered(self):
        busy = desk.loads()
        return {
            key: f"{label} · {plural(busy.get(int(key), 0), 'case')}" if key else label
            for key, label in super()._offered().items()
        }


class RequestForm(StepForm):
    """A form about one request. `IDS` begins the ids of its fields, as it shares its page with others."""

    IDS = ""

    def __init__(self, request: CancellationRequest, **kwargs):
        self.request = request
        super().__init__(request.deal, **kwargs)
        for field in self:
            field.id = self.IDS + field.id


class PlanForm(RequestForm):
    IDS = "plan-"
    committed = RadioField(
        "Is the customer absolutely committed to cancelling?", choices=YES_NO, validators=[Optional()]
    )
    instructions = WordsField("The plan", most=4000)
    offers = RowsField("Approved offers")
    assignee = MemberField("Who tries to save it")
    due_at = MomentField("Due")

    def __init__(self, request: CancellationRequest):
        super().__init__(request)
        self.rows = offer_rows(request.deal.currency)

    def given(self) -> dict:
        texts = {"instructions": self.instructions.data, "due_at": self.due_at.data}
        return texts | {"assignee": self.assignee.person, "offers": offers_of(self.rows)}


class RevisionForm(RequestForm):
    instructions = WordsField("The plan", most=4000)
    withdrawn = ChoicesField("Take back", {})
    offers = RowsField("New offers")
    assignee = MemberField("Who tries to save it")
    due_at = MomentField("Due")

    def __init__(self, request: CancellationRequest, plan: RetentionPlan):
        self.plan, self.standing = plan, {str(offer.id): offer for offer in desk.case_with(plan).standing}
        known = {"instructions": plan.instructions, "due_at": plan.due_at, "assignee": str(plan.assignee_id)}
        super().__init__(request, data=known)
        self.rows = offer_rows(request.deal.currency)

    def offer(self):
        self.withdrawn.choices = [(key, offer.terms) for key, offer in self.standing.items()]

    def given(self) -> dict:
        """What is changed; a day that stays may be past already."""
        texts = {"instructions": self.instructions.data} if self.instructions.data != self.plan.instructions else {}
        taken_back = [self.standing[key] for key in self.withdrawn.data or []]
        return texts | self._moved() | {"offers": offers_of(self.rows), "withdrawn": taken_back}

    def _moved(self) -> dict:
        moved = {}
        if self.assignee.person != self.plan.assignee:
            moved["assignee"] = self.assignee.person
        if self.due_at.data != self.plan.due_at.replace(second=0, microsecond=0):
            moved["due_at"] = self.due_at.data
        return moved


class CounterAnswerForm(RequestForm):
    approved = RadioField(
        "Do you approve it?", choices=[("yes", "Approve it"), ("no", "Not approved")], validators=[Optional()]
    )
    offers = RowsField("As an offer")
    words = WordsField("Why not, or what to tell them", most=2000)

    def __init__(self, request: CancellationRequest, counter: CounterOffer):
        super().__init__(request)
        self.rows = offer_rows(request.deal.currency, [{"kind": "other", "terms": counter.terms[:500]}])

    def given(self) -> dict:
        approved = yes_or_no(self.approved)
        return {"approved": approved, "words": self.words.data} | ({"offers": offers_of(self.rows)} if approved else {})


class HandOverForm(RequestForm):
    assignee = MemberField("Who tries to save it now")

    def given(self) -> dict:
        return {"assignee": self.assignee.person}


class KeepForm(RequestForm):
    """*Keep the order*: what kept the customer, what we promised, where the order goes on."""

    IDS = "keep-"
    kept_by = WordsField("What kept them, and what they said", most=4000)
    no_commitments = BooleanField("We promised nothing")
    accepted_due_on = day_field("What they accepted is done by")
    back_to = RadioField("Back to", validate_choice=False, validators=[Optional()])
    value_cents = AmountField("Value of the order")
    agreement_on = day_field("Agreement signed on")
    deposit_cents = AmountField("Deposit taken")
    no_deposit_reason = WordsField("Or why there is no deposit", most=500)
    next_step = TextField("Follow-up")
    due_at = MomentField("Due")

    def __init__(self, request: CancellationRequest, kept_by: str = "", **kwargs):
        self.accepted = accepted_offers(request)
        due = max((clock.local(offer.expires_at, zone()).date() for offer in self.accepted), default=None)
        deal = request.deal
        known = {
            "value_cents": deal.value_cents,
            "agreement_on": deal.agreement_on,
            "no_deposit_reason": deal.no_deposit_reason,
            "accepted_due_on": due,
        }
        super().__init__(request, data=known | {"back_to": self._place(request), "kept_by": kept_by}, **kwargs)
        keeper = request.deal.owner_id if not request.deal.unowned else request.reviewer_id
        self.rows = Rows(
            PromiseRow, "promise", blank={"kind": "other", "owner": str(keeper)}, empty=kwargs.get("empty", False)
        )

    @staticmethod
    def _place(request: CancellationRequest) -> str:
        return WON if request.return_state == WON else str(request.deal.stage_id)

    def offer(self):
        self.back_to.choices = [(WON, "Won")] + [
            (str(stage.id), stage.name) for stage in self.deal.pipeline.open_stages()
        ]

    def given(self) -> dict:
        told = {
            name: self[name].data for name in ("kept_by", "no_commitments", "accepted_due_on", "next_step", "due_at")
        }
        if self.back_to.data == WON and self.request.return_state != WON:
            told |= {name: self[name].data for name in SIGNING}
        promises = [row.data | {"owner": row.owner.person} for row in self.rows.filled]
        return told | {"commitments": promises, "back_to": self._back_to()}

    def _back_to(self) -> str | Stage | None:
        sent = self.back_to.data or ""
        return (
            WON
            if sent == WON
            else Stage.get_or_none(Stage.id == int(sent))
            if sent.isascii() and sent.isdigit() and len(sent) < 12
            else None
        )
