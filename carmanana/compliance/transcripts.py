"""What was said in a call, typed or uploaded as text or subtitles; what may not be said is marked with its place."""

import re
from dataclasses import dataclass

from carmanana.compliance import sampling
from carmanana.compliance.findings import may_review, raise_by_rule
from carmanana.contacting.phrase_check.judging import Verdict, judge
from carmanana.core import audit, clock
from carmanana.core.db import Stale, transaction
from carmanana.core.query import prepared
from carmanana.core.workflow import Forbidden, Refusal, Refused
from carmanana.records.activities import Activity
from carmanana.records.people import User
from carmanana.records.scorecards import FLAGGED, SRT, TEXT, TYPED, VTT, Transcript
from carmanana.records.sops import SOP_CALL_REVIEW

LONGEST, MOST_LINES, LONGEST_WHO = 200_000, 2_000, 40
CUSTOMER = ("customer", "client", "buyer", "caller")
CUE = re.compile(r"((?:\d{1,2}:)?\d{1,2}:\d{2})[.,]\d{1,3}\s+-->\s+")
STAMPED = re.compile(r"^\[?\(?((?:\d{1,2}:)?\d{1,3}:\d{2})\)?\]?[\s–-]+(.+)$")
SPOKEN = re.compile(rf"^([^\W\d_][^:<>?!.]{{0,{LONGEST_WHO - 1}}}):\s+(.+)$")
VOICE = re.compile(r"<v(?:\.[^ >]*)?\s+([^>]+)>")
TAGS = re.compile(r"<[^>]*>")
SENTENCE = re.compile(r"(?<=[.!?…])\s+|\n+")


@dataclass(frozen=True)
class Line:
    """`spot` is its place as people say it: 2:41, sentence 3."""

    spot: str
    who: str
    words: str
    marks: tuple[Verdict, ...] = ()

    @property
    def bad(self) -> bool:
        return any(mark.refuses for mark in self.marks)


def read(text: str) -> tuple[list[list], str]:
    """Lines of [second or null, who, words], and which kind of text it is."""
    text = text.replace("\r\n", "\n").replace("\r", "\n").removeprefix("\ufeff").strip()
    if text.startswith("WEBVTT"):
        return _cues(text), VTT
    if CUE.search(text):
        return _cues(text), SRT
    return [_typed(line.strip()) for line in text.split("\n") if line.strip()], TEXT


def _cues(text: str) -> list[list]:
    lines = []
    for block in re.split(r"\n\s*\n", text):
        rows = block.strip().split("\n")
        place = next((number for number, row in enumerate(rows) if CUE.match(row.strip())), None)
        if place is None:
            continue
        second = _seconds(CUE.match(rows[place].strip())[1])
        words = " ".join(row.strip() for row in rows[place + 1 :])
        voice = VOICE.search(words)
        who, said = _speaker(TAGS.sub("", words).strip())
        if said:
            lines.append([second, (voice[1].strip() if voice else who)[:LONGEST_WHO], said])
    return lines


def _typed(line: str) -> list:
    stamped = STAMPED.match(line)
    who, said = _speaker(stamped[2] if stamped else line)
    return [_seconds(stamped[1]) if stamped else None, who, said]


def _speaker(words: str) -> tuple[str, str]:
    spoken = SPOKEN.match(words)
    return (spoken[1].strip(), spoken[2].strip()) if spoken else ("", words)


def _seconds(stamp: str) -> int:
    total = 0
    for part in stamp.split(":"):
        total = total * 60 + int(part)
    return total


def minute(second: int | None) -> str:
    if second is None:
        return ""
    hours, rest = divmod(second, 3600)
    return f"{hours}:{rest // 60:02}:{rest % 60:02}" if hours else f"{rest // 60}:{rest % 60:02}"


# keeping it


def write(contact: Activity, by: User, text: str, version: int | None = None, uploaded: bool = False) -> Transcript:
    """Put it beside the call in the place of an earlier one. A promise that one of ours made in it is a finding,
    once."""
    if not may_review(by):
        raise Forbidden("transcript")
    lines, source = read(text)
    if refusals := list(filter(None, (_of_a_call(contact), _of_a_length(text, lines)))):
        raise Refused(refusals)
    with transaction():
        kept = Transcript.get_or_none(Transcript.activity == contact)
        told = {"lines": lines, "source": source if uploaded or source != TEXT else TYPED, "written_by": by}
        if kept is None:
            kept = Transcript.create(activity=contact, **told)
        else:
            if version is not None and version != kept.version:
                raise Stale(kept)
            told |= {"written_at": clock.now(), "version": kept.version + 1}
            Transcript.update(**told).where(Transcript.activity == contact).execute()
            kept = Transcript.get(Transcript.activity == contact)
        audit.record("transcript", contact, by, source=kept.source, lines=len(lines))
        _raise_promises(contact)
    return kept


def _of_a_call(contact: Activity):
    if contact.kind not in ("call", "voicemail"):
        return Refusal("kind", "Only a call has a transcript: an email is its own.", SOP_CALL_REVIEW)


def _of_a_length(text: str, lines: list):
    if not lines:
        return Refusal(
            "transcript",
            "There is nothing to read in it. Type what was said, a line for each speaker.",
            SOP_CALL_REVIEW,
            field="text",
        )
    if len(text) > LONGEST or len(lines) > MOST_LINES:
        sentence = f"A transcript has at most {MOST_LINES:,} lines and {LONGEST:,} characters."
        return Refusal("transcript", sentence, SOP_CALL_REVIEW, field="text")


def _raise_promises(contact: Activity) -> None:
    for number, line in enumerate(heard(contact), 1):
        for mark in line.marks if not contact.author.is_manager else ():
            if mark.refuses:
                source = f"transcript:{contact.id}:{mark.sort}:{' '.join(mark.words.split()).casefold()[:80]}"
                spot = line.spot or f"line {number}"
                raise_by_rule(source, contact.author, mark.sort, activity=contact, excerpt=mark.words, spot=spot)
                sampling.queue(contact, FLAGGED, mark.sort)


# reading it


def heard(contact: Activity) -> list[Line]:
    """The lines of a call with the marks of the phrase check; none where nobody has written them down."""
    kept = of(contact)
    return [_marked(contact, *line) for line in kept.lines] if kept else []


def of(contact: Activity) -> Transcript | None:
    return _kept.first(contact)


_kept = prepared(lambda contact: Transcript.select().where(Transcript.activity == contact).limit(1))


def _marked(contact: Activity, second: int | None, who: str, words: str) -> Line:
    theirs = is_the_customer(who, contact)
    return Line(minute(second), who, words, () if theirs else tuple(judge(words)))


def is_the_customer(who: str, contact: Activity) -> bool:
    """What customers say binds nobody."""
    plain = who.casefold().strip()
    return plain in CUSTOMER or (
        bool(plain) and plain in (contact.customer.name.casefold(), *contact.customer.name.casefold().split())
    )


def sentences(contact: Activity, text: str) -> list[Line]:
    """An email, sentence by sentence; what came in is the customer's own."""
    ours = contact.direction == "out"
    parts = [part.strip() for part in SENTENCE.split(text[:LONGEST]) if part.strip()]
    return [
        Line(f"sentence {number}", "", words, tuple(judge(words)) if ours else ())
        for number, words in enumerate(parts[:MOST_LINES], 1)
    ]
