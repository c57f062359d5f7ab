"""CarManana: a CRM in which the SOP is the state machine.

The web application is loaded when it is asked for: the worker and whatever starts it do without."""

WEB = ("create_app", "open_data")


def __getattr__(name: str):
    if name not in WEB:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    from carmanana import application

    return getattr(application, name)
