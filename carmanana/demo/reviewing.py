"""What compliance does: calls and emails are drawn and scored, findings reviewed, answered and disputed, and what
followed."""

from datetime import timedelta

from carmanana.compliance import consequences, findings, queue, raising, sampling, scoring, transcripts
from carmanana.compliance.judging import findings as judging
from carmanana.compliance.ledger import ledger
from carmanana.core import clock
from carmanana.records.activities import Activity
from carmanana.records.compliance import COACHING, DISCIPLINARY, OPEN, RETRAINING, UNLOGGED, Finding
from carmanana.records.scorecards import NO, PARTLY, YES

SAMPLES = 2
SPOKEN = """0:12 Customer: I think I want out of it. My brother-in-law says I overpaid.
0:31 {agent}: I understand you’d like to cancel. We have a formal process so a manager can review your order.
2:41 {agent}: Don’t worry, you’ll get the whole deposit back by Friday.
3:05 Customer: So I just wait for the money?
3:20 {agent}: I’ve added your request for my manager. They will contact you directly."""
ANOTHER = """0:06 Customer: Just cancel it, please.
0:19 {agent}: I understand. I will note it for my manager.
1:02 {agent}: I promise that you get your full deposit back."""
HONEST = """0:08 Customer: I’d like to cancel, the date has slipped twice.
0:20 {agent}: I understand. We have a formal process so a manager can review your order.
1:15 {agent}: I can’t confirm any refund details on this call. The manager will go over that with you."""
TAKE = "You opened it just right. Leave money and dates to the manager, even when they press."


def review_calls(world) -> None:
    """As the sweeps do, for the months so far; then some are scored by compliance, and one twice."""
    people, as_of = world.dealership.accounts, clock.now()
    raising.raise_all(as_of)
    for months in (0, 1):
        sampling.draw(as_of - timedelta(days=31 * months))
    _write_down(people["compliance"])
    sampling.flag_found(as_of)
    waiting = queue.waiting(people["compliance"])
    sampled = [case for case in waiting if not case.flagged]
    for number, case in enumerate([*waiting[:1], *sampled[:SAMPLES]]):
        _score(case, people["compliance"], bad=number == 0)
    for manager in world.dealership.managers[:1]:
        for case in [one for one in queue.waiting(manager) if not scoring.took_part(one, manager)][:1]:
            if not case.twice:
                scoring.ask_for_a_second(case, manager)
            _score(case, manager)


def _write_down(by) -> None:
    """Three calls about cancellations have a transcript: two promised what the SOP forbids."""
    calls = [
        Activity.get_by_id(number) for number, _ in sampling.contacts(clock.now() - timedelta(days=60), clock.now())
    ]
    spoken = [call for call in calls if call.kind == "call" and call.connected and not call.author.is_manager]
    for call, words in zip(spoken[-3:], (SPOKEN, ANOTHER, HONEST), strict=False):
        transcripts.write(call, by, words.format(agent=call.author.first_name))


def _score(case, by, bad: bool = False) -> None:
    if scoring.took_part(case, by):
        return
    card = scoring.card_of(case, by)
    questions = card.scorecard.questions
    answers = {question.id: {"answer": YES} for question in questions}
    if bad:
        answers[questions[0].id] = {"answer": PARTLY}
        answers[questions[1].id] = {
            "answer": NO,
            "spot": "2:41",
            "quote": "you’ll get the whole deposit back by Friday",
        }
    follows = COACHING if bad else ""
    scoring.scoring.fire(card, "submit", by, answers=answers, takeaway=TAKE if bad else "", follows=follows)


def judge_findings(world) -> None:
    """One in each state, of the demo's agents; what followed stands in the ledger."""
    people, managers = world.dealership.accounts, world.dealership.managers
    agent, compliance, manager = people["agent"], people["compliance"], managers[0]
    raised = [_raise(compliance, agent, words) for words in RAISED]
    judging.fire(raised[0], "answer", agent, answer="I had written it on paper and forgot to log it. It is logged now.")
    for finding in raised[1:4]:
        judging.fire(finding, "dispute", agent, dispute="The call is logged on the other deal of the same customer.")
    judging.fire(raised[2], "uphold", manager, decision="The other deal has no entry of that day.")
    judging.fire(raised[3], "overturn", manager, decision="It is logged there, at 14:10. Sorry.")
    if (
        spare := Finding.select()
        .where(Finding.state == OPEN, Finding.user == agent)
        .order_by(Finding.id.desc())
        .first()
    ):
        judging.fire(spare, "dismiss", compliance, note="The note quotes the customer.")
    today = clock.today(agent.timezone)
    consequences.impose(
        agent,
        compliance,
        RETRAINING,
        "Logging by the SOP, an hour with Ingrid.",
        raised[2],
        due_on=today + timedelta(days=10),
    )
    done = consequences.impose(
        agent, compliance, COACHING, "Log before the next call.", raised[0], due_on=today + timedelta(days=3)
    )
    ledger.fire(done, "acknowledge", agent)
    wrong = consequences.impose(people["agent2"], manager, DISCIPLINARY, "Late three times in a week.")
    ledger.fire(wrong, "take_back", managers[-1], reason="The absence was announced.")


RAISED = (
    "Two calls of Tuesday have no entry.",
    "A text to the customer on Thursday has no entry.",
    "The voicemail of last week has no entry.",
    "The call about the delivery has no entry.",
)


def _raise(by, user, words: str) -> Finding:
    return findings.raise_by_hand(by, user, UNLOGGED, words)
