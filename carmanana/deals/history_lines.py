"""How a deal's history is told: its stages and people by name, money and days in words. `past` names them."""

from carmanana.core import money
from carmanana.core.verbs import Line
from carmanana.deals.corrections import NAMES, said


def moved(data: dict, past) -> str:
    """A card that only changed its place is not worth a line."""
    if "to_stage" not in data:
        return ""
    return f"{past.stage_name(data.get('from_stage'))} → {past.stage_name(data['to_stage'])}"


def transferred(data: dict, past) -> str:
    return f"{past.pipelines.get(data.get('from_pipeline'), '?')} → {past.pipelines.get(data.get('to_pipeline'), '?')}"


def claimed(data: dict, past) -> str:
    return f"Claimed by {past.name_of(data.get('owner'), 'somebody')}"


def unsigned(data: dict, past) -> str:
    return f"Agreement of {said('agreement_on', data.get('from', {}).get('agreement_on'), '')} taken back"


def came_back(data: dict, past, undone: str) -> str:
    if "to_pipeline" in data:
        return f"back in {past.pipelines.get(data['to_pipeline'], '?')}"
    if "to_stage" in data:
        return f"back in {past.stage_name(data['to_stage'])}"
    return "" if data["undid"] == "move" else undone


def paid(data: dict, past) -> str:
    return f"{data.get('kind', 'payment').capitalize()} {money.shown(data.get('cents'), past.deal.currency)}".strip()


def voided(data: dict, past) -> str:
    return f"Voided: {_first_small(paid(data, past))}"


def payment_corrected(data: dict, past) -> str:
    return "Corrected: " + " → ".join(_first_small(paid(data.get(side, {}), past)) for side in ("from", "to"))


def _first_small(text: str) -> str:
    return text[:1].lower() + text[1:]


def corrected(data: dict, past) -> str:
    return "Order changed: " + ", ".join(_from_to(name, data, past.deal.currency) for name in data.get("fields", []))


def _from_to(name: str, data: dict, currency: str) -> str:
    """ETA 3 Dec 2026 → 9 Dec 2026; words are named only."""
    field = NAMES.get(name, name.replace("_", " "))
    if name not in data.get("to", {}):
        return field
    was, is_now = data["from"].get(name), data["to"][name]
    before, after = (data.get(side, {}).get("currency", currency) for side in ("from", "to"))
    return f"{field} {said(name, was, before)} → {said(name, is_now, after)}"


EVENTS = {
    "take": Line("Deal created", "", "plus"),
    "imported": Line("Imported", "", "upload"),
    "assess": Line("What they want was written down", "moved", "car"),
    "payment": Line(paid, "moved", "money"),
    "payment_voided": Line(voided, "", "money"),
    "payment_corrected": Line(payment_corrected, "", "money"),
    "correct": Line(corrected, "", "pencil", undone="the changed order"),
} | dict.fromkeys(("loaded", "log", "step_done", "step_moved"))
