"""A few files on the newest activities: recordings that play, emails, agreements and pictures, all made here."""

import io
import math
import struct
import wave
import zlib
from email.message import EmailMessage
from email.policy import SMTP

from carmanana.contacting import attachments
from carmanana.records.activities import CONNECTED, SENT, Activity
from carmanana.records.deal_codes import ENDED, LOSING
from carmanana.records.deals import Deal

RATE = 8_000  # samples a second
LETTER = """Hello {name},

here is what we talked about, the {vehicle} and what comes near it. Please tell me what speaks for it and what
against; I call you afterwards, as agreed.

Kind regards
{author}
CarManana
"""
PAGE_HEAD = "BT /F1 12 Tf 72 760 Td 18 TL"


def attach_files(dealership, rng) -> None:
    """On what is newest: the calls of reviews and of the demo's agent, and emails."""
    agent = dealership.accounts["agent"]
    connected = (Activity.kind == "call") & Activity.outcome.in_(CONNECTED)
    on_review = _latest(3, Deal.state == LOSING, connected)
    own = _latest(5, Deal.owner == agent, Deal.state.not_in(ENDED), connected)
    for call in dict.fromkeys([*on_review, *own]):
        attach(call, f"call {call.at:%Y-%m-%d %H.%M}.wav", recording(rng), call.author)
    sent = (Activity.kind == "email") & (Activity.outcome == SENT)
    for email in _latest(6, sent, Deal.agreement_on.is_null()):
        attach(email, f"{email.subject}.eml", letter(email), email.author)
    for email in _latest(4, sent, Deal.agreement_on.is_null(False)):
        attach(email, "Agreement – signed.pdf", agreement(email), email.author)
    for email in _latest(3, Activity.kind == "email", Activity.direction == "in"):
        attach(email, "Sunset in front of the façade – 写真.png", picture(rng), email.author)


def _latest(count, *conditions):
    found = Activity.select(Activity, Deal).join(Deal).where(*conditions)
    return list(found.order_by(Activity.id.desc()).limit(count))


def attach(activity, name, content, by) -> None:
    attachments.attach(activity, [attachments.keep(name, content)], by)


def recording(rng) -> bytes:
    """Two voices that take turns, as tones, for a second or two."""
    words = [(rng.choice((140, 220)), rng.uniform(0.12, 0.3)) for _ in range(rng.randint(5, 8))]
    samples = bytes(sample for tone, seconds in words for sample in _word(tone, int(seconds * RATE)))
    out = io.BytesIO()
    with wave.open(out, "wb") as sound:
        sound.setparams((1, 1, RATE, len(samples), "NONE", "not compressed"))
        sound.writeframes(samples)
    return out.getvalue()


def _word(tone, length):
    """One swell of a tone, in unsigned bytes around 128."""
    for number in range(length):
        swell = math.sin(math.pi * number / length)
        yield 128 + int(60 * swell * math.sin(2 * math.pi * tone * number / RATE))


def letter(activity) -> bytes:
    """The email that the activity tells of, as mail programs keep it."""
    customer, author = activity.customer, activity.author
    message = EmailMessage()
    message["From"] = f"{author.first_name} at CarManana <{author.email}>"
    message["To"] = customer.email.address if customer.email else "client@example.com"
    message["Subject"] = activity.subject
    message["Date"] = activity.at
    message["Message-ID"] = f"<{activity.id}@carmanana.example>"
    message.set_content(LETTER.format(name=customer.name, vehicle=activity.deal.vehicle, author=author.name))
    return message.as_bytes(policy=SMTP)


def agreement(activity) -> bytes:
    """One page of PDF."""
    deal = activity.deal
    lines = ["CarManana", "Purchase agreement", f"Order {deal.id}"]
    lines += [f"Vehicle: {deal.vehicle}", f"Value: {deal.value}", f"Signed on {deal.agreement_on}"]
    words = " ".join(f"({_in_pdf(line)}) '" for line in lines)
    content = f"{PAGE_HEAD} {words} ET".encode("latin-1", "replace")
    return _pdf(
        b"<< /Type /Catalog /Pages 2 0 R >>",
        b"<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
        b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 612 842] /Contents 4 0 R /Resources << /Font << /F1 5 "
        b"0 R >> >> >>",
        b"<< /Length %d >>\nstream\n%s\nendstream" % (len(content), content),
        b"<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica /Encoding /WinAnsiEncoding >>",
    )


def _in_pdf(text):
    return text.replace("\\", r"\\").replace("(", r"\(").replace(")", r"\)")


def _pdf(*objects) -> bytes:
    body, starts = b"%PDF-1.4\n", []
    for number, content in enumerate(objects, 1):
        starts.append(len(body))
        body += b"%d 0 obj\n%s\nendobj\n" % (number, content)
    table = b"".join(b"%010d 00000 n \n" % start for start in starts)
    count = len(objects) + 1
    trailer = b"trailer << /Size %d /Root 1 0 R >>\nstartxref\n%d\n%%%%EOF\n" % (count, len(body))
    return body + b"xref\n0 %d\n0000000000 65535 f \n" % count + table + trailer


def picture(rng, width=240, height=150) -> bytes:
    """A road that leads to a sunset, in a PNG."""
    sun = rng.randint(60, 180)
    rows = b"".join(b"\0" + _row(y, width, height, sun) for y in range(height))
    header = struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    chunks = _chunk(b"IHDR", header) + _chunk(b"IDAT", zlib.compress(rows, 9)) + _chunk(b"IEND", b"")
    return b"\x89PNG\r\n\x1a\n" + chunks


def _row(y, width, height, sun):
    return b"".join(bytes(_pixel(x, y, width, height, sun)) for x in range(width))


def _pixel(x, y, width, height, sun):
    horizon = height * 0.6
    if y < horizon:
        glow = max(0, 1 - math.hypot(x - sun, y - horizon) / width)
        return int(40 + 210 * glow), int(70 + 100 * glow), int(110 + 20 * glow)
    on_road = abs(x - sun) < 4 + (y - horizon) * 1.2
    return (70, 72, 78) if on_road else (58, 84, 62)


def _chunk(kind, data):
    return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))
