"""Emails as mail programs save them, and as nobody should: read, or left alone, never a crash."""

import time
from datetime import UTC, datetime
from email.message import EmailMessage
from email.policy import SMTP

import pytest

from carmanana.contacting.attachments import sort_of
from carmanana.contacting.mail.markup import text_of
from carmanana.contacting.mail.reading import read_mail

from ..soaking import SOAK
from .letters_world import eml

AT = datetime(2026, 11, 18, 15, tzinfo=UTC)


@pytest.fixture(autouse=True)
def noon(cast):
    """Dates are believed up to now."""


def test_a_plain_one():
    mail = read_mail(eml("María <maria@example.com>").as_bytes(SMTP))
    assert (mail.sender, mail.to, mail.subject, mail.at, mail.message_id) == (
        "maria@example.com",
        ["sales@carmanana.example"],
        "My order",
        AT,
        "<a1@mail.example>",
    )
    assert mail.words == "When does it arrive?" and mail.parts == []


LATIN = (
    b"From: =?iso-8859-1?Q?Jos=E9?= <jose@example.com>\r\nTo: x@y.example\r\nSubject: =?iso-8859-1?Q?Se=F1or?=\r\n "
    b"=?iso-8859-1?Q?_Perez?=\r\n"
)
SHAPES = {
    "quoted-printable latin-1": (
        LATIN
        + (
            b"Content-Type: text/plain; charset=iso-8859-1\r\nContent-Transfer-Encoding: "
            b"quoted-printable\r\n\r\nMa=F1ana a las 5 =\r\nllego."
        ),
        "Mañana a las 5 llego.",
    ),
    "html only": (
        b"From: a@b.example\nSubject: x\nContent-Type: text/html; "
        b"charset=utf-8\n\n<html><head><style>p{color:red}</style></head><body><p>Hello &amp; "
        b"thanks</p><script>x()</script><div>Bye<br>Ana</div></body></html>",
        "Hello & thanks\n\nBye\nAna",
    ),
    "raw utf-8 without a charset": ("From: maría@b.example\nSubject: Año\n\n¿Cuándo?".encode(), "¿Cuándo?"),
    "windows-1252 without a charset": ("From: a@b.example\nSubject: x\n\n“Señor”".encode("cp1252"), "“Señor”"),
    "a charset that nobody knows": (
        b"From: a@b.example\nSubject: x\nContent-Type: text/plain; charset=klingon\n\nqapla",
        "qapla",
    ),
    "a charset that is no text": (
        b"From: a@b.example\nSubject: x\nContent-Type: text/plain; charset=zlib\n\nqapla",
        "qapla",
    ),
    "broken base64": (b"From: a@b.example\nSubject: x\nContent-Transfer-Encoding: base64\n\n!!!not base64", None),
    "a mailbox line first": (b"From ana@b.example Wed Nov 18 10:00:00 2026\nFrom: a@b.example\nSubject: x\n\nHi", "Hi"),
    "nothing but headers": (b"From: a@b.example\nSubject: x\n", ""),
    "a boundary that never comes": (
        b"From: a@b.example\nSubject: x\nContent-Type: multipart/mixed; boundary=q\n\nHi",
        None,
    ),
    "a name with commas and no quotes": (b"From: Smith, Ana <a@b.example>\nSubject: x\n\nHi", "Hi"),
}


@pytest.mark.parametrize("name", SHAPES)
def test_shapes_that_come_in(name):
    content, words = SHAPES[name]
    assert sort_of(content) == ("email", "message/rfc822")
    mail = read_mail(content)
    assert "@b.example" in mail.sender or mail.sender == "jose@example.com"
    if words is not None:
        assert mail.words == words


def test_folded_and_coded_headers_are_one_line():
    mail = read_mail(SHAPES["quoted-printable latin-1"][0])
    assert mail.subject == "Señor Perez" and mail.shown["from"] == "José <jose@example.com>"


@pytest.mark.parametrize(
    ("date", "at"),
    [
        ("Wed, 18 Nov 2026 10:00:00 -0500", AT),
        ("18 Nov 2026 15:00:00 -0000", AT),
        ("Thu, 19 Nov 2026 10:00:00 +0000", None),
        ("Fri, 01 Jan 1971 00:00:00 +1400", None),
        ("Fri, 31 Dec 9999 23:59:59 -1200", None),
        ("yesterday", None),
        ("", None),
        ("Wed, 18 Nov 2026 10:00:00 +9999999999", None),
        (None, None),
    ],
)
def test_only_a_believable_date_counts(date, at):
    head = f"Date: {date}\n" if date is not None else ""
    assert read_mail(f"From: a@b.example\n{head}Subject: x\n\nHi".encode()).at == at


