// The board by keyboard. A column is one stop of Tab, arrows go from card to card, letters do what the card's
// own buttons do. Focus stays with its card whatever the server swaps.
const board = document.querySelector("[data-board]")

const columns = () => [...board.querySelectorAll(".column, .rail")]
const cardsOf = (column) => [...column.querySelectorAll("[data-card]")]
const cardOf = (element) => element?.closest?.("[data-card]")
const linkOf = (card) => card?.querySelector("a")
const columnOf = (card) => card.closest(".column, .rail")

// one stop of Tab in each column: the card that was last in focus, or the first

function stops() {
  for (const column of columns()) {
    const cards = cardsOf(column)
    const here = cardOf(document.activeElement)
    const stop =
      cards.find((card) => card === here) || cards.find((card) => card.id === column.dataset.stop) || cards[0]
    if (stop) column.dataset.stop = stop.id
    for (const card of cards) {
      for (const control of card.querySelectorAll("a, button")) control.tabIndex = card === stop ? 0 : -1
    }
    column.querySelector(".column-cards")?.setAttribute("tabindex", -1)
  }
}

// arrows

const middle = (card) => card.getBoundingClientRect().top + card.offsetHeight / 2

function beside(card, step) {
  const all = columns()
  const ahead =
    step > 0 ? all.slice(all.indexOf(columnOf(card)) + 1) : all.slice(0, all.indexOf(columnOf(card))).reverse()
  const cards = ahead.map(cardsOf).find((found) => found.length)
  return cards?.reduce((near, other) =>
    Math.abs(middle(other) - middle(card)) < Math.abs(middle(near) - middle(card)) ? other : near,
  )
}

function along(card, step) {
  const cards = cardsOf(columnOf(card))
  return cards[cards.indexOf(card) + step]
}

const ARROWS = {
  ArrowUp: (card) => along(card, -1),
  ArrowDown: (card) => along(card, 1),
  ArrowLeft: (card) => beside(card, -1),
  ArrowRight: (card) => beside(card, 1),
}

function first() {
  const cards = columns()
    .map((column) => board.querySelector(`#${column.dataset.stop}`))
    .filter(Boolean)
  return cards.find((card) => card.id === kept()?.id) || cards[0]
}

// letters

const records = board?.dataset.records || "/deals"
const ask = (card, page) =>
  htmx.ajax("GET", `${records}/${card.dataset.card}/${page}`, { source: card, target: "#dialog", swap: "none" })
const send = (card, page, values = {}) =>
  htmx.ajax("POST", `${records}/${card.dataset.card}/${page}`, { source: card, swap: "none", values })

// by key, as the page says: a dialog to ask for, or a step to send
const ON_A_CARD = JSON.parse(board?.dataset.keys || "{}")
const doOn = (card, { ask: page, send: step, values }) =>
  page ? ask(card, page) : send(card, step, { version: card.dataset.version, ...values })

const ANYWHERE = {
  n: () =>
    (
      cardOf(document.activeElement)?.closest(".column")?.querySelector(".column-add[hx-get]") ||
      document.querySelector(`.menu-new [hx-get$="${records}/new"]`)
    )?.click(),
  z: undo,
}

function undo() {
  const offer = [...document.querySelectorAll(".toasts [data-undo]")].at(-1)
  if (offer) return offer.querySelector("form").requestSubmit()
  if (!board.dataset.records) htmx.ajax("POST", "/deals/undo", { source: board, swap: "none" })
}

function pressed(event) {
  if (event.defaultPrevented || window.carmanana.busy(event.target)) return
  if ((event.ctrlKey || event.metaKey) && !event.shiftKey && !event.altKey && event.key === "z") return act(event, undo)
  if (event.ctrlKey || event.metaKey || event.altKey) return
  const card = cardOf(event.target)
  if (ARROWS[event.key] && (card || event.target === document.body || event.target.matches("main, .column-cards"))) {
    return act(event, () => linkOf(card ? ARROWS[event.key](card) : first())?.focus())
  }
  const letter = event.key.toLowerCase()
  if (event.repeat || !window.carmanana.letters()) return
  if (card && ON_A_CARD[letter]) act(event, () => doOn(card, ON_A_CARD[letter]))
  else if (ANYWHERE[letter]) act(event, ANYWHERE[letter])
}

function act(event, what) {
  event.preventDefault()
  what()
}

// Focus goes back to the card it was with, or to the one that stands there now.

let kept = () => null

function here(event) {
  const card = cardOf(document.activeElement)
  const offer = event.detail.ctx.sourceElement.closest?.("[data-undo]")
  if (offer) return { id: `${board.dataset.records ? "lead" : "deal"}-${offer.dataset.undo}` }
  return card ? { id: card.id, column: columnOf(card), number: cardsOf(columnOf(card)).indexOf(card) } : null
}

function back({ id, column, number }) {
  const cards = column?.isConnected ? cardsOf(column) : []
  const card = document.getElementById(id) || cards[Math.min(number, cards.length - 1)] || cardsOf(board)[0]
  linkOf(card)?.focus()
}

if (board) {
  stops()
  document.addEventListener("keydown", pressed)
  document.addEventListener("focusin", stops)
  document.addEventListener("htmx:after:swap", stops)
  kept = window.carmanana.keepFocus(here, back)
  new MutationObserver(stops).observe(board, { childList: true, subtree: true })
}
