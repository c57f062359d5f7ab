"""What is set for inquiries: who may show the form, who gets them, and how soon they are answered."""

from flask import current_app, render_template, request, url_for

from carmanana.blueprints.inquiries.base import blueprint
from carmanana.blueprints.inquiries.forms import InquirySettingsForm
from carmanana.leads import inquiry_settings
from carmanana.records.inquiries import InquirySettings
from carmanana.records.people import CRM_ADMIN, MANAGER
from carmanana.web.access import allow
from carmanana.web.current_user import me
from carmanana.web.fragments import go
from carmanana.web.loading import sent_version
from carmanana.web.steps import submit


@blueprint.get("/inquiries")
@allow(MANAGER, CRM_ADMIN)
def settings():
    return _page(InquirySettingsForm(data=_known(InquirySettings.now())))


@blueprint.post("/inquiries")
@allow(CRM_ADMIN)
def set_up():
    form = InquirySettingsForm(data=_known(InquirySettings.now()))

    def save():
        chosen = form.origins.data or "", form.owner.person, form.answer_minutes.data, form.privacy_url.data or ""
        inquiry_settings.set_inquiries(me(), sent_version() or 0, *chosen)
        return go(url_for("inquiries.settings"), "Saved")

    return submit(
        form, save, lambda status, fresh=None: (_page(form, status == 409), status), InquirySettings.now, _known
    )


def _known(now: InquirySettings) -> dict:
    return now.__data__ | {"owner": now.owner_id}


def _page(form: InquirySettingsForm, stale: bool = False):
    settings, root = current_app.config["SETTINGS"], request.host_url.rstrip("/")
    context = {"inquire_url": root + url_for("inquiries.inquire"), "intake_url": root + url_for("inquiries.intake")}
    context |= {
        "now": InquirySettings.now(),
        "takes_posts": bool(settings.intake_token),
        "may_edit": me().has(CRM_ADMIN),
    }
    return render_template("inquiries/settings.html", form=form, stale=stale, **context)
