"""The power dialer: sequences, and one call after the other (SOP 1, section F)."""

from flask import Blueprint, abort, render_template, request, url_for

from carmanana.blueprints.dialing.forms import CallForm, SequenceForm, SkipForm
from carmanana.blueprints.dialing.lists import SEQUENCES
from carmanana.blueprints.dialing.page import dialer
from carmanana.core.idempotency import once
from carmanana.core.query import ask_once, prepared
from carmanana.core.workflow import Refusal, Refused
from carmanana.leads.dialing import building, calling
from carmanana.leads.dialing.pool import to_call
from carmanana.records.leads import Lead, wanted_by
from carmanana.records.saved_views import SavedView
from carmanana.records.sequences import CallSequence, SequenceCall
from carmanana.records.sops import SOP_LEADS
from carmanana.web.access import allow
from carmanana.web.current_user import me
from carmanana.web.dialogs import show_dialog
from carmanana.web.fragments import go, htmx, partial, pieces, toast
from carmanana.web.lists import Shown, of_scope, of_view
from carmanana.web.loading import sent_version
from carmanana.web.steps import submit

blueprint = Blueprint("dialing", __name__, url_prefix="/leads")
CALLERS = ("agent", "manager")
READERS = ("agent", "manager", "compliance", "crm_admin")


@blueprint.get("/sequences/")
@allow(*READERS)
def index():
    return SEQUENCES.answer()


@blueprint.route("/sequences/new", methods=["GET", "POST"])
@allow(*CALLERS)
def new():
    """From leads that were selected, those of a saved view, or those that are next to be called."""
    view = _sent_view()
    leads = _of_list(of_view(view, me())) if view else _sent_leads()
    form = SequenceForm(data={"name": view.name if view else _named_for_today(), "user": str(me().id)})
    if request.method == "GET":
        return _new_dialog(form, leads, view=view)
    return submit(form, lambda: _prepare(form, leads), lambda status, fresh=None: _new_dialog(form, leads, status), me)


def _sent_view() -> SavedView | None:
    """The view of the list of leads that the address names, one's own or a shared one."""
    sent = request.args.get("view", "")
    if not sent:
        return None
    return next((view for view in SavedView.of_list(me(), "leads") if str(view.id) == sent), None) or abort(404)


def _of_list(shown: Shown) -> list[Lead]:
    """In its order; what the dialog shows, its form sends. One more than a sequence takes tells of the rest."""
    ids = [number for (number,) in shown.in_order.limit(building.MOST + 1).tuples()]
    found = {lead.id: lead for lead in Lead.visible_to(me()).where(Lead.id.in_(ids))}
    return [found[number] for number in ids]


def _sent_leads() -> list[Lead]:
    if scope := request.args.get("scope"):
        return _of_list(of_scope("leads", request.args.get("filter", ""), scope, me()) or abort(400))
    sent = _sent_numbers()
    numbers = [int(one) for one in sent if one.isascii() and one.isdigit() and len(one) < 16][:1_000]
    if not numbers:
        return to_call(me())
    found = {lead.id: lead for lead in Lead.visible_to(me()).where(Lead.id.in_(numbers))}
    return [found[number] for number in dict.fromkeys(numbers) if number in found]


def _sent_numbers() -> list[str]:
    sent = request.values
    return sent.getlist("lead") or sent.get("chosen", "").split() or sent.getlist("ids")


def _named_for_today() -> str:
    return f"{me().first_name}’s calls"


def _new_dialog(form: SequenceForm, leads: list[Lead], status: int = 200, view: SavedView | None = None):
    back = url_for("dialing.index")
    given = {
        "form": form,
        "leads": leads[: building.MOST],
        "wants": wanted_by(leads[: building.MOST]),
        "view": view,
        "cut": len(leads) > building.MOST,
        "form_action": url_for("dialing.new"),
        "chosen": bool(_sent_numbers() or request.args.get("scope")),
    }
    return show_dialog("dialing/new.html", "New call sequence", back, status, **given)


def _prepare(form: SequenceForm, leads: list[Lead]):
    pinned = [int(one) for one in request.form.getlist("pin") if one.isascii() and one.isdigit() and len(one) < 16]
    given = (form.user.person or me(), leads, form.name.data or "", form.guidance.data or "", pinned)
    sequence = once(request.form.get("once", ""), me(), lambda: building.prepare(me(), *given))
    if sequence.user == me():
        return go(url_for("dialing.show", sequence_id=sequence.id))
    return go(url_for("dialing.index"), f"{sequence.user.name} has been told")


@blueprint.get("/sequences/<id:sequence_id>")
@allow(*READERS)
def show(sequence_id: int):
    sequence = _sequence_or_404(sequence_id)
    may_call = _may_call(sequence)
    screen = calling.screen(sequence, me()) if may_call else calling.as_it_stands(sequence)
    return render_template("dialing/show.html", may_call=may_call, **dialer(screen, whole="whole" in request.args))


