// What other people change, asked for every few seconds by [data-live] while the page is seen. The server's answer goes
// in as a whole or, while a card is held or one's own request is under way, not at all: it is asked for again. A page
// that the server has not answered for says so.
const EVERY = 1000 * document.documentElement.dataset.pollSeconds
const SLOWEST = 60000
const PAGE = 20 // cards of a column that nobody has scrolled down

const own = new Set()
let pause = EVERY
let timer = 0
let asking = null

const place = () => document.querySelector("[data-live]")
let held = false // from the press on: a swap before the card is lifted would lose the drag
const hindered = () => document.hidden || own.size > 0 || held || document.body.classList.contains("dragging-a-card")

function later(wait = pause) {
  clearTimeout(timer)
  timer = setTimeout(ask, wait)
}

async function ask() {
  const here = place()
  if (!here || document.hidden) return
  if (asking || hindered()) return later(500)
  asking = new AbortController()
  try {
    const answer = await fetch(...question(here, asking.signal))
    if (answer.status === 401) return signedOut()
    if (!answer.ok) throw new Error(`${answer.status}`)
    const text = await answer.text()
    if (!hindered() && here.isConnected) await take(here, answer.headers.get("X-Version"), text)
    pause = EVERY
    connected(true)
  } catch (error) {
    if (error.name === "AbortError") return later()
    pause = Math.min(pause * 2, SLOWEST)
    connected(false)
  } finally {
    asking = null
  }
  later()
}

function question(here, signal) {
  const sent = new URLSearchParams({ since: here.dataset.version, ...scrolledDown() })
  const headers = { "X-Poll": "1", "HX-Request": "true", "HX-Request-Type": "partial" }
  const address = here.dataset.live
  if (!("livePost" in here.dataset))
    return [`${address}${address.includes("?") ? "&" : "?"}${sent}`, { headers, signal }]
  headers["X-CSRFToken"] = document.querySelector('meta[name="csrf-token"]').content
  return [address, { method: "POST", body: sent, headers, signal }]
}

function scrolledDown() {
  const long = [...document.querySelectorAll(".column [data-cards]")].map((list) => [
    list.dataset.cards,
    list.querySelectorAll("[data-card]").length,
  ])
  const shown = long.filter(([, cards]) => cards > PAGE).map((pair) => pair.join("-"))
  return shown.length ? { shown: shown.join(",") } : {}
}

async function take(here, version, text) {
  here.dataset.version = version
  if (!text) return
  const before = drawnCards()
  const stood = inFocus()
  const atOnce = () => stood && lost() && focusOn(document.getElementById(stood.id)) // before a key is pressed
  document.addEventListener("htmx:before:settle", atOnce)
  try {
    await htmx.swap({ text, sourceElement: here, swap: "none", request: {} })
  } finally {
    document.removeEventListener("htmx:before:settle", atOnce)
  }
  if (stood && lost()) back(stood)
  for (const [card, drawn] of drawnCards()) {
    if (before.get(card) !== drawn) light(card)
  }
}

// what each card says and in which column; what one has done oneself is there already, and is no news

function drawnCards() {
  return new Map(
    [...document.querySelectorAll("[data-card]")].map((card) => [
      card.id,
      card.closest("[data-column]")?.dataset.column + card.textContent,
    ]),
  )
}

function light(id) {
  const card = document.getElementById(id)
  card.classList.add("arrived")
  setTimeout(() => card.classList.remove("arrived"), 2000)
}

// the card in focus, or the one that stands there now

function inFocus() {
  const card = document.activeElement.closest?.("[data-card]")
  const list = card?.parentElement
  return card && { id: card.id, list, number: [...list.children].indexOf(card) }
}

const lost = () => document.activeElement === document.body

function back({ id, list, number }) {
  const cards = [...list.children].filter((child) => child.matches("[data-card]"))
  focusOn(document.getElementById(id) || cards[Math.min(number, cards.length - 1)])
}

function focusOn(card) {
  card?.querySelector("a")?.focus({ preventScroll: true })
}

function connected(is) {
  const banner = document.getElementById("unconnected")
  if (banner.hidden === is) return
  banner.hidden = is
  document.getElementById("said").textContent = is ? "Connected again" : banner.textContent.trim()
}

function signedOut() {
  window.carmanana.say("You are signed out. Sign in again to go on.")
}

document.addEventListener("htmx:before:request", ({ detail }) => {
  own.add(detail.ctx)
  asking?.abort()
})
document.addEventListener("htmx:finally:request", ({ detail }) => own.delete(detail.ctx))
document.addEventListener(
  "pointerdown",
  ({ target }) => (held = Boolean(target.closest?.("[data-board] [data-card]"))),
  true,
)
for (const name of ["pointerup", "pointercancel", "dragend"])
  document.addEventListener(name, () => (held = false), true)
addEventListener("offline", () => place() && connected(false))
addEventListener("online", () => later(0))
document.addEventListener("visibilitychange", () => later(0))
if (place()) later("livePost" in place().dataset ? 0 : EVERY)
