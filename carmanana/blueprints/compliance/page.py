"""What the page of a case shows: what was said, with its marks; the card; and the queue beside it."""

from carmanana.compliance import queue, scoring, transcripts
from carmanana.contacting.attachments import path_of
from carmanana.contacting.attachments import read as read_file
from carmanana.contacting.mail.reading import as_shown
from carmanana.core.query import prepared
from carmanana.core.workflow import Attempt
from carmanana.records.activities import Activity
from carmanana.records.attachments import Attachment
from carmanana.records.compliance import ACCESS, COACHING, DISCIPLINARY, FOUND, JUDGES, RETRAINING, Finding
from carmanana.records.people import User
from carmanana.records.scorecards import ANSWERS, ReviewCase, Score, Scorecard

FOLLOWS = {
    "": "Nothing",
    COACHING: "Coaching",
    RETRAINING: "Retraining",
    ACCESS: "Stage access…",
    DISCIPLINARY: "Disciplinary…",
}


def case_context(case: ReviewCase, by: User, form, sent: dict | None = None) -> dict:
    contact, card = case.activity, _card.first(case, by)
    files = _files(contact)
    sheet = card.scorecard if card else Scorecard.in_use()
    scores = scoring.seen_scores(case, by)
    earlier, later = queue.beside(case, by)
    return {
        "case": case,
        "contact": contact,
        "deal": contact.deal_id and contact.deal,
        "recordings": [file for file in files if file.kind == "recording"],
        "lines": _lines(contact, files),
        "transcript": transcripts.of(contact),
        "flags": [FOUND.get(flag, flag) for flag in sorted(case.flags)],
        "findings": _findings(contact),
        "card": card,
        "questions": sheet.questions,
        "sheet": sheet,
        "given": _given(card, sent),
        "answers": ANSWERS,
        "follows": FOLLOWS,
        "judges": by.has(*JUDGES),
        "why_not": _why_not(case, card, by),
        "may_reopen": bool(card and card.submitted and not scoring.scoring.refusals(card, "reopen", by)),
        "scores": scores,
        "compared": scoring.compared(scores) if case.done_at else [],
        "waiting": queue.waiting(by),
        "counts": queue.counted(by),
        "earlier": earlier,
        "later": later,
        "form": form,
        "errors": {refusal.field: refusal.sentence for refusal in form.unplaced if refusal.field},
    }


_card = prepared(lambda case, by: Score.select().where(Score.case == case, Score.reviewer == by).limit(1))
_files = prepared(lambda of: Attachment.select().where(Attachment.activity == of).order_by(Attachment.id))
_findings = prepared(lambda of: Finding.select().where(Finding.activity == of).order_by(Finding.id))


def _lines(contact: Activity, files: list[Attachment]) -> list[transcripts.Line]:
    """A call by its transcript, an email by its sentences."""
    if contact.kind != "email":
        return transcripts.heard(contact)
    kept = next((file for file in files if file.kind == "email" and path_of(file).exists()), None)
    return transcripts.sentences(contact, as_shown(read_file(kept))["words"] if kept else contact.summary)


def _given(card: Score | None, sent: dict | None) -> dict:
    """By question: what was just sent, else what is kept."""
    if sent is not None:
        return sent
    kept = card.given.items() if card else ()
    return {number: {"answer": one.answer, "spot": one.spot, "quote": one.quote} for number, one in kept}


def _why_not(case: ReviewCase, card: Score | None, by: User) -> str:
    """Why this person can't score it; empty where they can."""
    if not by.has(*JUDGES):
        return "Managers and compliance score calls and emails."
    if card and card.submitted:
        return "Your card is in."
    tried = Attempt(card or Score(case=case, reviewer=by), by, "save")
    refusals = filter(None, (scoring.stands_apart(tried), scoring.wanted(tried)))
    return next((refusal.sentence for refusal in refusals), "")
