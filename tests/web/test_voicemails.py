"""Voicemails that are recorded: spoken for a wording, approved with it, played to whoever drops them."""

import io

import pytest

from carmanana.contacting import attachments
from carmanana.contacting.attachments import sort_of
from carmanana.leads.dialing import building
from carmanana.records.attachments import Attachment
from carmanana.records.scripts import Script, ScriptRecording


def box(*tracks: bytes, brand: bytes = b"isom") -> bytes:
    handlers = b"".join(b"\x00\x00\x00\x21hdlr" + b"\x00" * 8 + track + b"\x00" * 12 for track in tracks)
    return b"\x00\x00\x00\x18ftyp" + brand + b"\x00\x00\x02\x00mp42iso5" + b"\x00\x00\x01\x00moov" + handlers


WEBM = b"\x1aE\xdf\xa3\x9fB\x86\x81\x01B\x82\x84webm" + b"\x86\x86A_OPUS"
SORTS = [
    (box(b"soun"), "recording", "audio/mp4"),
    (box(b"soun", brand=b"iso5"), "recording", "audio/mp4"),
    (box(b"soun", brand=b"mp42"), "recording", "audio/mp4"),
    (b"\x00\x00\x00\x18ftypM4A \x00", "recording", "audio/mp4"),
    (box(b"vide", b"soun"), "document", "video/mp4"),
    (box(), "document", "video/mp4"),
    (WEBM, "recording", "audio/webm"),
    (b"\x1aE\xdf\xa3\x9fB\x86\x81\x01B\x82\x84webm" + b"\x86\x85V_VP9" + b"\x86\x86A_OPUS", "document", "video/webm"),
    (b"OggS\x00\x02" + b"\x00" * 22 + b"OpusHead", "recording", "audio/ogg"),
    (b"OggS\x00\x02" + b"\x00" * 22 + b"\x80theora", "document", "video/ogg"),
]


def test_sound_is_known_by_its_content():
    assert [(content, sort_of(content)) for content, *sort in SORTS if sort_of(content) != tuple(sort)] == []


@pytest.fixture
def voicemail(cast):
    return Script.select().where(Script.situation == "lead_voicemail", Script.language == "en").get()


def send(browser, script, content=WEBM, name="voicemail.webm"):
    data = {"version": str(script.version), "files": [(io.BytesIO(content), name)]}
    return browser.post(f"/scripts/{script.id}/recording", data=data)


def test_a_recording_is_dropped_once_a_manager_has_approved_it(visit, cast, voicemail):
    manager, agent = visit("manager"), visit("agent")
    page = manager.get(f"/scripts/{voicemail.id}")
    assert "data-recorder" in page.text and "microphone=(self)" in page.headers["Permissions-Policy"]
    assert "microphone=()" in manager.get("/scripts/").headers["Permissions-Policy"]
    assert send(manager, voicemail).status_code == 303
    draft = Script.get(Script.key == voicemail.key, Script.standing == "draft")
    kept, words = ScriptRecording.get(), draft.words
    assert kept.script_id == draft.id and words == voicemail.words
    assert "iPhones don’t play" in manager.get(f"/scripts/{draft.id}").text
    assert agent.get(f"/scripts/recordings/{kept.id}").status_code == 404
    visit("manager2").post(f"/scripts/{draft.id}/approve", data={"version": draft.version})
    served = agent.get(f"/scripts/recordings/{kept.id}")
    assert served.data == WEBM and served.content_type == "audio/webm"
    sequence = building.prepare(cast.agent, cast.agent, [cast.lead(cast.agent, answer_by={"call"})], "One")
    agent.post(f"/leads/sequences/{sequence.id}/start")
    assert f"/scripts/recordings/{kept.id}" in agent.get(f"/leads/sequences/{sequence.id}").text


def test_a_file_that_is_no_recording_is_not_kept_and_what_is_thrown_away_leaves_nothing(visit, voicemail):
    manager, lying = visit("manager"), set(attachments.folder.iterdir())
    answer = send(manager, voicemail, b"%PDF-1.7", "words.pdf")
    assert answer.status_code == 422 and "is no recording" in answer.text and not ScriptRecording.select().exists()
    assert send(manager, Script.current("request_noting")).status_code == 422
    send(manager, voicemail)
    draft = Script.get(Script.standing == "draft")
    again = send(manager, draft, SORTS[0][0], "voicemail.m4a")
    draft = Script.get_by_id(draft.id)
    assert again.status_code == 303 and ScriptRecording.get().media_type == "audio/mp4"
    assert (
        manager.post(f"/scripts/{voicemail.id}/recording/removal", data={"version": voicemail.version}).status_code
        == 422
    )
    manager.post(f"/scripts/{draft.id}/discard", data={"version": draft.version})
    assert not ScriptRecording.select().exists() and set(attachments.folder.iterdir()) == lying


def test_a_recording_of_a_lead_plays_in_place(visit, cast):
    lead, agent = cast.lead(cast.agent), visit("agent")
    facts = {
        "kind": "call",
        "direction": "in",
        "summary": "Wants an X5",
        "next_step": "Call",
        "due_at": "2026-12-01T10:00",
    }
    facts["files"] = [(io.BytesIO(WEBM), "call.webm")]
    answer = agent.post(f"/leads/{lead.id}/contacts/new", data=facts)
    assert answer.status_code == 303, answer.text
    file = Attachment.get()
    assert f"/files/{file.id}" in agent.get(f"/leads/{lead.id}").text
    assert agent.get(f"/files/{file.id}").data == WEBM
    assert visit("agent2").get(f"/files/{file.id}").status_code == 404
