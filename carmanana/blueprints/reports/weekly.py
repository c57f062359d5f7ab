"""Whether one gets the weekly report by email."""

from flask import current_app, render_template, request, url_for

from carmanana.blueprints.reports.base import blueprint
from carmanana.core import clock
from carmanana.records.weekly_reports import WeeklyReport
from carmanana.reports.registry import READERS
from carmanana.reports.weekly import letter, monday, settle
from carmanana.web.access import allow
from carmanana.web.current_user import me
from carmanana.web.fragments import go


@blueprint.route("/weekly", methods=["GET", "POST"])
@allow(*READERS)
def weekly():
    if request.method == "POST":
        wanted = request.form.get("wanted") == "yes"
        settle(me(), wanted)
        said = "You get the weekly report from next Monday on" if wanted else "You get no weekly report any more"
        return go(url_for("reports.weekly"), said)
    subject, body = letter(me(), monday(clock.now(), me().timezone), current_app.config["SETTINGS"].public_url)
    return render_template("reports/weekly.html", wanted=WeeklyReport.wanted_by(me()), subject=subject, body=body)
