"""Where one hears of what: the matrix of one's own settings, and the devices that take pushes."""

from datetime import time

from flask import Blueprint, abort, current_app, render_template, request, url_for

from carmanana.core import locales
from carmanana.notifying import devices, preferences, push_keys
from carmanana.records.notification_kinds import Ways
from carmanana.records.notification_settings import NotificationSettings
from carmanana.staffing import sessions
from carmanana.web.access import signed_in
from carmanana.web.current_user import me
from carmanana.web.filters import locale
from carmanana.web.forms import BooleanField, DealershipForm, SelectField
from carmanana.web.fragments import go
from carmanana.web.steps import ask

blueprint = Blueprint("notifying", __name__)
NAMES = {"app": "In the app", "push": "Push", "email": "Email at once", "digest": "In the digest"}


class NotifyingForm(DealershipForm):
    digest = BooleanField("Send me a digest by email")
    digest_at = SelectField("At", default="08:00", validate_choice=False)
    push_names = BooleanField("Pushes may name customers")

    def __init__(self, **kwargs):
        super().__init__(**kwargs)
        self.digest_at.choices = [(at, locales.hour(time.fromisoformat(at), locale())) for at in preferences.TIMES]


@blueprint.route("/me/notifications", methods=["GET", "POST"])
@signed_in
def settings():
    form = NotifyingForm(obj=NotificationSettings.of(me()))

    def save():
        chosen = {kind.code: ways for _, rows in _rows() for kind, ways in rows}
        preferences.settle(me(), chosen, form.digest.data, form.digest_at.data or "", form.push_names.data)
        return go(url_for("notifying.settings"), "Saved")

    return ask(form, save, lambda status: _page(form, status))


def _rows() -> list:
    """As they stand, or as they were sent."""
    rows = preferences.rows_of(me())
    if request.method == "GET":
        return rows
    ticked = {name: set(request.form.getlist(f"by_{name}")) for name in Ways.NAMES}
    return [(group, [(kind, _sent(kind.code, ticked)) for kind, _ in kinds]) for group, kinds in rows]


def _sent(code: str, ticked: dict[str, set]) -> Ways:
    return Ways(**{name: code in codes for name, codes in ticked.items()})


def _page(form: NotifyingForm, status: int):
    terms = current_app.config["SETTINGS"]
    keys = push_keys.known(terms.data) if terms.push_contact else None
    context = {"devices": devices.of(me()), "push": bool(terms.push_contact), "key": keys.public if keys else ""}
    context |= {"mails": bool(terms.smtp_url), "names": NAMES, "rows": _rows(), "zone": me().timezone}
    return render_template("notifications/settings.html", form=form, **context), status


# devices


@blueprint.route("/me/devices", methods=["POST", "DELETE"])
@signed_in
def this_device():
    """This browser takes pushes from now on, or none any more. Asked by a script."""
    sent = {name: request.form.get(name, "") for name in ("endpoint", "p256dh", "auth")}
    if request.method == "DELETE":
        return "", 204 if devices.remove_this(me(), sent["endpoint"]) else 404
    devices.enter(me(), **sent, name=sessions.browser(request.user_agent.string))
    return "", 204


@blueprint.post("/me/devices/<id:device_id>/remove")
@signed_in
def remove_device(device_id: int):
    if not devices.remove(me(), device_id):
        abort(404)
    return go(url_for("notifying.settings"), "That device gets no more pushes")
