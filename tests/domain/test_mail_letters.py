"""The letters of emails as mail programs read them, and dates that are none."""

from pathlib import Path

import pytest

from carmanana.contacting.mail.reading import read_mail

CASES = Path(__file__).resolve().parents[1] / "data" / "import_cases"
HEAD = b"From: nora@example.org\r\nTo: agent@carmanana.example\r\nMIME-Version: 1.0\r\n"


def mail(body: bytes, charset: str, subject: bytes = b"Price", date: bytes = b"Fri, 27 Nov 2026 10:15:00 -0500"):
    told = HEAD + b"Subject: " + subject + b"\r\nDate: " + date + b"\r\n"
    return read_mail(
        told
        + f'Content-Type: text/plain; charset="{charset}"\r\nContent-Transfer-Encoding: 8bit\r\n\r\n'.encode()
        + body
    )


def test_iso_8859_1_is_read_as_windows_1252():
    assert read_mail((CASES / "18-latin1-with-cp1252.eml").read_bytes()).words == "It’s fine – we agree on 20€ more."


@pytest.mark.parametrize(
    ("charset", "body", "words"),
    [
        ("ISO-8859-1", "José – 20 €".encode("cp1252"), "José – 20 €"),
        ("latin1", "José".encode(), "José"),
        ("us-ascii", "José".encode("cp1252"), "José"),
        ("us-ascii", "José".encode(), "José"),
        ("iso-8859-2", "Łukasz".encode("iso-8859-2"), "Łukasz"),
        ("windows-1251", "Иван".encode("cp1251"), "Иван"),
        ("nonsense", "José".encode("cp1252"), "José"),
        ("utf-8", "É".encode("cp1252") + b" alone", "É alone"),
    ],
)
def test_a_body_is_read_by_what_it_can_be(charset, body, words):
    assert mail(body, charset).words == words


@pytest.mark.parametrize(
    ("subject", "charset", "said"),
    [
        ("Zürich – 5 €".encode("cp1252"), "iso-8859-1", "Zürich – 5 €"),
        ("Zürich".encode(), "iso-8859-1", "Zürich"),
        ("Иван".encode("koi8-r"), "koi8-r", "Иван"),
        ("Łódź".encode("iso-8859-2"), "iso-8859-2", "Łódź"),
        ("Zürich".encode("cp1252"), "utf-8", "Zürich"),
        (b"=?iso-8859-2?Q?=A3ukasz?=", "utf-8", "Łukasz"),
        ("=?uüf-8?q?Hi?=".encode(), "utf-8", "=?uüf-8?q?Hi?="),
    ],
)
def test_a_raw_header_is_in_the_charset_of_the_body(subject, charset, said):
    assert mail(b"Hello", charset, subject).subject == said


@pytest.mark.parametrize(
    "date",
    [
        b"Fri, 99999999999 Nov 2026",
        b"Fri, 27 Nov 99999999999999999999",
        b"Fri, 27 Nov 2026 99999999999:00:00 +9999999999",
        b"1",
        b"\xff",
    ],
)
def test_a_date_that_is_none_is_left_out(date):
    read = mail(b"Hello", "utf-8", date=date)
    assert read.at is None and read.words == "Hello"
