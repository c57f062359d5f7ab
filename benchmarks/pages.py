"""Every page that has a budget (quality.md 24), one line each; a later page adds its line.

`who` asks for what `paths` names: an address, or a query of the world's records with `{}` where each of them comes.
`times` is what one request may take of the processor, in hello-worlds; `hot` pages take as many steps of SQLite in a
large world as in a small one."""

from dataclasses import dataclass

from .stock import ANY, BOARD, Stock

LIST, CALENDAR = f"{BOARD}/list", f"{BOARD}/calendar"
SOME = 40

CUSTOMERS = "SELECT customer_id FROM deal ORDER BY abs(id * 7919 % 104729)"
REVIEWS = "SELECT id FROM cancellation_request ORDER BY ended_at IS NOT NULL, id DESC"
NUMBERS = "SELECT substr(e164, -5) FROM customer_phone WHERE e164 > '' ORDER BY id"
LEADS = "SELECT id FROM lead ORDER BY abs(id * 7919 % 104729)"


def any_of(table: str) -> str:
    return f"SELECT id FROM {table} ORDER BY abs(id * 7919 % 104729)"


REPORTS = "cancellations leads pipeline time holds dialing activity workload won-lost forecast promises sop".split()


@dataclass(frozen=True)
class Page:
    name: str
    who: str
    path: str
    times: float = 20
    of: str | tuple[str, ...] = ()
    queries: int | None = None
    fragment: bool = False
    hot: bool = False

    def addresses(self, stock: Stock) -> list[str]:
        if not self.of:
            return [self.path]
        values = self.of if isinstance(self.of, tuple) else stock.column(f"{self.of} LIMIT {SOME}")
        return [self.path.format(value) for value in values]


