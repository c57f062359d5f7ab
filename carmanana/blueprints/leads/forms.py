"""The forms of leads: a new one, what they want, what they agreed to."""

from carmanana.records.lead_codes import ASKED_BY, CHANNELS, KINDS, SOURCES
from carmanana.records.people import AGENT, MANAGER
from carmanana.web.customers.entry import CustomerEntryForm
from carmanana.web.forms import MomentField, Optional, RadioField, SelectField, TextField, WordsField
from carmanana.web.forms.choices import ChoicesField, PersonField


class NewLeadForm(CustomerEntryForm):
    kind = RadioField("What is it?", choices=list(KINDS.items()), default="inquiry")
    source = SelectField("Source", choices=list(SOURCES.items()), default="phone")
    asked_by = SelectField("They asked by", choices=list(ASKED_BY.items()), default="call")
    answer_by = ChoicesField("They want the answer by", CHANNELS, validators=[Optional()])
    vehicle = TextField("Vehicle they asked about", most=160)
    message = WordsField("In their own words", most=4000)
    received_at = MomentField("When, if not now")
    owner = PersonField("Owner", (AGENT, MANAGER), nobody="Nobody yet")

    def __init__(self, by, **kwargs):
        self.by = by
        super().__init__(**kwargs)
        if not by.is_manager:
            del self.owner

    @property
    def entered(self) -> dict:
        """As intake takes it. An agent's own entry is theirs."""
        phones, emails = self.reach
        names = ("kind", "source", "asked_by", "vehicle", "message", "received_at")
        facts = {name: self[name].data for name in names} | {"answer_by": set(self.answer_by.data or ())}
        owner = self.owner.person if self.owner else self.by
        return facts | {"name": self.name.data or "", "phones": phones, "emails": emails, "owner": owner}
