"""Every report, in the order of its tabs."""

from .activity import ACTIVITY
from .dialing import DIALING
from .forecast import FORECAST
from .holds import HOLDS
from .pipeline import PIPELINE
from .promises import PROMISES
from .sop import SOP
from .stage_time import STAGE_TIME
from .won_lost import WON_LOST
from .workload import WORKLOAD

REPORTS = {
    report.key: report
    for report in (PIPELINE, STAGE_TIME, HOLDS, DIALING, ACTIVITY, WORKLOAD, WON_LOST, FORECAST, PROMISES, SOP)
}
