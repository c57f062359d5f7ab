// Where one is on the keyboard: shared by the board, the calendar and a deal's page.
window.carmanana = window.carmanana || {}

// Keys mean what is typed, or belong to what is open.
window.carmanana.busy = (element) =>
  element.closest("input, textarea, select, [contenteditable]") || document.querySelector("dialog[open], :popover-open")

// Single letters and signs are keys, unless the person has switched that off.
window.carmanana.letters = () => document.documentElement.dataset.letterKeys !== "off"

// Focus goes back to where it was after whatever the server swaps. `here` tells a place to go back to, `back` goes
// there.
window.carmanana.keepFocus = (here, back) => {
  let kept = null
  const keep = (event) => {
    const place = here(event)
    if (place || !document.activeElement.closest("dialog, #refusal")) kept = place
  }
  const restore = () => {
    if (kept && document.activeElement === document.body && !document.querySelector("dialog[open]")) back(kept)
  }
  document.addEventListener("htmx:before:request", keep)
  document.addEventListener("htmx:finally:request", () => setTimeout(restore))
  document.getElementById("dialog").addEventListener("close", () => setTimeout(restore))
  return () => kept
}

// On every page: what was in focus and is drawn anew is in focus again; where it is gone, what stands in its place is.
const STOPS = "a[href], button:not(:disabled), input:not([type=hidden], :disabled), select, textarea, summary"
const stops = (place) => [...place.querySelectorAll(STOPS)]
const seen = (one) => one.checkVisibility()
const sign = (one) =>
  [one.tagName, one.id, one.getAttribute("href") || one.form?.getAttribute("action"), one.name, one.textContent].join()
let stood = null
const underWay = new Set() // what was asked from where one stands; what its answer asks for by itself moves nobody

document.addEventListener("htmx:before:request", ({ detail: { ctx } }) => {
  const one = document.activeElement
  if (one.closest("dialog, #refusal, #toasts") || (one === document.body && underWay.size)) return
  if (one !== document.body) underWay.add(ctx)
  stood = one === document.body ? null : { one, sign: sign(one), opens: one.getAttribute("hx-get"), places: [] }
  for (let place = one.closest("[id]"); stood && place; place = place.parentElement?.closest("[id]")) {
    stood.places.push([place.id, stops(place).indexOf(one)])
  }
})

const lost = () => document.activeElement === document.body && !document.querySelector("dialog[open]")

// Who has left it by themselves is not brought back.
const left = ({ one }) => one.isConnected && !one.disabled && seen(one)

function stand() {
  // without scrolling: one looks at what one has touched
  if (stood && lost() && !left(stood)) inItsPlace(stood)?.focus({ preventScroll: true })
}

// The same, what opens the same, or what comes next where it stood.
function inItsPlace({ sign: was, opens, places }) {
  const all = stops(document).filter(seen)
  const same = all.find((one) => sign(one) === was)
  return same || (opens && all.find((one) => one.getAttribute("hx-get") === opens)) || nextOf(places)
}

function nextOf(places) {
  for (const [id, number] of places) {
    const all = stops(document.getElementById(id) || document.createElement("i"))
    const next = all.slice(number).find(seen) || all.slice(0, number).findLast(seen)
    if (next) return next
  }
}

// Behind a dialog there is always the page.
function standBehind() {
  stand()
  if (lost()) document.getElementById("main").focus({ preventScroll: true })
}

// after those that know their page better
document.addEventListener("htmx:finally:request", ({ detail: { ctx } }) =>
  setTimeout(() => {
    stand()
    underWay.delete(ctx)
  }, 50),
)
for (const dialog of document.querySelectorAll("dialog.dialog")) {
  dialog.addEventListener("close", () => setTimeout(standBehind, 50))
}
