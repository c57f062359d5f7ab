"""Rows of the calling rules: adding, changing from a day on, ending, and what counted before."""

from datetime import timedelta

from flask import abort, render_template, request, url_for

from carmanana.blueprints.calling.base import ADMINS, READERS, blueprint
from carmanana.blueprints.calling.forms import EndForm, RuleForm, known
from carmanana.blueprints.calling.pages import words
from carmanana.contacting.calling import editing
from carmanana.contacting.calling.places import name_of
from carmanana.core import clock
from carmanana.core.idempotency import once
from carmanana.records.calling import CALLED_PARTY, CallingRule, RegionHoliday
from carmanana.web.access import allow
from carmanana.web.current_user import me
from carmanana.web.dialogs import show_dialog
from carmanana.web.fragments import go
from carmanana.web.loading import sent_version
from carmanana.web.steps import submit

BLANK = {
    "clock": CALLED_PARTY,
    "opens": "09:00",
    "closes": "20:00",
    "weekdays": list("12345"),
    "consent": "none",
    "confidence": "unsure",
}


@blueprint.get("/calling-rules/<id:rule_id>")
@allow(*READERS)
def show(rule_id: int):
    """All that a row says, the others of its region, and those that it took the place of."""
    rule = _rule_or_404(rule_id)
    rows = (
        CallingRule.select()
        .where(CallingRule.region == rule.region)
        .order_by(CallingRule.kind, CallingRule.effective_from.desc(), CallingRule.id)
    )
    days = (
        RegionHoliday.select()
        .where(RegionHoliday.region == rule.region, RegionHoliday.day >= clock.today())
        .order_by(RegionHoliday.day)
    )
    context = {
        "rule": rule,
        "rows": list(rows),
        "holidays": list(days.limit(60)),
        "today": clock.today(),
        "may_edit": me().has(*ADMINS),
    }
    return render_template("calling/show.html", **context, **words())


@blueprint.route("/calling-rules/new", methods=["GET", "POST"])
@allow(*ADMINS)
def new():
    form = RuleForm(
        data=BLANK | {"effective_from": clock.today(me().timezone), "region": request.args.get("region", "")[:10]}
    )
    if request.method == "GET":
        return _dialog(form, None, 200)

    def add():
        facts = form.facts()
        return editing.add(me(), form.region.data or "", form.kind.data or "", form.effective_from.data, **facts)

    def save():
        rule = once(request.form.get("once", ""), me(), add)
        return go(url_for("calling.show", rule_id=rule.id), "The rule is added")

    return submit(form, save, lambda status, fresh=None: _dialog(form, None, status), lambda: None)


@blueprint.route("/calling-rules/<id:rule_id>/edit", methods=["GET", "POST"])
@allow(*ADMINS)
def edit(rule_id: int):
    rule = _rule_or_404(rule_id)
    form = RuleForm(data=known(rule) | {"effective_from": clock.today(me().timezone)})
    if request.method == "GET":
        return _dialog(form, rule, 200)

    def replace():
        return editing.replace(rule, me(), sent_version() or 0, form.effective_from.data, **form.facts())

    def save():
        made = once(request.form.get("once", ""), me(), replace)
        return go(
            url_for("calling.show", rule_id=made.id), "It counts from that day on; what counted before stays on record"
        )

    return submit(
        form, save, lambda status, fresh=rule: _dialog(form, fresh, status), lambda: _rule_or_404(rule_id), known
    )


@blueprint.route("/calling-rules/<id:rule_id>/end", methods=["GET", "POST"])
@allow(*ADMINS)
def end(rule_id: int):
    rule = _rule_or_404(rule_id)
    form = EndForm(data={"last_day": clock.today(me().timezone) - timedelta(days=1)})

    def again(status: int, fresh=rule):
        return show_dialog(
            "calling/end.html",
            f"End the rule of {name_of(rule.region)}",
            url_for("calling.show", rule_id=rule_id),
            status,
            form=form,
            record=fresh,
            stale=status == 409,
            form_action=url_for("calling.end", rule_id=rule_id),
        )

    if request.method == "GET":
        return again(200)

    def save():
        editing.end(rule, me(), sent_version() or 0, form.last_day.data)
        return go(url_for("calling.show", rule_id=rule_id), "The rule ends")

    return submit(form, save, again, lambda: _rule_or_404(rule_id))


def _dialog(form: RuleForm, rule: CallingRule | None, status: int):
    action = url_for("calling.edit", rule_id=rule.id) if rule else url_for("calling.new")
    back = url_for("calling.show", rule_id=rule.id) if rule else url_for("calling.index")
    title = f"Change the rule of {name_of(rule.region)}" if rule else "A new calling rule"
    return show_dialog(
        "calling/rule.html", title, back, status, form=form, record=rule, stale=status == 409, form_action=action
    )


def _rule_or_404(rule_id: int) -> CallingRule:
    return CallingRule.get_or_none(CallingRule.id == rule_id) or abort(404)
