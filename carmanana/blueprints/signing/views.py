"""Signing in and out, and forgotten passwords."""

from flask import Blueprint, current_app, render_template, request, url_for
from flask_login import current_user

from carmanana import worker
from carmanana.records.people import ROLES, User
from carmanana.staffing import second_factor, signin
from carmanana.staffing.settings import settle_locale
from carmanana.web.access import public, signed_in
from carmanana.web.addresses import local_address
from carmanana.web.current_user import forget, half, half_signed_in, remember
from carmanana.web.forms import DealershipForm, TextField
from carmanana.web.fragments import go
from carmanana.web.steps import ask

blueprint = Blueprint("signing", __name__)

DEMO_PASSWORD = "carmanana-demo"


class SigninForm(DealershipForm):
    email = TextField("Email", most=254)
    password = TextField("Password", most=256)


class CodeForm(DealershipForm):
    code = TextField("Code", most=40)


class ForgottenForm(DealershipForm):
    email = TextField("Email", most=254)


class PasswordForm(DealershipForm):
    password = TextField("New password", most=256)


@blueprint.route("/sign-in", methods=["GET", "POST"])
@public
def sign_in():
    if current_user.is_authenticated and request.method == "GET":
        return go(_wanted())
    form = SigninForm()

    def again(status: int):
        demo = {"people": _demo_people(), "demo_password": DEMO_PASSWORD}
        html = render_template("signing/sign_in.html", form=form, next=request.values.get("next", ""), **demo)
        return html, status

    return ask(form, lambda: _signed_in(form), again)


def _signed_in(form: SigninForm):
    user = signin.sign_in(form.email.data or "", form.password.data or "", request.remote_addr or "")
    if second_factor.of(user):
        half_signed_in(user)
        return go(url_for("signing.code", next=request.values.get("next") or None))
    return _in(user)


def _in(user: User):
    settle_locale(user, request.headers.get("Accept-Language"))
    remember(user)
    return go(_wanted())


@blueprint.route("/sign-in/code", methods=["GET", "POST"])
@public
def code():
    """The second factor of whoever has just given the right password."""
    user, form = half(), CodeForm()
    if user is None:
        return go(url_for("signing.sign_in", next=request.values.get("next") or None))

    def save():
        second_factor.check(user, form.code.data or "")
        return _in(user)

    def again(status: int):
        return render_template("signing/code.html", form=form, next=request.values.get("next", "")), status

    return ask(form, save, again)


def _wanted() -> str:
    """Where they were going, if it is a page of ours."""
    return local_address(request.values.get("next", ""))


def _demo_people() -> list:
    """Listed on the page in demo mode only."""
    if not current_app.config["SETTINGS"].demo:
        return []
    people = User.working().where(User.email.in_([f"{name}@carmanana.example" for name in DEMO_NAMES]))
    by_email = {user.email: user for user in people}
    return [
        (user, ", ".join(ROLES[role] for role in sorted(user.roles)))
        for name in DEMO_NAMES
        if (user := by_email.get(f"{name}@carmanana.example"))
    ]


DEMO_NAMES = ("agent", "agent2", "manager", "manager2", "retention", "cancellations", "compliance", "admin")


@blueprint.post("/sign-out")
@signed_in
def sign_out():
    """Nothing of theirs stays in this browser; where something of another person's waits to be sent, the page clears
    its own."""
    others_wait = request.form.get("others_wait") == "1"
    forget()
    response = go(url_for("signing.sign_in"))
    if not others_wait:
        response.headers["Clear-Site-Data"] = '"storage"'
    return response


@blueprint.route("/password/forgotten", methods=["GET", "POST"])
@public
def forgotten():
    form = ForgottenForm()

    def save():
        signin.ask_for_reset(form.email.data or "", current_app.config["SETTINGS"].public_url)
        worker.nudge()
        return render_template("signing/asked.html", mail=bool(current_app.config["SETTINGS"].smtp_url))

    return ask(form, save, lambda status: (render_template("signing/forgotten.html", form=form), status))


@blueprint.route("/password/<token>", methods=["GET", "POST"])
@public
def choose_password(token: str):
    form = PasswordForm()
    user = signin.reset_for(token)
    if user is None:
        return render_template("signing/spent.html"), 404

    def save():
        signin.use_reset(token, form.password.data or "")
        return go(url_for("signing.sign_in"))

    return ask(form, save, lambda status: (render_template("signing/choose.html", form=form, user=user), status))
