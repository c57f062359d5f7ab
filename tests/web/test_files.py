"""Files on a deal: what they may be, who sees them, how they are served."""

import io
import zipfile
from dataclasses import replace

import pytest

from carmanana import open_data
from carmanana.contacting import attachments
from carmanana.core import uploads
from carmanana.records.activities import Activity
from carmanana.records.attachments import Attachment

WAV = b"RIFF$\x00\x00\x00WAVEfmt " + b"\x00" * 40
PNG = b"\x89PNG\r\n\x1a\n" + b"\x00" * 40
MAIL = (
    "From: maría@example.com\r\nTo: sales@carmanana.example\r\nSubject: =?utf-8?q?Mi_coche?=\r\nDate: Wed, 18 Nov "
    "2026 10:00:00 -0500\r\n\r\n¿Cuándo llega? <script>x</script>"
).encode()
CALL = {
    "kind": "call",
    "direction": "out",
    "outcome": "connected_follow_up",
    "summary": "Wants a hybrid",
    "next_step": "Send options",
    "due_at": "2026-12-01T10:00",
}


@pytest.fixture
def deal(cast):
    return cast.deal(cast.agent)


@pytest.fixture
def marta(visit):
    return visit("agent")


def send(browser, deal, *files, **fields):
    data = CALL | fields | {"files": [(io.BytesIO(content), name) for name, content in files]}
    return browser.post(f"/deals/{deal.id}/activities/new", data=data)


def test_a_recording_comes_with_its_call_and_plays_in_place(deal, marta):
    assert send(marta, deal, ("call 09:48.wav", WAV)).status_code == 303
    kept = Attachment.get()
    assert (kept.kind, kept.media_type, kept.activity.kind) == ("recording", "audio/wav", "call")
    page = marta.get(f"/deals/{deal.id}").text
    assert "data-player" in page and f"/files/{kept.id}" in page
    served = marta.get(f"/files/{kept.id}")
    assert served.data == WAV and served.content_type == "audio/wav"
    assert (
        "sandbox" in served.headers["Content-Security-Policy"] and served.headers["X-Content-Type-Options"] == "nosniff"
    )
    part = marta.get(f"/files/{kept.id}", headers={"Range": "bytes=0-3"})
    assert part.status_code == 206 and part.data == b"RIFF"


def test_an_email_is_shown_as_text(deal, marta):
    send(marta, deal, ("reply.eml", MAIL))
    kept = Attachment.get()
    assert kept.kind == "email"
    page = marta.get(f"/files/{kept.id}/email").text
    assert "Mi coche" in page and "¿Cuándo llega?" in page and "<script>x" not in page


def test_what_claims_to_be_a_picture_and_is_a_page_is_only_downloaded(deal, marta):
    send(marta, deal, ("picture.png", b"<html><script>alert(1)</script></html>"))
    served = marta.get(f"/files/{Attachment.get().id}")
    assert served.headers["Content-Disposition"].startswith("attachment") and "html" not in served.content_type


def test_names_with_any_letters_and_paths_that_try_to_leave(deal, marta):
    send(marta, deal, ("../../etc/Договор – 契約 (final).pdf", b"%PDF-1.7 ..."))
    kept = Attachment.get()
    assert kept.name == "Договор – 契約 (final).pdf"
    assert attachments.path_of(kept).parent == attachments.folder
    assert marta.get(f"/files/{kept.id}").status_code == 200


def bomb() -> bytes:
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("zeros", b"\0" * (attachments.UNPACKED + 1))
    return packed.getvalue()


def zip_of(members: int = 1, kind: int = zipfile.ZIP_STORED) -> bytes:
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", kind) as archive:
        for number in range(members):
            archive.writestr(f"{number:06}{'x' * 200}", b"x" * 100)
    return packed.getvalue()


def of_another_version() -> bytes:
    """A zip that asks for what no program has yet."""
    made = zip_of()
    at = made.rfind(b"PK\x01\x02") + 6
    return made[:at] + b"\xd5\x00" + made[at + 2 :]


def test_a_zip_that_nobody_can_read_is_kept_as_it_is(deal, marta):
    assert send(marta, deal, ("odd.zip", of_another_version()), ("cut.zip", zip_of()[:-9])).status_code == 303
    assert Attachment.select().count() == 2


@pytest.mark.parametrize(
    "content, sentence",
    [
        (lambda: b"", "is empty"),
        (lambda: zip_of(5_000), "unpacks to more"),
        (lambda: PNG + b"\0" * uploads.most_bytes(), "larger than 20 MB"),
        (bomb, "unpacks to more"),
    ],
)
def test_a_file_that_may_not_come_keeps_the_entry_out_too(deal, marta, content, sentence):
    answer = send(marta, deal, ("fine.png", PNG), ("odd.bin", content()))
    assert answer.status_code == 422 and sentence in answer.text and "Wants a hybrid" in answer.text
    assert Activity.select().count() == Attachment.select().count() == 0
    assert list(attachments.folder.iterdir()) == []


def test_a_refused_entry_keeps_no_file(deal, marta):
    assert send(marta, deal, ("fine.png", PNG), summary="").status_code == 422
    assert list(attachments.folder.iterdir()) == []


def test_the_same_entry_twice_keeps_one_file(deal, marta):
    for _ in range(2):
        assert send(marta, deal, ("fine.png", PNG), once="k1").status_code == 303
    assert Attachment.select().count() == len(list(attachments.folder.iterdir())) == 1


def test_files_of_a_deal_that_one_may_not_see_are_not_there(deal, marta, visit):
    send(marta, deal, ("fine.png", PNG), ("reply.eml", MAIL))
    other = visit("agent2")
    for kept in Attachment.select():
        assert other.get(f"/files/{kept.id}").status_code == other.get(f"/files/{kept.id}/email").status_code == 404
    assert visit("compliance").get(f"/files/{Attachment.get().id}").status_code == 200


def test_more_than_a_request_may_carry_is_413(deal, marta):
    answer = send(marta, deal, ("huge.bin", b"\0" * (23 * 1024 * 1024)))
    assert answer.status_code == 413 and "too large" in answer.text


def test_the_setting_says_how_large_a_file_may_be(app, settings, deal, marta, visit):
    manager = visit("manager")
    open_data(app, replace(settings, upload_megabytes=3))
    assert "larger than 3 MB" in send(marta, deal, ("large.png", PNG + b"\0" * 3 * uploads.MEGABYTE)).text
    assert "up to 3 MB" in send(marta, deal, ("huge.bin", b"\0" * 23 * uploads.MEGABYTE)).text
    assert "Up to 3 MB" in manager.get("/imports/").text
    answer = manager.post("/imports/", data={"file": (io.BytesIO(b"Name\n" * uploads.MEGABYTE), "names.csv")})
    assert answer.status_code == 422 and "3 MB" in answer.text


def test_files_without_a_contact_come_with_a_note(deal, marta):
    answer = marta.post(f"/deals/{deal.id}/files", data={"files": [(io.BytesIO(PNG), "trade-in.png")]})
    assert answer.status_code == 303
    assert Attachment.get().activity.kind == "note"
    assert marta.post(f"/deals/{deal.id}/files", data={}).status_code == 422
