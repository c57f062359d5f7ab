"""The steps of the case machine behind the pages of cases."""

from carmanana.cases.rules import EDITORS
from carmanana.cases.verbs import VERBS
from carmanana.web.answers import changed
from carmanana.web.steps import Steps

from .base import blueprint, case_or_404

steps = Steps(
    blueprint,
    VERBS,
    case_or_404,
    changed,
    "cases.show",
    "case_id",
    EDITORS,
    summary="cases/_summary.html",
    prefix="/cases",
)
steps.register()