def test_a_message_saved_as_text_from_outlook():
    text = (
        b"\xef\xbb\xbfFrom:\tAna Ruiz <ana@example.com>\r\nSent:\tWednesday, November 18, 2026 10:00 "
        b"AM\r\nTo:\tSales\r\nSubject:\tMy order\r\n\r\nWhere is it?"
    )
    assert sort_of(text)[0] == "email"
    mail = read_mail(text, "America/New_York")
    assert (mail.sender, mail.subject, mail.words, mail.at) == ("ana@example.com", "My order", "Where is it?", AT)


def rich() -> EmailMessage:
    message = eml("ana@example.com")
    message.add_alternative("<p>When does it <b>arrive</b>?</p>", subtype="html")
    message.add_attachment(b"%PDF-1.7 signed", maintype="application", subtype="pdf", filename="Договор – 契約.pdf")
    message.add_attachment(b"\x89PNG\r\n\x1a\n..", maintype="image", subtype="png")
    message.add_attachment(b'x\x9f>"\x00', maintype="application", subtype="ms-tnef", filename="winmail.dat")
    message.add_attachment(eml("bo@example.com", subject="Before", text="Inner words"))
    message.add_attachment("BEGIN:VCALENDAR\r\nEND:VCALENDAR", subtype="calendar")
    return message


def test_what_came_with_it():
    mail = read_mail(rich().as_bytes())
    assert mail.words == "When does it arrive?"
    names = [part.name for part in mail.parts]
    assert (
        names[0] == "Договор – 契約.pdf"
        and names[1].endswith(".png")
        and names[2] == "winmail.dat"
        and names[3].endswith(".eml")
        and names[4].endswith(".ics")
    )
    assert mail.parts[0].content == b"%PDF-1.7 signed" and b"Inner words" in mail.parts[3].content


def test_a_mail_that_is_all_one_file():
    mail = read_mail(
        b"From: a@b.example\nSubject: Scan\nContent-Type: application/pdf\nContent-Transfer-Encoding: "
        b"base64\n\nJVBERi0xLjc="
    )
    assert (mail.words, mail.parts[0].content) == ("", b"%PDF-1.7")


def nested(depth: int) -> bytes:
    head = "".join(f'Content-Type: multipart/mixed; boundary="b{n}"\n\n--b{n}\n' for n in range(depth))
    return f"From: a@b.example\nSubject: x\n{head}\nHi".encode()


FLOODS = {
    "parts within parts": lambda: nested(3000),
    "parts within a few parts": lambda: nested(60),
    "parts without end": lambda: (
        b"From: a@b.example\nSubject: x\nContent-Type: multipart/mixed; boundary=b\n\n" + b"--b\n\n\n" * 2_500_000
    ),
    "headers without end": lambda: b"From: a@b.example\nSubject: x\n" + b"X-A: b\n" * 2_000_000,
    "headers of a part without end": lambda: (
        b"From: a@b.example\nSubject: x\nContent-Type: multipart/mixed; boundary=b\n\n--b\n" + b"a:\n" * 5_000_000
    ),
    "one endless header": lambda: b"From: a@b.example\nSubject: " + b"=?utf-8?q?x?= " * 1_000_000,
    "a content type of semicolons": lambda: b"From: a@b.example\nSubject: x\nContent-Type: text/plain" + b"; " * 90_000,
    "a part's content type of quotes": lambda: (
        b"From: a@b.example\nSubject: x\nContent-Type: multipart/mixed; boundary=b\n\n--b\nContent-Type: text/plain"
        + b';"a' * 900_000
    ),
    "comments in comments": lambda: b"From: " + b"(" * 100_000 + b"\nSubject: x\n\nHi",
    "a page of open tags": lambda: (
        b"From: a@b.example\nSubject: x\nContent-Type: text/html\n\n" + b"<![<style" * 1_000_000
    ),
    "a number of digits": lambda: (
        b"From: a@b.example\nSubject: x\nContent-Type: text/html\n\n&#" + b"9" * 100_000 + b";"
    ),
    "fifteen megabytes of text": lambda: b"From: a@b.example\nSubject: x\n\n" + b"word " * 3_000_000,
    "punycode": lambda: (
        b"From: a@b.example\nSubject: x\nContent-Type: text/plain; charset=punycode\n\n" + b"a" * 5_000_000
    ),
    "no line breaks": lambda: b"From: a@b.example\rSubject: x\r\r" + b"a" * 5_000_000,
    "zeros": lambda: b"From: a@b.example\nSubject: \x00\n\n" + b"\x00" * 5_000_000,
}


@pytest.mark.parametrize("name", FLOODS)
def test_what_is_made_to_break_us_is_read_or_left_within_seconds(name):
    content, began = FLOODS[name](), time.thread_time()
    mail = read_mail(content)
    assert mail is None or isinstance(mail.words, str)
    assert time.thread_time() - began < (5 if SOAK else 60), "seconds of the processor"


def test_a_page_however_broken():
    assert text_of("a<b") == "a" and text_of("1 &lt; 2<br>x &nbsp; y<p>z") == "1 < 2\nx y\nz"
    assert text_of("<title>no</title><body>yes<script>no<b>no</b></script> too") == "yes too"
