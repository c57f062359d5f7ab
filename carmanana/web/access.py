"""Deny by default: a view without a declared permission is refused."""

from flask import Blueprint, abort, current_app, request, session, url_for

from carmanana.records.people import ROLES
from carmanana.web.current_user import me
from carmanana.web.fragments import go

STATIC = {"static"}
SETTING_UP = {"people.own_factor", "people.begin_factor", "people.confirm_factor", "signing.sign_out"}


def public(view):
    view.access = "public"
    return view


def signed_in(view):
    """Everyone who is signed in; what they see is limited by the queries."""
    view.access = tuple(ROLES)
    return view


def allow(*roles: str):
    """Only people with one of these roles."""

    def declare(view):
        view.access = roles
        return view

    return declare


def without_token(blueprint: Blueprint):
    """Posts of this view bring no token of ours. What guards them instead is said where this stands."""

    def exempt(view):
        blueprint.record_once(lambda state: state.app.extensions["csrf"].exempt(f"{view.__module__}.{view.__name__}"))
        return view

    return exempt


def check():
    """Before each request: may this person call this endpoint at all?"""
    endpoint = request.endpoint
    if endpoint is None or endpoint in STATIC:
        return None
    access = getattr(current_app.view_functions[endpoint], "access", None)
    if access == "public":
        return None
    by = me()
    if not by.is_authenticated:
        return current_app.login_manager.unauthorized()
    if access is None or not by.has(*access):
        abort(403)
    if session.get("factor_missing") and endpoint not in SETTING_UP:
        return go(url_for("people.own_factor"))
    return None
