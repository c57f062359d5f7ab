"""Putting a deal or a lead on hold, with what was tried just now, where the hold asks for it."""

from flask import request

from carmanana.deals.tried_on_hold import Tried
from carmanana.records.deal_codes import ON_HOLD
from carmanana.records.deals import Deal, Hold
from carmanana.records.leads import Lead
from carmanana.web.forms import BooleanField, Optional, RadioField, TextField, WordsField
from carmanana.web.forms.steps import StepForm, day_field
from carmanana.web.loading import read_day


class HoldForm(StepForm):
    called = BooleanField("Called, no answer")
    voicemail = BooleanField("Left a voicemail")
    emailed = BooleanField("Sent the email")
    email_subject = TextField("Subject of the email", most=200)
    sub_status = RadioField("Why is it waiting?", choices=list(Hold.SUB_STATUSES.items()), validators=[Optional()])
    reason = WordsField("Reason, in words", most=2000)
    follow_up_on = day_field("Next follow-up")

    @staticmethod
    def known(record: Deal | Lead) -> dict:
        vehicle, sub_status, reason = _of_lead(record) if isinstance(record, Lead) else _of_deal(record)
        return {
            "email_subject": f"Checking in about your {vehicle or 'vehicle'}",
            "follow_up_on": read_day(request.args.get("follow_up_on", "")),
            "sub_status": sub_status,
            "reason": reason,
        }

    def given(self) -> dict:
        return {name: self.data[name] for name in ("sub_status", "reason", "follow_up_on")}

    @property
    def tried(self) -> Tried:
        return Tried(self.called.data, self.voicemail.data, self.emailed.data, self.email_subject.data or "")


def _of_deal(deal: Deal) -> tuple:
    hold = deal.hold if deal.state == ON_HOLD else None
    return deal.vehicle_model or deal.vehicle_make, hold and hold.sub_status, hold and hold.reason


def _of_lead(lead: Lead) -> tuple:
    return lead.wants, lead.hold_status, lead.hold_reason
