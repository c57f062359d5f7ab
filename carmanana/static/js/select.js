// Selecting deals for one step: with Ctrl or Shift and a click, with X, with check boxes, by column, or all that
// match. What is selected is kept by number, so that it survives whatever the server swaps.
const place = document.querySelector("[data-board], [data-list], [data-picks]")
const bar = document.querySelector("[data-bulk]")

const picked = new Set()
let scope = null // { key, count }: a whole column, or all that match, by the filter and not by numbers
let anchor = null

const cards = () => [...place.querySelectorAll("[data-card]:not(.card-source)")]
const cardOf = (element) => (place.contains(element) ? element.closest("[data-card]") : null)
const groupOf = (card) => card.closest("[data-cards]") || place
const columnOf = (card) => card.closest("[data-column]")?.dataset.column
const open = (key) => /^(s\d+|on_hold)$/.test(key || "")
const within = (card) =>
  scope &&
  (scope.key === "all" ||
    scope.key === columnOf(card) ||
    (scope.key === "open" &&
      (!columnOf(card) || (scope.columns?.includes(columnOf(card)) ?? open(columnOf(card))))))
const isPicked = (card) => Boolean(within(card)) || picked.has(card.dataset.card)

// picking

function toggle(card) {
  narrow()
  pick(card, !picked.has(card.dataset.card))
  anchor = card.dataset.card
  show()
}

function pick(card, wanted) {
  if (wanted) picked.add(card.dataset.card)
  else picked.delete(card.dataset.card)
}

function reach(card) {
  const group = [...groupOf(card).querySelectorAll("[data-card]")]
  const from = group.findIndex((other) => other.dataset.card === anchor)
  if (from < 0) return toggle(card)
  narrow()
  const to = group.indexOf(card)
  for (const other of group.slice(Math.min(from, to), Math.max(from, to) + 1)) pick(other, true)
  show()
}

// A whole column becomes the cards of it that are here, once one of them is told apart.
function narrow() {
  if (!scope) return
  for (const card of cards()) if (within(card)) pick(card, true)
  scope = null
}

function all(button, key) {
  const again = scope?.key === key
  clear()
  if (!again) scope = { key, count: Number(button.dataset.count), columns: button.dataset.within?.split(" ") }
  show()
}

function clear() {
  picked.clear()
  scope = anchor = null
}

// showing

function show() {
  mark()
  const count = scope ? scope.count : picked.size
  bar.classList.toggle("shown", count > 0)
  bar.querySelector("[data-bulk-count]").textContent = count.toLocaleString(document.documentElement.lang)
  say(count ? `${count} selected` : "Nothing is selected")
}

function say(words) {
  document.getElementById("said").textContent = words
}

function mark() {
  const boxes = place.classList.contains("picking")
  for (const card of cards()) {
    const is = isPicked(card)
    if (card.classList.contains("picked") !== is) card.classList.toggle("picked", is)
    name(card, is)
    if (boxes && !card.querySelector(".pick")) card.prepend(box(card))
    for (const own of card.querySelectorAll(".pick")) own.checked = is
  }
  for (const button of document.querySelectorAll("[data-pick-column], [data-pick-all]")) {
    const is = String(scope?.key === (button.dataset.pickColumn || button.dataset.pickAll))
    if (button.getAttribute("aria-pressed") !== is) button.setAttribute("aria-pressed", is)
  }
}

// a screen reader hears it before the card's name
function name(card, is) {
  const said = card.querySelector("[data-picked]")
  if (is === Boolean(said) || card.querySelector(".pick")) return
  if (!is) return said.remove()
  const words = document.createElement("span")
  words.className = "sr-only"
  words.dataset.picked = ""
  words.textContent = "Selected: "
  card.querySelector("a")?.prepend(words)
}

function box(card) {
  const input = document.createElement("input")
  input.type = "checkbox"
  input.className = "pick"
  input.setAttribute("aria-label", `Select ${card.querySelector("bdi")?.textContent || "this deal"}`)
  return input
}

function switchBoxes(button) {
  const on = place.classList.toggle("picking")
  button.setAttribute("aria-pressed", on)
  if (!on) {
    clear()
    for (const own of place.querySelectorAll(".pick")) own.remove()
  }
  show()
}

// what people do

function clicked(event) {
  const column = event.target.closest("[data-pick-column]")
  const every = event.target.closest("[data-pick-all]")
  const boxes = event.target.closest("[data-picking]")
  if (column) all(column, column.dataset.pickColumn)
  else if (every) all(every, every.dataset.pickAll)
  else if (boxes) switchBoxes(boxes)
  else if (event.target.closest("[data-bulk-clear]")) dismiss()
  else onCard(event)
}

function onCard(event) {
  const card = cardOf(event.target)
  if (!card) return
  const own = event.target.closest(".pick")
  const modified = event.shiftKey || event.ctrlKey || event.metaKey
  const taken = place.classList.contains("picking") || (modified && place.matches("[data-board]"))
  if (!own && (!taken || event.target.closest("button, .card-button"))) return
  event.stopPropagation()
  if (!own) event.preventDefault()
  if (event.shiftKey) reach(card)
  else toggle(card)
}

function pressed(event) {
  if (event.defaultPrevented || event.ctrlKey || event.metaKey || event.altKey || event.repeat) return
  if (
    event.target.closest("input:not(.pick), textarea, select, [contenteditable]") ||
    document.querySelector("dialog[open], :popover-open")
  )
    return
  const card = cardOf(event.target)
  const letters = window.carmanana.letters()
  if (letters && event.key === "x" && card) toggle(card)
  else if (letters && event.key === "X" && card) card.closest(".column")?.querySelector("[data-pick-column]")?.click()
  else if (letters && event.key.toLowerCase() === "b" && bar.classList.contains("shown"))
    bar.querySelector(".bulk-steps button, .bulk-steps a")?.focus()
  else if (event.key === "Escape" && bar.contains(event.target)) linkOf(anchor)?.focus()
  else if (event.key === "Escape" && (picked.size || scope) && !document.getElementById("refusal").firstElementChild)
    dismiss()
}

const linkOf = (id) => (place.querySelector(`[data-card="${id}"]`) || cards()[0])?.querySelector("a")

function dismiss() {
  clear()
  show()
}

// the step itself: the server asks for the rest in a dialog

function ask(event) {
  event.preventDefault()
  const values = scope ? { scope: scope.key } : { chosen: [...picked].join(" ") }
  const { formMethod } = event.submitter
  htmx.ajax(formMethod === "get" ? "GET" : "POST", event.submitter.getAttribute("formaction"), {
    source: bar,
    swap: "none",
    values,
  })
}

function askAgain(event) {
  const asked = event.target.closest("[data-bulk-ask]")
  if (!asked || !event.target.closest("[data-target]")) return
  htmx.ajax("POST", asked.dataset.bulkAsk, { source: event.target, swap: "none", values: { part: "preview" } })
}

document.addEventListener("change", askAgain)

if (place && bar) {
  document.addEventListener("click", clicked, true)
  document.addEventListener("keydown", pressed, true)
  bar.addEventListener("submit", ask)
  new MutationObserver(mark).observe(place, { childList: true, subtree: true })
  mark()
}
