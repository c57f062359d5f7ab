"""Every page of the application."""

from . import (
    activities,
    boards,
    bulk,
    cancellations,
    customers,
    deals,
    files,
    health,
    home,
    house,
    importing,
    letters,
    notifications,
    people,
    pipelines,
    playbook,
    promises,
    reports,
    retention,
    scripts,
    search,
    signing,
    stories,
    twins,
    views,
)

ALL = [
    module.blueprint
    for module in (activities, boards, bulk, cancellations, customers, deals, files, health, home, house, importing, letters, notifications, people, pipelines, playbook, promises, reports, retention, scripts, search, signing, stories, twins, views)
]
