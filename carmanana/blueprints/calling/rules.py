"""Rows of the calling rules: adding, changing from a day on, ending, and what counted before."""

from flask import render_template

from carmanana.blueprints.calling.base import ADMINS, READERS, blueprint
from carmanana.blueprints.calling.forms import RuleForm, known
from carmanana.blueprints.calling.pages import words
from carmanana.contacting.calling import editing
from carmanana.core import clock
from carmanana.records.calling import CALLED_PARTY, CallingRule, RegionHoliday
from carmanana.web.access import allow
from carmanana.web.current_user import me
from carmanana.web.regional_rows import RegionalRows

BLANK = {
    "clock": CALLED_PARTY,
    "opens": "09:00",
    "closes": "20:00",
    "weekdays": list("12345"),
    "consent": "none",
    "confidence": "unsure",
}


ROWS = RegionalRows(
    blueprint,
    "/calling-rules",
    "rule_id",
    CallingRule,
    editing,
    RuleForm,
    known,
    BLANK,
    template="calling/rule.html",
    icon="phone",
    a_new="calling rule",
    of_one="rule",
    added="The rule is added",
    changed="It counts from that day on; what counted before stays on record",
    ended="The rule ends",
    without="It stays on record for past calls. Of a region without rows nobody is called.",
)
ROWS.register(*ADMINS)


@blueprint.get("/calling-rules/<id:rule_id>")
@allow(*READERS)
def show(rule_id: int):
    """All that a row says, the others of its region, and those that it took the place of."""
    rule = ROWS.load(rule_id)
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
        "described": ROWS,
    }
    return render_template("calling/show.html", **context, **words())
