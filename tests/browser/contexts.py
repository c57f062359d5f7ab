"""Browser contexts that one test hands to the next, emptied: a new one costs more than most pages that are looked at
in it."""

DESKTOP, PHONE = {"width": 1440, "height": 900}, {"width": 390, "height": 844}

PATIENCE = 60_000  # milliseconds, however busy the machine is

# What is clicked before a page's scripts are there goes another way: a click waits for them, as a person does.
LOADS = """if (document.readyState !== "complete") {
  const sheet = new CSSStyleSheet()
  sheet.replaceSync("* { pointer-events: none !important }")
  document.adoptedStyleSheets.push(sheet)
  addEventListener("load", () => {
    document.adoptedStyleSheets = document.adoptedStyleSheets.filter((one) => one !== sheet)
  })
}"""

# What a toast says is read after whatever a busy machine does first: it stays six times as long.
TOASTS_STAY = """const { setTimeout: real } = window
window.setTimeout = (what, wait, ...rest) => real(what, [5000, 10000].includes(wait) ? 6 * wait : wait, ...rest)"""

BLANK = '<!doctype html><title>Blank</title><link rel="icon" href="data:,">'


class Contexts:
    """One page of each stays open, blank, so that its process and what that has compiled stay too."""

    def __init__(self, browser, site: str):
        self.browser, self.site = browser, site
        self._idle: dict[tuple, list] = {}

    def lend(self, phone: bool, dark: bool, **options):
        idle = self._idle.setdefault(_kind(phone, dark, options), [])
        return idle.pop() if idle else self._kept(self._lasting(self.new(phone, dark, **options)))

    def take_back(self, context, phone: bool, dark: bool, **options) -> None:
        self._emptied(context)
        self._idle[_kind(phone, dark, options)].append(context)

    def new(self, phone: bool, dark: bool, **options):
        context = self.browser.new_context(
            viewport=PHONE if phone else DESKTOP,
            has_touch=phone,
            is_mobile=phone,
            color_scheme="dark" if dark else "light",
            reduced_motion="reduce",
            **{"service_workers": "block"} | options,
        )
        context.set_default_timeout(PATIENCE)
        if options.get("java_script_enabled", True):
            context.add_init_script(LOADS)
        return context

    def _lasting(self, context):
        context.add_init_script(TOASTS_STAY)
        return context

    def _kept(self, context):
        """The server hears nothing of the blank page, which asks for no icon either."""
        blank = context.new_page()
        blank.route("**/*", lambda route: route.fulfill(content_type="text/html", body=BLANK))
        blank.goto(f"{self.site}/blank")
        blank.unroute_all()
        return context

    def _emptied(self, context) -> None:
        blank, *pages = context.pages
        for page in pages:
            page.close()
        context.unroute_all()
        context.set_offline(False)
        context.clear_cookies()
        session = context.new_cdp_session(blank)
        session.send("Storage.clearDataForOrigin", {"origin": self.site, "storageTypes": "all"})
        session.detach()


def _kind(phone: bool, dark: bool, options: dict) -> tuple:
    return (phone, dark, *sorted(options.items()))
