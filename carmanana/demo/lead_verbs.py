"""What is done with a lead, taken through the verbs of leads (player.py does the same for deals)."""

from carmanana.contacting import log as logging
from carmanana.contacting import next_steps, wishes
from carmanana.core import clock
from carmanana.core.query import by_id
from carmanana.leads import intake, needs
from carmanana.leads.arriving import arrive
from carmanana.leads.lifecycle import RESUMED, inquiry
from carmanana.leads.prospects.prospect import ASKED, Phone, Prospect, WantedVehicle
from carmanana.records.consents import Consent
from carmanana.records.leads import Lead

FORM_WORDS = "I agree that CarManana calls, texts or emails me to answer this inquiry."


class LeadVerbs:
    """A part of the player."""

    @property
    def lead(self) -> Lead:
        return by_id(Lead, self.leads[self.action.history])

    def fire_lead(self):
        inquiry.fire(self.lead, self.action.verb.removeprefix("lead_"), self.by, **self._on_stages(self.given))

    def lead_inquire(self):
        given, history = dict(self.given), self.action.history
        consent = {"channels": {"call", "text", "email"}, "words": FORM_WORDS, "how": "form", "purpose": "inquiry"}
        consents = [consent] if given.pop("agrees") else []
        lead, _ = arrive(_prospect(history, given), given["source"], given["asked_by"], consents=consents)
        self.leads[history] = lead.id

    def lead_enter(self):
        history = self.action.history
        facts = self.given | {"kind": history.kind, "vehicle": history.car_named}
        self.leads[history] = intake.take_in(self._customer(history), self.by, owner=self.by, **facts).id

    def lead_add_step(self):
        logging.add_step(self.lead, self.by, self.given["subject"], self.given["due_at"])

    def lead_finish(self):
        if step := next(iter(next_steps.free(self.lead)), None):
            logging.finish_step(step, self.by)

    def lead_log(self):
        logging.log(self.lead, self.by, **self.given)

    def lead_note(self):
        logging.log(self.lead, self.by, "note", self.given["summary"])

    def lead_write_needs(self):
        needs.save(self.lead, self.by, **self.given)

    def lead_agree(self):
        intake.agree(self.lead.person, self.by, **self.given)

    def lead_withdraw(self):
        intake.withdraw(Consent.of(self.lead.person).first(), self.given["words"], self.by)

    def lead_stop(self):
        wishes.stop(self.lead.person, self.by, (self.given["wish"],))

    def lead_go_on(self):
        lead = self.lead
        trigger = next(trigger for trigger, state in RESUMED.items() if state == lead.held_from)
        inquiry.fire(lead, trigger, self.by, **self.given)

    def lead_convert(self):
        self.fire_lead()
        self.deals[self.action.history] = self.lead.deal_id


def _prospect(history, given: dict) -> Prospect:
    person, car = history.person, history.car
    vehicle = WantedVehicle(make=car.make, model=car.short, price=ASKED if given["priced"] else "")
    return Prospect(
        name=person.name,
        phones=tuple(Phone(typed) for _, typed in person.phones),
        emails=person.emails,
        region=person.region,
        place=person.town,
        language=person.language,
        vehicles=(vehicle,),
        comments=given["message"],
        requested_at=clock.now(),
    )
