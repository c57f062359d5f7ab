"""The list of cases, one case, a new one; its checklist and its watchers."""

from flask import abort, render_template, request, url_for

from carmanana.blueprints.cases.lists import CASES
from carmanana.blueprints.cases.page import case_context
from carmanana.cases import checklist, finding, opening, rules, sla, watching
from carmanana.cases.verbs import FACTS
from carmanana.core.fields import NUMBER, PERSON, SELECT, Field
from carmanana.core.idempotency import once
from carmanana.customers import people
from carmanana.records.customer_cases import PRIORITIES, CaseCheck, CaseTerms, CustomerCase
from carmanana.records.customers import Customer
from carmanana.records.people import CRM_ADMIN, MANAGER, User
from carmanana.web.access import allow, signed_in
from carmanana.web.answers import answers, changed
from carmanana.web.current_user import me
from carmanana.web.customers.page import Action, register_action
from carmanana.web.customers.records import new_record
from carmanana.web.dialogs import show_dialog
from carmanana.web.forms.records import form_class
from carmanana.web.fragments import go, htmx, page_behind, partial, pieces, toast
from carmanana.web.loading import number_of, sent_version
from carmanana.web.steps import ask

from .base import blueprint, case_or_404

NEW = (
    Field("subject", "What it is about", most=160, required=True, start=""),
    *(
        Field(f.name, f.label, f.kind, f.choices, start, f.most, rows=f.rows)
        for f, start in zip(FACTS[1:], ("", "normal", ""), strict=True)
    ),
    Field(
        "person",
        "Who asks",
        SELECT,
        lambda customer, by: people.choices(customer),
        start="",
        shown=lambda customer, by: people.several(customer),
    ),
    Field(
        "assignee", "Assigned to", PERSON, start="", roles=rules.WORKERS, hint="Nobody chosen: the customer’s owner."
    ),
)

register_action(Action("case", "New case…", "plus", "cases.new", opening.may_open, place=10))


@blueprint.get("/cases/")
@signed_in
def index():
    return CASES.answer()


@blueprint.get("/cases/<id:case_id>")
@signed_in
def show(case_id: int):
    return render_template("cases/show.html", **case_context(case_or_404(case_id)))


@answers(CustomerCase)
def answer(case: CustomerCase, before: CustomerCase | None, said: str, undo: bool = False):
    url = url_for("cases.show", case_id=case.id)
    if not htmx or page_behind().path != url:
        return go(url, said)
    body = render_template("cases/_body.html", **case_context(case_or_404(case.id)))
    done = toast(said, case if undo else None)
    return pieces(partial("#case", body), partial("#dialog", ""), partial("#refusal", ""), done, HX_Reswap="none")


@blueprint.route("/customers/<id:customer_id>/cases/new", methods=["GET", "POST"])
@allow(*rules.EDITORS)
def new(customer_id: int):
    def save(customer: Customer, given: dict):
        given["person"] = people.person_of(customer, given.pop("person", "") or "")
        case = once(request.form.get("once", ""), me(), lambda: opening.enter(customer, me(), **given))
        return go(url_for("cases.show", case_id=case.id), "The case is open")

    return new_record(customer_id, NEW, "New case", "cases.new", opening.may_open, save, "cases")


TERMS = tuple(Field(f"{name}_minutes", label, NUMBER, most=sla.MOST_MINUTES) for name, label in PRIORITIES.items())


@blueprint.route("/cases/times", methods=["GET", "POST"])
@allow(MANAGER, CRM_ADMIN)
def times():
    """How long a case of each priority may take, in minutes of business."""
    form = form_class(TERMS)(CaseTerms.now(), me())

    def save():
        sla.set_terms(me(), sent_version() or 0, **form.given())
        return go(url_for("cases.index"), "Saved: new cases go by it")

    def again(status: int, fresh: CaseTerms | None = None):
        given = {"form": form, "terms": fresh or CaseTerms.now()}
        back, action = url_for("cases.index"), url_for("cases.times")
        return show_dialog("cases/times.html", "Times of cases", back, status, form_action=action, **given)

    return ask(form, save, again, known=lambda fresh: fresh)


# checklist


@blueprint.post("/cases/<id:case_id>/checks")
@allow(*rules.EDITORS)
def add_check(case_id: int):
    case = case_or_404(case_id)
    once(request.form.get("once", ""), me(), lambda: checklist.add(case, request.form.get("words", ""), me()))
    return changed(case_or_404(case_id), case, "Added to the checklist")


@blueprint.post("/cases/<id:case_id>/checks/<id:check_id>")
@allow(*rules.EDITORS)
def tick(case_id: int, check_id: int):
    case, line = case_or_404(case_id), _line_of(case_id, check_id)
    done = request.form.get("done") == "1"
    checklist.tick(case, line, done, me())
    return changed(case_or_404(case_id), case, "Done" if done else "Open again")


@blueprint.post("/cases/<id:case_id>/checks/<id:check_id>/remove")
@allow(*rules.EDITORS)
def remove_check(case_id: int, check_id: int):
    case, line = case_or_404(case_id), _line_of(case_id, check_id)
    checklist.remove(case, line, me())
    return changed(case_or_404(case_id), case, "Removed from the checklist")


def _line_of(case_id: int, check_id: int) -> CaseCheck:
    return CaseCheck.get_or_none(CaseCheck.id == check_id, CaseCheck.case == case_id) or abort(404)


# watchers


@blueprint.post("/cases/<id:case_id>/watch")
@signed_in
def watch(case_id: int):
    case = case_or_404(case_id)
    watching.watch(case, _person_sent(), me())
    return changed(case_or_404(case_id), case, "Whoever watches hears of every step")


@blueprint.post("/cases/<id:case_id>/unwatch")
@signed_in
def unwatch(case_id: int):
    case, person = case_or_404(case_id), _person_sent()
    watching.stop_watching(case, person, me())
    if person == me():
        return _left(case)
    return changed(case_or_404(case_id), case, "Removed from the watchers")


def _left(case: CustomerCase):
    """Who only watched it does not see it any more."""
    if finding.visible_to(me()).where(CustomerCase.id == case.id).exists():
        return changed(case_or_404(case.id), case, "You don’t watch it any more")
    return go(url_for("cases.index"), "You don’t watch it any more")


def _person_sent() -> User | None:
    number = number_of(request.form.get("person", ""), None)
    return User.get_or_none(User.id == number) if number is not None else me()
