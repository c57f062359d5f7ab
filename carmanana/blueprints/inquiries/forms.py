"""The form that anybody may send, and the one of what is set for it."""

import secrets

from flask import current_app
from itsdangerous import BadData, URLSafeTimedSerializer

from carmanana.contacting.calling.regions import region_of_words
from carmanana.core import clock
from carmanana.core.phones import HOME, country_of, e164
from carmanana.core.workflow import Refusal
from carmanana.customers.contact import looks_like_email
from carmanana.leads.prospects.prospect import ASKED, Phone, Prospect, WantedVehicle
from carmanana.records.people import AGENT, MANAGER
from carmanana.web.forms import BooleanField, DealershipForm, IntegerField, Optional, RadioField, TextField, WordsField
from carmanana.web.forms.choices import PersonField

LASTS = 12 * 60 * 60  # seconds
CALL_WORDS = "Call me about this inquiry."
TEXT_WORDS = "Text me, too. Message rates may apply; STOP ends it."
QUESTIONS = [("inquiry", "Help me find the right one"), ("price_shopper", "Tell me what one would cost")]
OLDEST = 1900


def _serializer() -> URLSafeTimedSerializer:
    return URLSafeTimedSerializer(current_app.config["SECRET_KEY"], salt="inquire")


def new_token() -> str:
    return _serializer().dumps(secrets.token_urlsafe(12))


def nonce_of(token: str) -> str | None:
    """What was signed, once for each form that was drawn; None where it is not ours or too old."""
    try:
        nonce = _serializer().loads(token[:200], max_age=LASTS)
    except BadData:
        return None
    return nonce if isinstance(nonce, str) else None


class InquiryForm(DealershipForm):
    question = RadioField("What can we do for you?", choices=QUESTIONS, default="inquiry", validate_choice=False)
    make = TextField("Make", most=60)
    model = TextField("Model", most=60)
    year = IntegerField("From year", [Optional()])
    timeline = TextField("When do you need it?", most=120)
    needs = WordsField("What should it be able to do?", most=2000)
    name = TextField("Your name", most=120)
    phone = TextField("Phone", most=60)
    email = TextField("Email", most=254)
    region = TextField("State or country", most=60)
    call = BooleanField(CALL_WORDS)
    text = BooleanField(TEXT_WORDS)
    website = TextField("Leave this empty", most=500)  # people do not see it

    @property
    def trapped(self) -> bool:
        return bool(self.website.data)

    def complaints(self) -> list[Refusal]:
        """Everything that is missing at once, each at its field."""
        return [Refusal(name, sentence, field=name) for name, sentence in self._lacks() if sentence]

    def _lacks(self):
        year, phone, email = self.year.data, self.phone.data, self.email.data
        if self.question.data and self.question.data not in dict(QUESTIONS):
            yield "question", f"Choose {' or '.join(f'“{words}”' for _, words in QUESTIONS)}."
        if not self.name.data:
            yield "name", "Tell us your name."
        if not phone and not email:
            yield "phone", "Give us a phone number or an email address to answer you by."
        if phone and not e164(phone, country_of(self.region.data or "") or HOME):
            yield "phone", "That is not a whole phone number. Write it with its area code, or with + and the country."
        if email and not looks_like_email(email):
            yield "email", "That is not an email address."
        if not (self.make.data or self.model.data or self.needs.data):
            yield "make", "Tell us which car, or below what it should be able to do."
        if year is not None and not OLDEST <= year <= clock.today().year + 2:
            yield "year", "Enter a year, such as 2021."
        if (self.call.data or self.text.data) and not phone:
            yield "phone", "Give us the number to reach you at."
        elif phone and not email and not (self.call.data or self.text.data):
            yield "call", "Tick how we may answer you, or give us an email address."

    def prospect(self) -> Prospect:
        vehicle = WantedVehicle(
            make=self.make.data or "",
            model=self.model.data or "",
            year_from=self.year.data,
            price=ASKED if self.question.data == "price_shopper" else "",
        )
        asked = vehicle.named or vehicle.price
        return Prospect(
            name=self.name.data,
            phones=(Phone(self.phone.data),) if self.phone.data else (),
            emails=(self.email.data,) if self.email.data else (),
            region=region_of_words(self.region.data or "") or self.region.data or "",
            vehicles=(vehicle,) if asked else (),
            comments=self.needs.data or "",
            timeline=self.timeline.data or "",
            provider="form",
        )

    def answer_by(self) -> set[str]:
        ticked = {"call": self.call.data, "text": self.text.data, "email": self.email.data}
        return {channel for channel, given in ticked.items() if given}

    def consents(self) -> list[dict]:
        """Each with the very words beside its box."""
        ticked = (("call", self.call.data, CALL_WORDS), ("text", self.text.data, TEXT_WORDS))
        return [{"channels": {channel}, "words": words, "how": "form"} for channel, given, words in ticked if given]


class InquirySettingsForm(DealershipForm):
    origins = WordsField("Sites that may show the form, one a line", most=4000)
    owner = PersonField("New inquiries go to", (AGENT, MANAGER))
    answer_minutes = IntegerField("Answered within, business minutes", [Optional()])
    privacy_url = TextField("Page on how we treat data", most=300)
