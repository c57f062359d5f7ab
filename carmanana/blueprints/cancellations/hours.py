"""When the dealership is open, and how soon a first contact is due."""

from flask import abort, render_template, request, url_for

from carmanana.blueprints.cancellations.base import LEADERS, blueprint
from carmanana.blueprints.cancellations.review.forms import HolidayForm, HoursForm
from carmanana.contacting import business_hours
from carmanana.core.idempotency import once
from carmanana.records.business_hours import BusinessHours, Holiday, ReviewTerms
from carmanana.web.access import allow
from carmanana.web.current_user import me
from carmanana.web.fragments import go
from carmanana.web.loading import sent_version
from carmanana.web.steps import ask


@blueprint.route("/cancellations/hours", methods=["GET", "POST"])
@allow(*LEADERS)
def times():
    form = HoursForm(data=_known())

    def save():
        business_hours.set_hours(me(), form.minutes.data, form.days(), sent_version())
        return go(url_for("cancellations.times"), "Saved. It counts from the next request on")

    def again(status: int, terms: ReviewTerms | None = None):
        return _page(form, HolidayForm(empty=True), status)

    return ask(form, save, again, ReviewTerms.now, lambda terms: _known())


@blueprint.post("/cancellations/hours/holidays")
@allow(*LEADERS)
def holiday():
    form = HolidayForm()

    def save():
        add = lambda: business_hours.add_holiday(form.day.data, form.name.data or "", me())  # noqa: E731
        once(request.form.get("once", ""), me(), add)
        return go(url_for("cancellations.times"), "The holiday is entered")

    return ask(form, save, lambda status: _page(HoursForm(data=_known(), empty=True), form, status))


@blueprint.post("/cancellations/hours/holidays/<id:holiday_id>/end")
@allow(*LEADERS)
def drop_holiday(holiday_id: int):
    business_hours.drop_holiday(Holiday.get_or_none(Holiday.id == holiday_id) or abort(404), me())
    return go(url_for("cancellations.times"), "It is a business day again")


def _known() -> dict:
    known = {"minutes": ReviewTerms.now().first_contact_minutes}
    for row in BusinessHours.select():
        known |= {
            f"opens_{row.weekday}": row.opens and business_hours.time.fromisoformat(row.opens),
            f"closes_{row.weekday}": row.closes and business_hours.time.fromisoformat(row.closes),
        }
    return known


def _page(form: HoursForm, holiday_form: HolidayForm, status: int):
    days = [(name, form[f"opens_{day}"], form[f"closes_{day}"]) for day, name in enumerate(business_hours.WEEKDAYS)]
    holidays = list(Holiday.select().order_by(Holiday.day))
    context = {
        "form": form,
        "days": days,
        "holiday_form": holiday_form,
        "holidays": holidays,
        "version": ReviewTerms.now().version,
        "stale": status == 409,
    }
    return render_template("cancellations/hours.html", **context), status
