"""Every report, in the order of its tabs."""

from .activity import ACTIVITY
from .cancellations import CANCELLATIONS
from .dialing import DIALING
from .forecast import FORECAST
from .holds import HOLDS
from .leads import LEADS
from .pipeline import PIPELINE
from .promises import PROMISES
from .sop import SOP
from .stage_time import STAGE_TIME
from .won_lost import WON_LOST
from .workload import WORKLOAD

REPORTS = {
    report.key: report
    for report in (
        PIPELINE,
        STAGE_TIME,
        HOLDS,
        LEADS,
        DIALING,
        ACTIVITY,
        WORKLOAD,
        WON_LOST,
        FORECAST,
        CANCELLATIONS,
        PROMISES,
        SOP,
    )
}
