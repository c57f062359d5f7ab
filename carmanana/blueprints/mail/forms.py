"""The forms of an email, of a draft that was sent by hand, and of a template."""

from carmanana.contacting.mail.approving import LONGEST_REASON
from carmanana.contacting.mail.rules import LONGEST_SUBJECT, LONGEST_TEXT
from carmanana.contacting.mail.templates import WRITERS
from carmanana.records.customers import CustomerEmail
from carmanana.records.people import ROLES
from carmanana.web.forms import BooleanField, DealershipForm, MomentField, SelectField, TextField, WordsField
from carmanana.web.forms.choices import ChoicesField
from carmanana.web.forms.steps import StepForm


class LetterForm(StepForm):
    to = SelectField("To", validate_choice=False)
    subject = TextField("Subject", most=LONGEST_SUBJECT)
    text = WordsField("Text", most=LONGEST_TEXT)
    next_step = TextField("Next step")
    due_at = MomentField("Due")
    quoting = BooleanField("I mean it as it stands")

    def offer(self):
        self.to.choices = [
            (email.address, email.address) for email in self.deal.customer.emails.order_by(CustomerEmail.position)
        ]


class ByHandForm(StepForm):
    next_step = TextField("Next step")
    due_at = MomentField("Due")
    quoting = BooleanField("I mean it as it stands")


class ApprovalForm(DealershipForm):
    decision = TextField("Decision", most=20)
    reason = TextField("Why it goes back", most=LONGEST_REASON)


class TemplateForm(DealershipForm):
    name = TextField("Name", most=80)
    used_when = TextField("When to use it", most=250)
    may_use = ChoicesField("Who may use it", {role: ROLES[role] for role in WRITERS})
    subject = TextField("Subject", most=LONGEST_SUBJECT)
    body = WordsField("Text", most=LONGEST_TEXT)
    archived = BooleanField("Not offered any more")

    @property
    def facts(self) -> dict:
        return {
            name: self.data[name] or ([] if name == "may_use" else "")
            for name in ("name", "used_when", "may_use", "subject", "body")
        } | {"archived": self.archived.data}
