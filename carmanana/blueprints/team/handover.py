"""Everything open of somebody goes to others."""

from flask import render_template, request, url_for

from carmanana.blueprints.team.base import blueprint, person_or_404
from carmanana.records.people import AGENT, MANAGER, RETENTION, User
from carmanana.staffing.absences import absent_now
from carmanana.staffing.handover import Report, hand_over
from carmanana.staffing.leaving import open_work
from carmanana.web.access import allow
from carmanana.web.current_user import me
from carmanana.web.forms import DealershipForm, ValidationError, WordsField
from carmanana.web.forms.choices import OwnerField, PersonField
from carmanana.web.fragments import go, htmx
from carmanana.web.steps import ask

SHOWN = 100
ROWS = ("deal-", "lead-", "step-", "review-", "case-", "issue-", "expiry-", "clients-")


class HandOverForm(DealershipForm):
    """Reviews go to managers and orders to save to the Retention Team; the rest to whoever works deals."""

    reviewer = PersonField("Cancellation reviews to", (MANAGER,), nobody="Nobody yet")
    member = PersonField("Retention cases to", (RETENTION,), nobody="Nobody yet")
    owner = OwnerField(
        "Everything to", (AGENT, MANAGER), nobody="Nobody yet"
    )  # the last one, which answers for every row
    reason = WordsField("Reason", most=2000)

    def besides(self, user: User) -> None:
        for field in (self.owner, self.reviewer, self.member):
            field.besides = user

    def of(self, what: str) -> PersonField:
        return {"review": self.reviewer, "case": self.member}.get(what, self.owner)

    def chosen(self, what: str, number: int) -> User | None:
        """Who takes one row over: chosen for it, for all of its kind, or for everything."""
        field = self.of(what)
        return field.people.get(request.form.get(f"{what}-{number}", "")) or field.person or self.owner.person

    def validate_owner(self, field) -> None:
        sent = [
            (name.partition("-")[0], value) for name, value in request.form.items() if name.startswith(ROWS) and value
        ]
        if not all(value in self.of(what).people for what, value in sent):
            raise ValidationError("Choose people from the list.")
        if not (sent or field.person or self.reviewer.person or self.member.person):
            raise ValidationError("Choose who takes it over.")


@blueprint.route("/people/<id:user_id>/hand-over", methods=["GET", "POST"], endpoint="hand_over")
@allow("manager", "crm_admin")
def hand_over_page(user_id: int):
    if htmx and request.method == "GET":
        return go(url_for("people.hand_over", user_id=user_id))
    user = person_or_404(user_id)
    form = HandOverForm(data={"owner": _cover_of(user)})
    form.besides(user)

    def page(status: int, report: Report | None = None):
        return render_template(
            "people/hand_over.html", user=user, form=form, report=report, work=open_work(user), shown=SHOWN
        ), status

    return ask(form, lambda: page(200, hand_over(user, me(), form.chosen, form.reason.data or "")), page)


def _cover_of(user: User) -> str:
    """Who covers while they are away is proposed, unless they are away too."""
    away = absent_now()
    cover = user.id in away and away[user.id].cover_id
    return str(cover) if cover and cover not in away else ""
