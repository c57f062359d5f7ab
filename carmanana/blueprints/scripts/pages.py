"""The wording by situation, its drafts, their approval and history."""

from flask import abort, render_template, request, url_for

from carmanana.blueprints.scripts.comparing import compared
from carmanana.contacting.attachments import kept
from carmanana.contacting.scripts import recordings, spoken, writing
from carmanana.core.idempotency import once
from carmanana.records.people import User
from carmanana.records.scripts import APPROVED, KINDS, SITUATIONS, WHO, Script, ScriptRecording
from carmanana.web.access import allow
from carmanana.web.current_user import me
from carmanana.web.dialogs import show_dialog
from carmanana.web.files.stored import serve
from carmanana.web.forms import DealershipForm, RadioField, SelectField, TextField, WordsField
from carmanana.web.fragments import go
from carmanana.web.http.headers import WITH_MICROPHONE
from carmanana.web.loading import sent_files, sent_version
from carmanana.web.steps import ask

from .base import WRITERS, blueprint


class ScriptForm(DealershipForm):
    title = TextField("Title", most=writing.LONGEST_TITLE)
    who = RadioField("Who says it", choices=list(WHO.items()), default="agent", validate_choice=False)
    words = WordsField("Words", most=writing.LONGEST_WORDS)
    sop = TextField("Where the SOP says so", most=writing.LONGEST_SOP)


class NewScriptForm(ScriptForm):
    situation = SelectField("Situation", choices=[("", "Choose…"), *SITUATIONS.items()], validate_choice=False)
    kind = RadioField("Type", choices=list(KINDS.items()), default="say", validate_choice=False)


@blueprint.get("/scripts/")
@allow(*WRITERS)
def index():
    return render_template(
        "scripts/index.html", groups=writing.by_situation(), situations=SITUATIONS, drafts=writing.drafts()
    )


@blueprint.get("/scripts/<id:script_id>")
@allow(*WRITERS)
def show(script_id: int):
    """One wording with all its versions, whichever of them the address names."""
    script = _script_or_404(script_id)
    versions = list(Script.versions(script.key).select(Script, User).left_outer_join(User, on=Script.author))
    approved = next((version for version in versions if version.standing == "approved"), None)
    draft = next((version for version in versions if version.draft), None)
    about = approved or draft or script
    page = render_template(
        "scripts/show.html",
        script=about,
        approved=approved,
        draft=draft,
        versions=versions,
        compared=compared(approved.words, draft.words) if approved and draft else [],
        recorded={version.id: recordings.of(version) for version in (approved, draft) if version},
        records=recordings.may_have_one(about),
    )
    return page, 200, {"Permissions-Policy": WITH_MICROPHONE} if recordings.may_have_one(about) else {}


@blueprint.route("/scripts/new", methods=["GET", "POST"])
@allow(*WRITERS)
def new():
    form = NewScriptForm(data={"situation": request.args.get("situation", "")})

    def save():
        script = once(request.form.get("once", ""), me(), lambda: writing.add(me(), **form.data))
        return go(url_for("scripts.show", script_id=script.id), "The draft is written. It counts once it is approved")

    def again(status: int):
        return _dialog(form, "New wording", url_for("scripts.new"), url_for("scripts.index"), status)

    return ask(form, save, again)


@blueprint.route("/scripts/<id:script_id>/edit", methods=["GET", "POST"])
@allow(*WRITERS)
def edit(script_id: int):
    script = _script_or_404(script_id)
    form = ScriptForm(obj=script)

    def save():
        rewrite = lambda: writing.rewrite(script, me(), sent_version() or 0, **form.data)  # noqa: E731
        draft = once(request.form.get("once", ""), me(), rewrite)
        return go(url_for("scripts.show", script_id=draft.id), "The draft is saved. It counts once it is approved")

    def again(status: int, fresh: Script = script):
        action, back = url_for("scripts.edit", script_id=fresh.id), url_for("scripts.show", script_id=fresh.id)
        return _dialog(form, fresh.title, action, back, status, fresh)

    return ask(form, save, again, known=lambda fresh: fresh)


def _dialog(form: ScriptForm, title: str, action: str, back: str, status: int, script: Script | None = None):
    return show_dialog(
        "scripts/edit.html",
        title,
        back,
        status,
        form=form,
        form_action=action,
        script=script,
        blanks=spoken.BLANKS,
    )


@blueprint.post("/scripts/<id:script_id>/approve")
@allow(*WRITERS)
def approve(script_id: int):
    script = writing.approve(_script_or_404(script_id), me(), sent_version() or 0)
    return go(url_for("scripts.show", script_id=script.id), f"Version {script.number} is what is said now")


@blueprint.post("/scripts/<id:script_id>/discard")
@allow(*WRITERS)
def discard(script_id: int):
    script = _script_or_404(script_id)
    recordings.discard(script, me(), sent_version() or 0)
    approved = Script.current(script.key)
    return go(
        url_for("scripts.show", script_id=approved.id) if approved else url_for("scripts.index"), "The draft is gone"
    )


# a voicemail that is spoken once and dropped often


@blueprint.post("/scripts/<id:script_id>/recording")
@allow(*WRITERS)
def record(script_id: int):
    """Spoken into the browser, or a file."""
    script = _script_or_404(script_id)
    with kept(sent_files()) as files:
        draft = recordings.take(script, me(), sent_version() or 0, files)
    return go(
        url_for("scripts.show", script_id=draft.id), "The recording is kept. It counts once the draft is approved"
    )


@blueprint.post("/scripts/<id:script_id>/recording/removal")
@allow(*WRITERS)
def drop_recording(script_id: int):
    script = _script_or_404(script_id)
    recordings.drop(script, me(), sent_version() or 0)
    return go(url_for("scripts.show", script_id=script.id), "The recording is gone")


@blueprint.get("/scripts/recordings/<id:recording_id>")
@allow(*WRITERS, "agent", "compliance")
def recording(recording_id: int):
    """Whoever calls hears what they drop."""
    found = ScriptRecording.select(ScriptRecording, Script).join(Script).where(ScriptRecording.id == recording_id)
    if not me().has(*WRITERS):
        found = found.where(Script.standing == APPROVED)
    return serve(found.first() or abort(404))


def _script_or_404(script_id: int) -> Script:
    return Script.get_or_none(Script.id == script_id) or abort(404)
