"""Calls and emails under review: the case, the scorecard in its versions, what a reviewer scored, and what was said."""

from peewee import AutoField, BooleanField, CharField, CompositeKey, ForeignKeyField, IntegerField, TextField

from carmanana.core import clock
from carmanana.core.code_names import named
from carmanana.core.db import JsonField, Record, UtcField, WordsField
from carmanana.core.query import prepared
from carmanana.records.activities import Activity
from carmanana.records.people import User

FLAGGED, SAMPLED = "flagged", "sampled"
WHY = {FLAGGED: "Flagged", SAMPLED: "Sample"}
YES, PARTLY, NO, NOT_APPLICABLE = "yes", "partly", "no", "na"
ANSWERS = {YES: "Yes", PARTLY: "Partly", NO: "No", NOT_APPLICABLE: "N/A"}
WORTH = {YES: 100, PARTLY: 50, NO: 0}
PROPOSED, APPROVED, RETIRED, DECLINED = "proposed", "approved", "retired", "declined"
SCORECARD_STATES = {PROPOSED: "Proposed", APPROVED: "In use", RETIRED: "Earlier version", DECLINED: "Declined"}
BEGUN, SUBMITTED = "begun", "submitted"
SCORE_STATES = {BEGUN: "Begun", SUBMITTED: "Submitted"}
TYPED, TEXT, SRT, VTT = "typed", "text", "srt", "vtt"
SOURCES = {TYPED: "Typed", TEXT: "Uploaded text", SRT: "Subtitles", VTT: "Subtitles"}


class ComplianceSettings(Record):
    """One row: how many in a hundred contacts are drawn, the least of each person a month, and how many in a hundred
    cases are scored twice."""

    id = AutoField()
    sample_percent = IntegerField(default=3)
    least_a_month = IntegerField(default=1)
    second_percent = IntegerField(default=10)
    version = IntegerField(default=1)

    @classmethod
    def now(cls) -> "ComplianceSettings":
        return cls.get_by_id(1)


class Scorecard(Record):
    """A version of the questions. One is in use; answers keep the version that they were given to."""

    id = AutoField()
    number = IntegerField(unique=True)
    state = CharField(default=PROPOSED)
    about = TextField(default="")
    made_by = ForeignKeyField(User, null=True)
    made_at = UtcField(default=clock.now)
    decided_by = ForeignKeyField(User, null=True)
    decided_at = UtcField(null=True)
    version = IntegerField(default=1)

    state_name = named("state", SCORECARD_STATES)

    @property
    def proposed(self) -> bool:
        return self.state == PROPOSED

    @property
    def questions(self) -> "list[Question]":
        return _questions(self)

    @classmethod
    def in_use(cls) -> "Scorecard":
        return _in_use.first() or cls.get(cls.state == APPROVED)


class Question(Record):
    """A *no* to a fatal one sends the score to nought."""

    id = AutoField()
    scorecard = ForeignKeyField(Scorecard, on_delete="CASCADE")
    position = IntegerField()
    words = CharField()
    sop = CharField(default="")
    fatal = BooleanField(default=False)

    class Meta:
        table_name = "scorecard_question"


_in_use = prepared(lambda: Scorecard.select().where(Scorecard.state == APPROVED).limit(1))
_questions = prepared(lambda card: Question.select().where(Question.scorecard == card).order_by(Question.position))


class ReviewCase(Record):
    """A call or an email that is to be reviewed; `user` is whose it is. Done once all wanted scores are in."""

    id = AutoField()
    activity = ForeignKeyField(Activity, unique=True, on_delete="CASCADE")
    user = ForeignKeyField(User)
    why = CharField()
    flags = WordsField(default="")
    scores_wanted = IntegerField(default=1)
    created_at = UtcField(default=clock.now)
    done_at = UtcField(null=True)
    version = IntegerField(default=1)

    @property
    def flagged(self) -> bool:
        return self.why == FLAGGED

    @property
    def twice(self) -> bool:
        return self.scores_wanted > 1


class Score(Record):
    """One reviewer's card of one case. `points` is of a hundred, none where no question applied."""

    id = AutoField()
    case = ForeignKeyField(ReviewCase, backref="scores", on_delete="CASCADE")
    scorecard = ForeignKeyField(Scorecard)
    reviewer = ForeignKeyField(User)
    state = CharField(default=BEGUN)
    points = IntegerField(null=True)
    takeaway = TextField(default="")
    began_at = UtcField(default=clock.now)
    submitted_at = UtcField(null=True)
    version = IntegerField(default=1)

    @property
    def submitted(self) -> bool:
        return self.state == SUBMITTED

    @property
    def given(self) -> "dict[int, ScoreAnswer]":
        return {answer.question_id: answer for answer in ScoreAnswer.select().where(ScoreAnswer.score == self)}


class ScoreAnswer(Record):
    """`spot` is the place of its evidence: a minute of the call, a sentence of the email; `quote` its words."""

    score = ForeignKeyField(Score, on_delete="CASCADE")
    question = ForeignKeyField(Question)
    answer = CharField(default="")
    spot = CharField(default="")
    quote = CharField(default="")

    class Meta:
        primary_key = CompositeKey("score", "question")

    answer_name = named("answer", ANSWERS, "")


class Transcript(Record):
    """What was said in a call: `lines` of [second or null, who, words]."""

    activity = ForeignKeyField(Activity, primary_key=True, on_delete="CASCADE")
    lines = JsonField()
    source = CharField()
    written_by = ForeignKeyField(User)
    written_at = UtcField(default=clock.now)
    version = IntegerField(default=1)

    @property
    def id(self) -> int:
        return self.activity_id

    source_name = named("source", SOURCES)
