"""The phrases of the guard and their lists, with a place to try a sentence."""

from flask import abort, render_template, request, url_for
from peewee import fn

from carmanana.blueprints.scripts.comparing import marked
from carmanana.contacting.phrase_check import prices, wording
from carmanana.contacting.phrase_check.judging import book, judge
from carmanana.contacting.phrase_check.reading import LONGEST as LONGEST_TEXT
from carmanana.core.idempotency import once
from carmanana.core.query import prepared
from carmanana.records.phrases import ENGLISH, LANGUAGES, PASSING, REFUSING, SORTS, WARNING, Phrase, WordList
from carmanana.web.access import allow
from carmanana.web.current_user import me
from carmanana.web.dialogs import show_dialog
from carmanana.web.forms import BooleanField, DealershipForm, LinesField, SelectField, TextField, WordsField
from carmanana.web.fragments import go, partial, pieces, wants_fragment
from carmanana.web.loading import sent_version
from carmanana.web.steps import ask

from .base import WRITERS, blueprint

KINDS = (("Refused", REFUSING), ("Asked about", WARNING), ("Let pass", PASSING))


class PhraseForm(DealershipForm):
    sort = SelectField("What it is", choices=[("", "Choose…"), *SORTS.items()], validate_choice=False)
    language = SelectField("Language", choices=list(LANGUAGES.items()), validate_choice=False)
    pattern = TextField("Words to look for", most=wording.LONGEST)
    catches = TextField("A sentence that it finds", most=wording.LONGEST_SENTENCE)
    passes = TextField("A sentence that must pass", most=wording.LONGEST_SENTENCE)
    active = BooleanField("In use", default=True)


class ListForm(DealershipForm):
    words = WordsField("One wording a line", most=wording.LONGEST_LIST)


class TrialForm(DealershipForm):
    text = WordsField("A sentence or a whole email", most=LONGEST_TEXT)
    terms = LinesField("Words of an approved offer, if there is one")


@blueprint.get("/phrases/")
@allow(*WRITERS)
def phrases():
    """Those of one sort come when it is opened."""
    sort = request.args.get("sort", "")
    if wants_fragment() and sort in SORTS:
        return render_template("scripts/_phrases.html", sort=sort, name=SORTS[sort], phrases=_of(sort))
    return _page(TrialForm(), None, sort)


@blueprint.post("/phrases/trial")
@allow(*WRITERS)
def trial():
    """What the guard says of a text: which phrase, where, refused or asked about. Nothing is kept of it."""
    form = TrialForm()
    tried = _tried(form) if form.sent() else None
    status = 200 if tried else 422
    if wants_fragment():
        return pieces(
            partial("#trial", render_template("scripts/_trial.html", form=form, tried=tried)),
            status=status,
            HX_Reswap="none",
        )
    return _page(form, tried), status


def _tried(form: TrialForm) -> dict:
    text = form.text.data or ""
    to_a_lead = prices.quoted(text)
    maybe = [] if to_a_lead else prices.doubtful(text)
    to_anybody = judge(text, form.terms.lines())
    verdicts = sorted([*to_anybody, *to_a_lead, *maybe], key=lambda verdict: verdict.start)
    found = {
        phrase.id: phrase
        for phrase in Phrase.select().where(Phrase.id.in_([verdict.phrase_id for verdict in verdicts]))
    }
    rows = [(verdict, found.get(verdict.phrase_id)) for verdict in verdicts]
    return {
        "empty": not text,
        "unread": book().unread(text),
        "pieces": marked(text, verdicts),
        "rows": rows,
        "refused": any(verdict.refuses for verdict in to_anybody),
        "to_a_lead": bool(to_a_lead),
        "maybe": bool(maybe),
        "passes": not to_anybody,
    }


def _page(form: TrialForm, tried: dict | None, opened: str = "") -> str:
    numbers = dict(_numbers())
    groups = [(kind, [_group(sort, numbers.get(sort, 0), sort == opened) for sort in sorts]) for kind, sorts in KINDS]
    return render_template(
        "scripts/phrases.html",
        form=form,
        tried=tried,
        groups=groups,
        lists=_lists(),
    )


def _group(sort: str, number: int, opened: bool) -> tuple:
    return sort, SORTS[sort], number, _of(sort) if opened else None


_numbers = prepared(lambda: Phrase.select(Phrase.sort, fn.COUNT(Phrase.id)).group_by(Phrase.sort).tuples())
_lists = prepared(lambda: WordList.select().order_by(WordList.name))


@prepared
def _of(sort):
    return Phrase.select().where(Phrase.sort == sort).order_by(Phrase.language != ENGLISH, Phrase.language, Phrase.id)


@blueprint.route("/phrases/new", methods=["GET", "POST"])
@allow(*WRITERS)
def new_phrase():
    form = PhraseForm(data={"sort": request.args.get("sort", ""), "language": ENGLISH, "active": True})

    def save():
        phrase = once(request.form.get("once", ""), me(), lambda: wording.add(me(), **form.data))
        return go(
            url_for("scripts.phrases", sort=phrase.sort, _anchor=f"sort-{phrase.sort}"), "The phrase counts from now on"
        )

    action = url_for("scripts.new_phrase")
    return ask(form, save, lambda status: _dialog("scripts/phrase.html", form, "Add phrase", action, status))


@blueprint.route("/phrases/<id:phrase_id>/edit", methods=["GET", "POST"])
@allow(*WRITERS)
def edit_phrase(phrase_id: int):
    phrase = _or_404(Phrase, phrase_id)
    form, action = PhraseForm(obj=phrase), url_for("scripts.edit_phrase", phrase_id=phrase_id)

    def save():
        wording.correct(phrase, me(), sent_version() or 0, **form.data)
        return go(
            url_for("scripts.phrases", sort=form.sort.data, _anchor=f"sort-{form.sort.data}"),
            "Saved. It counts from now on",
        )

    def again(status: int, fresh: Phrase = phrase):
        return _dialog("scripts/phrase.html", form, "A phrase", action, status, fresh)

    return ask(form, save, again, known=lambda fresh: fresh)


@blueprint.route("/phrases/lists/<id:list_id>/edit", methods=["GET", "POST"])
@allow(*WRITERS)
def edit_list(list_id: int):
    word_list = _or_404(WordList, list_id)
    form, action = ListForm(obj=word_list), url_for("scripts.edit_list", list_id=list_id)

    def save():
        wording.correct_list(word_list, me(), sent_version() or 0, form.words.data or "")
        return go(url_for("scripts.phrases", _anchor="lists"), "Saved. It counts from now on")

    def again(status: int, fresh: WordList = word_list):
        return _dialog("scripts/list.html", form, f"The list <{fresh.name}>", action, status, fresh)

    return ask(form, save, again, known=lambda fresh: fresh)


def _dialog(template: str, form: DealershipForm, title: str, action: str, status: int, record=None):
    lists = [name for (name,) in WordList.select(WordList.name).order_by(WordList.name).tuples()]
    return show_dialog(
        template,
        title,
        url_for("scripts.phrases"),
        status,
        form=form,
        form_action=action,
        record=record,
        lists=lists,
    )


def _or_404(model, record_id: int):
    return model.get_or_none(model.id == record_id) or abort(404)
