"""Holidays of regions, and do-not-call registers."""

from flask import abort, render_template, request, url_for
from peewee import fn

from carmanana.blueprints.calling.base import ADMINS, READERS, blueprint
from carmanana.blueprints.calling.forms import RegionHolidayForm, RegisterForm
from carmanana.blueprints.calling.pages import words
from carmanana.contacting.calling import region_holidays, registers
from carmanana.core import clock, uploads
from carmanana.core.idempotency import once
from carmanana.core.text import several
from carmanana.core.workflow import Refusal, Refused
from carmanana.records.calling import RegionHoliday
from carmanana.web.access import allow
from carmanana.web.current_user import me
from carmanana.web.dialogs import show_dialog
from carmanana.web.fragments import go
from carmanana.web.steps import submit


@blueprint.get("/calling-rules/holidays")
@allow(*READERS)
def holidays():
    return _holidays(RegionHolidayForm(data={"region": request.args.get("region", "")[:10]}))


@blueprint.post("/calling-rules/holidays")
@allow(*ADMINS)
def add_holiday():
    form = RegionHolidayForm()

    def add():
        return region_holidays.add(me(), form.region.data or "", form.day.data, form.name.data or "")

    def save():
        made = once(request.form.get("once", ""), me(), add)
        return go(url_for("calling.holidays", region=made.region), "The holiday is added")

    return submit(form, save, lambda status, fresh=None: (_holidays(form), status), lambda: None)


@blueprint.post("/calling-rules/holidays/load")
@allow(*ADMINS)
def load_holidays():
    found = region_holidays.load_ahead()
    return go(
        url_for("calling.holidays"),
        f"{several(found, 'holiday is', 'holidays are')} added"
        if found
        else "This year and the next were loaded already",
    )


@blueprint.post("/calling-rules/holidays/<id:holiday_id>/end")
@allow(*ADMINS)
def drop_holiday(holiday_id: int):
    holiday = RegionHoliday.get_or_none(RegionHoliday.id == holiday_id) or abort(404)
    region_holidays.drop(holiday, me())
    return go(url_for("calling.holidays", region=holiday.region), "It is a day like any other there")


def _holidays(form: RegionHolidayForm):
    """How many there are of each region from today on, and the days of one."""
    chosen = form.region.data or ""
    ahead = RegionHoliday.select().where(RegionHoliday.day >= clock.today())
    counts = ahead.select(RegionHoliday.region, fn.COUNT(RegionHoliday.id)).group_by(RegionHoliday.region)
    context = {
        "counts": list(counts.order_by(RegionHoliday.region).tuples()),
        "days": list(ahead.where(RegionHoliday.region == chosen).order_by(RegionHoliday.day)) if chosen else [],
        "chosen": chosen,
        "may_edit": me().has(*ADMINS),
    }
    return render_template("calling/holidays.html", form=form, **context, **words())


@blueprint.route("/calling-rules/registers/new", methods=["GET", "POST"])
@allow(*ADMINS)
def new_register():
    form = RegisterForm(data={"region": request.args.get("region", "")[:10], "taken_on": clock.today(me().timezone)})

    def again(status: int, fresh=None):
        return show_dialog(
            "calling/register.html", "A do-not-call register", url_for("calling.index"), status,
            form=form, encoding=True, form_action=url_for("calling.new_register"),
        )  # fmt: skip

    if request.method == "GET":
        return again(200)

    def save():
        register = once(request.form.get("once", ""), me(), lambda: _load(form))
        read = several(register.numbers, "number")
        return go(url_for("calling.index"), f"From now on it counts: {read} of {register.region}")

    return submit(form, save, again, lambda: None)


def _load(form: RegisterForm):
    file = request.files.get("file")
    if not file or not file.filename:
        raise Refused([Refusal("file", "Choose the file.", field="file")])
    content = file.stream.read(uploads.most_bytes() + 1)
    if len(content) > uploads.most_bytes():
        sentence = f"It is larger than {uploads.megabytes} MB. Send those of your area codes."
        raise Refused([Refusal("file", sentence, field="file")])
    return registers.load(me(), form.region.data or "", form.taken_on.data, file.filename, content)
