"""The product as it is served, and beside it, outside of it, a hello-world of the same web server and Flask.

Only here are queries counted and the processor's time taken: the product itself knows nothing of it."""

import threading
import time

from flask import Flask
from werkzeug.middleware.dispatcher import DispatcherMiddleware

from carmanana import create_app
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
    """The same application; each answer says how many queries and how much of the processor it took."""

    def counted(environ, start_response):
        asked.queries, began = 0, time.thread_time()

        def begin(status, headers, *rest):
            spent = f"{(time.thread_time() - began) * 1000:.3f}"
            return start_response(status, [*headers, ("X-Queries", str(asked.queries)), ("X-Spent", spent)], *rest)

        return serve(environ, begin)

    return counted


def plain_app(product: Flask) -> Flask:
    plain = Flask("hello")
    plain.add_url_rule("/", "hello", lambda: HELLO)
    plain.add_url_rule(
        "/addresses", "addresses", lambda: {rule.endpoint: rule.rule for rule in product.url_map.iter_rules()}
    )
    return plain


product = create_app()
count_queries()
app = DispatcherMiddleware(telling(product.wsgi_app), {"/hello": plain_app(product)})
