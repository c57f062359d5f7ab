"""The salesperson's cancellation request: its form and the words that stand beside it (SOP 0, steps 1 to 4)."""

from carmanana.cancellations.requesting import order_words, title_of
from carmanana.cancellations.reviewers import eligible, likeliest
from carmanana.cancellations.rights.deadlines import right_today, today_of
from carmanana.records.cancellations import CAME_BY, TONES
from carmanana.records.deals import Deal
from carmanana.records.people import User
from carmanana.web.current_user import me
from carmanana.web.forms import BooleanField, DateField, Optional, RadioField, SelectField, WordsField
from carmanana.web.forms.steps import CHOOSE, StepForm
from carmanana.web.loading import sent_record
from carmanana.web.panels.scripts import wording

REQUESTED = ("request_acknowledge", "request_process", "request_noting", "inbound_deposit", "inbound_closing")
BY_LAW = ("right_to_cancel", "request_noting", "inbound_closing")  # nothing that says we can't confirm a refund


class CancellationForm(StepForm):
    sends_files = True
    came_by = RadioField("Received by", choices=list(CAME_BY.items()), validators=[Optional()])
    sent_on = DateField("Sent on, by their own day", [Optional()])
    reason = WordsField("The reason they gave", most=4000)
    issues = WordsField("Earlier issues or complaints", most=4000)
    phrases = WordsField("Key phrases and objections", most=4000)
    tone = RadioField("Their tone", choices=list(TONES.items()), validators=[Optional()])
    order_details = WordsField("Vehicle and order", most=1000)
    explained = BooleanField("I explained the process and promised nothing")
    reviewer = SelectField("Manager who reviews", validate_choice=False)
    return_reason = WordsField("It is delivered. Why does this return go through the review?", most=2000)

    def offer(self):
        managers = eligible(self.deal, me())
        self.reviewer.choices = CHOOSE + [(str(manager.id), manager.name) for manager in managers]

    @staticmethod
    def known(deal: Deal) -> dict:
        first = likeliest(deal, me())
        return {
            "sent_on": today_of(deal.customer),
            "order_details": order_words(deal),
            "reviewer": str(first.id) if first else "",
        }

    def given(self) -> dict:
        return super().given() | {"reviewer": sent_record(User, "reviewer")}


def request_scripts(deal: Deal) -> dict:
    """What to say and what never to say, the title that the activity will have, and what the law may give the
    customer."""
    found = right_today(deal)
    return {
        "activity_title": title_of(deal, me()),
        "right_found": found,
        "say": wording(deal, *(BY_LAW if found.stands else REQUESTED)),
        "never": wording(deal, "never_say"),
    }