PAGES = [
    Page("board", "manager", BOARD, 12, queries=8, hot=True),
    Page("board of an agent", "agent", BOARD, 12, queries=8, hot=True),
    *(
        Page(f"board, {words}", who, f"{BOARD}?{query}")
        for words, who, query in (
            ("own", "agent", "mine=1"),
            ("unowned", "manager", "unowned=1"),
            ("live", "manager", "readiness=live"),
            ("overdue", "manager", "overdue=1"),
            ("hold due", "manager", "hold_due=1"),
            ("flagged", "manager", "flagged=1"),
            ("stalled", "manager", "aged=1"),
            ("own and overdue", "agent", "mine=1&overdue=1"),
        )
    ),
    Page("calls to review", "compliance", "/compliance/"),
    Page("call review", "compliance", "/compliance/reviews/{}", 30, "SELECT id FROM review_case"),
    Page("consequences", "manager", "/consequences/?show=all"),
    Page("trends of findings", "compliance", "/compliance/trends?period=all", 30),
    Page("my findings", "agent", "/compliance/mine"),
    Page("board by text", "manager", f"{BOARD}?text={{}}", 30, ("toyota", "mar", "smith")),
    *(
        Page(f"list by {sort}", "manager", f"{LIST}?sort={sort}")
        for sort in ("due", "client", "vehicle", "stage", "value", "owner", "age")
    ),
    Page("list of won by delivery", "manager", f"{LIST}?which=won"),
    Page("list of lost", "manager", f"{LIST}?which=lost"),
    Page("list of an agent", "agent", LIST),
    *(
        Page(f"list, {words}", "manager", f"{LIST}?{query}")
        for words, query in (
            ("unowned", "unowned=1"),
            ("live", "readiness=live"),
            ("overdue", "overdue=1"),
            ("hold due", "hold_due=1"),
            ("flagged", "flagged=1"),
            ("stalled", "aged=1"),
        )
    ),
    Page("list by text", "manager", f"{LIST}?text={{}}", 30, ("toyota", "mar", "smith")),
    Page("list by text and value", "manager", f"{LIST}?sort=-value&text={{}}", 30, ("toyota", "mar", "smith")),
    Page("calendar", "manager", CALENDAR),
    Page("calendar, week", "manager", f"{CALENDAR}?span=week"),
    Page("today", "manager", "/today"),
    Page("today of an agent", "agent", "/today"),
    Page("help on a machine", "agent", "/help/steps/deals"),
    Page("check-in", "agent", "/check-in"),
    Page("open check of a day", "agent", "/check-in/overdue"),
    Page("check of what is nobody’s", "agent", "/check-in/k_own"),
    Page("unowned deals", "manager", "/unowned/deals"),
    Page("unowned leads", "agent", "/unowned/leads"),
    Page("stuck deals", "manager", "/stuck/deals?standing=no_step"),
    Page("which deal a shared picture is for", "agent", "/shared"),
    Page("check-ins of the week", "manager", "/team/check-ins"),
    Page("customers", "manager", "/customers/"),
    Page("buyers list", "manager", "/buyers/"),
    Page("buyers list of an agent", "agent", "/buyers/"),
    Page("match a vehicle", "manager", "/match/?make=Toyota&model=RAV4&year=2023&price_cents=31900"),
    Page("customers of an agent", "agent", "/customers/"),
    Page("customers by text", "manager", "/customers/?text={}", 30, ("mari", "an", "smith")),
    Page("customers by number", "manager", "/customers/?text={}", 30, NUMBERS),
    Page("doubles", "manager", "/customers/doubles"),
    Page("cases", "manager", "/cases/"),
    Page("case page", "manager", "/cases/{}", 20, any_of("customer_case")),
    Page("expiries", "manager", "/expiries/"),
    Page("quotations", "manager", "/quotations/"),
    Page("quotations of an agent", "agent", "/quotations/"),
    Page("quotation", "manager", "/quotations/{}", 20, any_of("quotation")),
    Page("sales orders", "manager", "/sales-orders/"),
    Page("assets", "manager", "/assets/"),
    Page("vehicles on offer", "manager", "/match/vehicles/"),
    Page("vehicle on offer", "manager", "/match/vehicles/{}", 20, any_of("offered_vehicle")),
    Page("customer cancellations", "cancellations", "/customer-cancellations/"),
    Page("customer cancellation", "cancellations", "/customer-cancellations/{}", 20, any_of("departure")),
    Page("leads", "manager", "/leads/"),
    Page("leads of an agent", "agent", "/leads/"),
    Page("board of leads", "manager", "/leads/board"),
    Page("board of leads of an agent", "agent", "/leads/board"),
    *(
        Page(f"leads, {words}", "agent", f"/leads/?{query}")
        for words, query in (
            ("own", "mine=1"),
            ("unowned", "unowned=1"),
            ("untouched", "untouched=1"),
            ("overdue", "overdue=1"),
            ("callable now", "callable=1"),
            ("price shoppers", "shoppers=1"),
        )
    ),
    Page("leads by text", "manager", "/leads/?text={}", 30, ("toyota", "mar", "smith")),
    Page("call sequences", "agent", "/leads/sequences/"),
    Page("lead page", "manager", "/leads/{}", 8, LEADS, hot=True),
    Page("rights to cancel", "manager", "/cancellation-rights/"),
    Page("right to cancel", "manager", "/cancellation-rights/{}", of=any_of("cancellation_right")),
    Page("cancellation queue", "manager", "/cancellations"),
    Page("cancellation queue of compliance", "compliance", "/cancellations"),
    Page("review", "manager", "/cancellations/{}", 25, REVIEWS, queries=20),
    Page("retention", "manager", "/retention"),
    Page("promises", "agent", "/promises"),
    Page("money owed", "manager", "/promises/owed"),
    Page("audit", "compliance", "/audit/"),
    *(
        Page(f"audit, {words}", "compliance", f"/audit/?{query}")
        for words, query in (("by person", "who=2"), ("by verb", "verb=win"), ("a record", "text=deal+50"))
    ),
    Page("findings", "compliance", "/findings/"),
    Page("finding", "compliance", "/findings/{}", 20, any_of("finding")),
    Page("records behind a number", "manager", "/reports/sop/rows?table=checklist&of=stuck&measure=cases"),
    Page("privacy", "admin", "/privacy/"),
    Page("bulk steps", "manager", "/bulk/"),
    Page("letters", "manager", "/letters"),
    Page("stories", "manager", "/stories"),
    Page("scripts", "admin", "/scripts/"),
    Page("phrases", "admin", "/phrases/"),
    Page("help", "agent", "/help/"),
    Page("people", "manager", "/people/"),
    Page("notifications", "manager", "/notifications/"),
    Page("choosing notifications", "manager", "/me/notifications"),
    Page("imports", "manager", "/imports/"),
    Page("deal page", "manager", "/deals/{}", 8, ANY, hot=True),
    Page("customer page", "manager", "/customers/{}", 15, CUSTOMERS),
    Page("history of a customer", "manager", "/customers/{}/history", 20, CUSTOMERS),
    Page("search as one types", "manager", "/search?text={}", 6, ("ma", "mar", "mari", "toy"), fragment=True, hot=True),
]

REPORT_PAGES = [Page(f"report of {name}", "manager", f"/reports/{name}") for name in REPORTS]