def _sequence_or_404(sequence_id: int) -> CallSequence:
    return CallSequence.visible_to(me()).where(CallSequence.id == sequence_id).first() or abort(404)


def _call_or_404(call_id: int) -> SequenceCall:
    call = _with_sequence.first(call_id)
    theirs = call and (me().is_manager or call.sequence.user_id == me().id)
    return call if theirs else abort(404)


@prepared
def _with_sequence(call):
    return SequenceCall.select(SequenceCall, CallSequence).join(CallSequence).where(SequenceCall.id == call)


def _may_call(sequence: CallSequence) -> bool:
    return me().works_deals and (sequence.user_id == me().id or me().is_manager)


@blueprint.post("/sequences/<id:sequence_id>/<any(start, pause, end):turning>")
@allow(*CALLERS)
def turn(sequence_id: int, turning: str):
    sequence = _sequence_or_404(sequence_id)
    if call := calling.on_screen(sequence):
        _keep_typed(call)
    {"start": calling.start, "pause": calling.pause, "end": building.end}[turning](sequence, me())
    said = {"start": "", "pause": "Paused. It goes on wherever you resume it", "end": "The sequence has ended"}[turning]
    return _shown(sequence, said)


def _shown(sequence: CallSequence, said: str = "", status: int = 200, form: CallForm | None = None):
    """The whole screen as it stands now; without JavaScript its page."""
    return _drawn(calling.screen(sequence, me()), said, status, form)


def _drawn(screen: calling.Screen, said: str = "", status: int = 200, form: CallForm | None = None):
    if not htmx:
        return go(url_for("dialing.show", sequence_id=screen.sequence.id), said)
    ask_once()
    html = render_template("dialing/_dialer.html", may_call=True, **dialer(screen, form))
    parts = [partial("#dialer", html, "outerHTML"), partial("#dialog", ""), partial("#refusal", "")]
    return pieces(*parts, *([toast(said)] if said else []), status=status, HX_Reswap="none")


@blueprint.post("/calls/<id:call_id>/dial")
@allow(*CALLERS)
def dial(call_id: int):
    call = _call_or_404(call_id)
    _keep_typed(call)
    calling.dial(call, me(), sent_version())
    return _shown(call.sequence)


@blueprint.post("/calls/<id:call_id>/hang-up")
@allow(*CALLERS)
def hang_up(call_id: int):
    call = _call_or_404(call_id)
    _keep_typed(call)
    calling.hang_up(call, me())
    return _shown(call.sequence)


@blueprint.post("/calls/<id:call_id>/draft")
@allow(*CALLERS)
def draft(call_id: int):
    """Kept while it is typed, so that the call goes on wherever it was left."""
    _keep_typed(_call_or_404(call_id))
    return pieces(status=204)


def _keep_typed(call: SequenceCall) -> None:
    """Every button of the call sends what is typed with it; a request that carries none of it changes nothing."""
    if any(name in request.form for name in calling.DRAFTED):
        calling.keep_draft(call, me(), **{name: request.form.get(name, "") for name in calling.DRAFTED})


@blueprint.post("/calls/<id:call_id>/log")
@allow(*CALLERS)
def log(call_id: int):
    """Log and next."""
    call, form = _call_or_404(call_id), CallForm()
    return submit(
        form,
        lambda: _logged(call, form),
        lambda status, fresh=None: _shown(call.sequence, "", status, form),
        lambda: _call_or_404(call_id),
    )


def _logged(call: SequenceCall, form: CallForm):
    if not form.outcome.data:
        raise Refused([Refusal("outcome", "Choose how it ended.", SOP_LEADS, field="outcome")])
    done, screen = calling.log_and_next(call, me(), form.outcome.data, sent_version(), **form.given())
    return _drawn(screen, f"{done.lead.customer.name}: logged")


@blueprint.route("/calls/<id:call_id>/skip", methods=["GET", "POST"])
@allow(*CALLERS)
def skip(call_id: int):
    call, form = _call_or_404(call_id), SkipForm()
    if request.method == "GET":
        return _skip_dialog(call, form)
    return submit(
        form,
        lambda: _skipped(call, form),
        lambda status, fresh=None: _skip_dialog(call, form, status),
        lambda: _call_or_404(call_id),
    )


def _skipped(call: SequenceCall, form: SkipForm):
    calling.skip(call, me(), form.reason.data or "", sent_version())
    return _shown(call.sequence, f"{call.lead.customer.name} is skipped")


def _skip_dialog(call: SequenceCall, form: SkipForm, status: int = 200):
    given = {"call": call, "form": form, "form_action": url_for("dialing.skip", call_id=call.id)}
    return show_dialog(
        "dialing/skip.html", "Skip", url_for("dialing.show", sequence_id=call.sequence_id), status, **given
    )
