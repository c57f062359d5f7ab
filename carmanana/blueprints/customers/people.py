"""The people of a household or a firm: added, corrected, removed, and what each of them agreed to."""

from flask import abort, request, url_for

from carmanana.blueprints.customers.views import blueprint, customer_or_404, lines_of
from carmanana.core.idempotency import once
from carmanana.core.workflow import Forbidden
from carmanana.customers import contact, people
from carmanana.leads import agreements
from carmanana.records.customers import Customer, Person
from carmanana.web.access import allow
from carmanana.web.current_user import me
from carmanana.web.customers.page import Action, register_action
from carmanana.web.dialogs import show_dialog
from carmanana.web.forms import DealershipForm, LinesField, TextField
from carmanana.web.forms.records import form_class
from carmanana.web.fragments import go
from carmanana.web.loading import sent_version
from carmanana.web.steps import ask

register_action(
    Action("person", "Add a person…", "user-plus", "customers.add_person", contact.may_change_seen, place=1)
)


class PersonForm(DealershipForm):
    name = TextField("Name", most=160)
    phones = LinesField("Phones, one a line", most=1000)
    emails = LinesField("Emails, one a line", most=3000)
    language = TextField("Language", most=40)

    @property
    def given(self) -> tuple:
        return self.name.data or "", self.phones.lines(), self.emails.lines(), self.language.data or ""


@blueprint.route("/<id:customer_id>/people/new", methods=["GET", "POST"])
@allow("agent", "manager")
def add_person(customer_id: int):
    customer, form = _changed(customer_id), PersonForm()

    def save():
        person = once(request.form.get("once", ""), me(), lambda: people.add(customer, me(), *form.given))
        return go(url_for("customers.show", customer_id=customer.id), f"{person.name} is one of them now")

    def again(status: int, *_):
        return _dialog("Add a person", customer, form, url_for("customers.add_person", customer_id=customer.id), status)

    return ask(form, save, again)


@blueprint.route("/<id:customer_id>/people/<id:person_id>", methods=["GET", "POST"])
@allow("agent", "manager")
def edit_person(customer_id: int, person_id: int):
    customer = _changed(customer_id)
    person = _person(customer, person_id)
    form = PersonForm(data=_known(person))

    def save():
        people.correct(person, me(), sent_version() or 0, *form.given)
        return go(url_for("customers.show", customer_id=customer.id), "Saved")

    def again(status: int, fresh: Person = person):
        action = url_for("customers.edit_person", customer_id=customer.id, person_id=person.id)
        return _dialog(fresh.called, customer, form, action, status, fresh)

    return ask(form, save, again, known=_known)


@blueprint.route("/<id:customer_id>/people/<id:person_id>/remove", methods=["GET", "POST"])
@allow("agent", "manager")
def remove_person(customer_id: int, person_id: int):
    customer = _changed(customer_id)
    person, form = _person(customer, person_id), DealershipForm()

    def save():
        people.remove(person, me(), sent_version() or 0)
        return go(url_for("customers.show", customer_id=customer.id), f"{person.called} is removed")

    def again(status: int, *_):
        action = url_for("customers.remove_person", customer_id=customer.id, person_id=person.id)
        return _dialog("Remove a person", customer, form, action, status, person, "customers/remove_person.html")

    return ask(form, save, again)


@blueprint.route("/<id:customer_id>/people/<id:person_id>/consent", methods=["GET", "POST"])
@allow("agent", "manager")
def person_agrees(customer_id: int, person_id: int):
    """What they agreed to is kept with its words."""
    customer = _changed(customer_id)
    person, form = _person(customer, person_id), form_class(agreements.CONSENT)(None, me())
    back = url_for("customers.show", customer_id=customer.id)

    def save():
        once(request.form.get("once", ""), me(), lambda: agreements.agree(person, me(), form.given()))
        return go(back, "The consent is on file")

    def again(status: int, *_):
        action = url_for("customers.person_agrees", customer_id=customer.id, person_id=person.id)
        given = {"customer": customer, "form": form, "form_action": action}
        return show_dialog("customers/record.html", f"Consent of {person.called}", back, status, **given)

    return ask(form, save, again)


def _changed(customer_id: int) -> Customer:
    customer = customer_or_404(customer_id)
    if not contact.may_change(customer, me()):
        raise Forbidden("people_of_customer")
    return customer


def _person(customer: Customer, person_id: int) -> Person:
    return people.person_of(customer, str(person_id)) or abort(404)


def _known(person: Person) -> dict:
    return {
        "name": person.called,
        "language": person.language,
        "phones": lines_of(person.phones, "typed"),
        "emails": lines_of(person.emails, "address"),
    }


def _dialog(title, customer, form, action: str, status: int, person=None, template: str = "customers/person.html"):
    given = {"customer": customer, "person": person, "form": form, "form_action": action}
    return show_dialog(template, title, url_for("customers.show", customer_id=customer.id), status, **given)
