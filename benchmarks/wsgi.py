"""The product as it is served, and beside it, outside of it, a hello-world of the same web server and Flask.

Only here are queries and SQLite's steps counted and the processor's time taken: the product itself knows nothing of
it."""

import threading
import time

from flask import Flask
from werkzeug.middleware.dispatcher import DispatcherMiddleware

from app import app as product
from benchmarks.steps import stepping
from carmanana.core.db import database

HELLO = "Hello, world"
TRANSACTIONS_OWN = ("BEGIN", "COMMIT", "ROLLBACK", "SAVEPOINT", "RELEASE", "PRAGMA")

asked = threading.local()


def count_queries() -> None:
    run = database.execute_sql

    def counting(sql, *args, **kwargs):
        if not sql.startswith(TRANSACTIONS_OWN):
            asked.queries = getattr(asked, "queries", 0) + 1
        return run(sql, *args, **kwargs)

    database.execute_sql = counting


def telling(serve):
    """The same application. Each answer says what the processor had spent on this process when its request came, so
    that two requests on one connection tell what lies between them: the web server's part, too."""

    def counted(environ, start_response):
        asked.queries, spent = 0, time.process_time()
        steps = stepping(database) if "HTTP_X_STEPS" in environ else None

        def begin(status, headers, *rest):
            told = [("X-Queries", str(asked.queries)), ("X-Spent", f"{spent * 1000:.3f}")]
            return start_response(status, [*headers, *told, *_counted(steps)], *rest)

        return serve(environ, begin)

    return counted


def _counted(steps) -> list[tuple[str, str]]:
    return [("X-Steps", str(steps.end()))] if steps else []


def plain_app(product: Flask) -> Flask:
    plain = Flask("hello")
    plain.add_url_rule("/", "hello", lambda: HELLO)
    plain.add_url_rule(
        "/addresses", "addresses", lambda: {rule.endpoint: rule.rule for rule in product.url_map.iter_rules()}
    )
    return plain


count_queries()
app = telling(DispatcherMiddleware(product.wsgi_app, {"/hello": plain_app(product)}))
