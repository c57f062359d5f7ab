"""A voicemail that is recorded: spoken for a version of its wording, and approved with it."""

from carmanana.contacting import attachments
from carmanana.contacting.attachments import Kept
from carmanana.contacting.scripts import writing
from carmanana.contacting.scripts.spoken import Line
from carmanana.core import audit, clock
from carmanana.core.db import as_json, change, transaction
from carmanana.core.query import prepared
from carmanana.core.workflow import Refusal, Refused
from carmanana.records.people import User
from carmanana.records.scripts import APPROVED, SAY, Script, ScriptRecording
from carmanana.records.sops import SOP_LEADS
from carmanana.schema.sqlite import members

VOICEMAIL = "lead_voicemail"
FACTS = ("who", "title", "words", "sop")


def may_have_one(script: Script) -> bool:
    return script.situation == VOICEMAIL and script.kind == SAY


def of(script: Script | None) -> ScriptRecording | None:
    return ScriptRecording.get_or_none(ScriptRecording.script == script) if script else None


def take(script: Script, by: User, version: int, files: list[Kept]) -> Script:
    """The draft that has it now: the one that there is, or a new version with the same words. It counts once it is
    approved."""
    _refuse(script, files)
    with transaction():
        fresh = writing.fresh_for(script, by, version)
        if not fresh.draft:
            fresh = writing.rewrite(fresh, by, version, **{name: getattr(fresh, name) for name in FACTS})
        else:
            change(fresh, author=by)
        before = of(fresh)
        if before:
            before.delete_instance()
        file = files[0]
        facts = {"name": file.name, "stored": file.stored, "media_type": file.media_type, "size": file.size}
        ScriptRecording.create(script=fresh, recorded_by=by, created_at=clock.now(), **facts)
        file.used = True
        audit.record("record_voicemail", fresh, by, number=fresh.number)
    _unlink(before)
    return fresh


def _refuse(script: Script, files: list[Kept]) -> None:
    if not may_have_one(script):
        raise Refused([Refusal("recording", "Only a voicemail is recorded.", SOP_LEADS)])
    if len(files) != 1:
        raise Refused([Refusal("recording", "Record it, or choose one recording.", SOP_LEADS, field="files")])
    if files[0].kind != "recording":
        sentence = f"{files[0].name} is no recording that can be played here. Send M4A, MP3, WAV, OGG or WebM."
        raise Refused([Refusal("recording", sentence, SOP_LEADS, field="files")])


def drop(script: Script, by: User, version: int) -> None:
    """Takes it off a draft; what is approved stays with what was approved."""
    with transaction():
        fresh = writing.fresh_for(script, by, version)
        if not fresh.draft:
            raise Refused([Refusal("approved", "This version is in use. Write a new one.", SOP_LEADS)])
        recording = of(fresh)
        if recording:
            recording.delete_instance()
            change(fresh, author=by)
            audit.record("drop_voicemail", fresh, by, number=fresh.number)
    _unlink(recording)


def discard(script: Script, by: User, version: int) -> None:
    """A draft goes, and what was recorded for it."""
    recording = of(script)
    writing.discard(script, by, version)
    _unlink(recording)


def _unlink(recording: ScriptRecording | None) -> None:
    if recording:
        attachments.path_of(recording).unlink(missing_ok=True)


def to_drop(lines: list[Line]) -> list[ScriptRecording]:
    """What was recorded of approved wordings."""
    spoken = {recording.script_id: recording for recording in of_approved(as_json([VOICEMAIL]))} if lines else {}
    return [spoken[line.script_id] for line in lines if line.script_id in spoken]


@prepared
def of_approved(situations):
    approved = Script.situation.in_(members(situations)) & (Script.standing == APPROVED)
    return ScriptRecording.select().join(Script).where(approved)
