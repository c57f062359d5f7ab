// Scoring by keyboard: digits answer the question one is at and go on to the next, arrows move, C cites, J and K lead
// through the queue, Enter submits. What is answered is kept on the server as one goes.
const card = document.querySelector("form[data-card]")
const reviewing = document.querySelector("[data-reviewing]")
const typing = (element) =>
  element?.matches?.("textarea, select, input:not([type=radio], [type=checkbox], [type=range])")
const questions = () => [...card.querySelectorAll("[data-question]")]
let at = 0
let saving = null

function stand(number) {
  at = Math.max(0, Math.min(number, questions().length - 1))
  questions().forEach((one, place) => one.classList.toggle("question-now", place === at))
  const now = questions()[at]
  const field = now?.querySelector("input:checked") || now?.querySelector("input[type=radio]")
  field?.focus({ preventScroll: true })
  now?.scrollIntoView({ block: "nearest" })
}

const answered = (one) => Boolean(one.querySelector("input:checked"))

function next() {
  const later = questions().findIndex((one, place) => place > at && !answered(one))
  stand(later < 0 ? at + 1 : later)
}

function answer(digit) {
  const now = questions()[at]
  const choice = now?.querySelector(`[data-digit="${CSS.escape(digit)}"]`)
  if (!choice) return false
  choice.checked = true
  if (choice.value === "no" && !evidence(now).value) cite(reviewing.querySelector("[data-bad] [data-cite]"), now)
  choice.dispatchEvent(new Event("change", { bubbles: true }))
  next()
  return true
}

const evidence = (question) => question.querySelector("[data-quote-field]")

function cite(button, question) {
  if (!button || !question) return
  question.querySelector("[data-spot-field]").value = button.dataset.spot
  evidence(question).value = button.dataset.quote
  keep()
}

function finish() {
  const open = questions().findIndex((one) => !answered(one))
  if (open >= 0) return stand(open)
  card.requestSubmit()
}

const LETTERS = {
  j: () => reviewing.querySelector("[data-later]")?.click(),
  k: () => reviewing.querySelector("[data-earlier]")?.click(),
  c: () => card && cite(reviewing.querySelector("[data-bad] [data-cite]"), questions()[at]),
}

function pressed(event) {
  if (event.ctrlKey || event.metaKey || event.altKey || typing(event.target) || document.querySelector("dialog[open]"))
    return
  if (card && event.key === "Enter" && !event.target.closest("a, button")) {
    event.preventDefault()
    return finish()
  }
  if (card && ["ArrowDown", "ArrowUp"].includes(event.key)) {
    event.preventDefault()
    return stand(at + (event.key === "ArrowDown" ? 1 : -1))
  }
  if (document.documentElement.dataset.letterKeys === "off") return
  const letter = LETTERS[event.key.toLowerCase()]
  if (letter) letter()
  else if (card && /^[1-9]$/.test(event.key)) answer(event.key) && event.preventDefault()
}

function keep() {
  clearTimeout(saving)
  saving = setTimeout(() => {
    fetch(card.dataset.draft, {
      method: "POST",
      body: new FormData(card),
      headers: { "X-CSRFToken": document.querySelector("meta[name=csrf-token]").content, "X-Poll": "1" },
      keepalive: true,
    }).catch(() => {})
  }, 400)
}

if (reviewing) document.addEventListener("keydown", pressed)
if (card) {
  card.addEventListener("change", keep)
  card.addEventListener("input", keep)
  card.addEventListener("submit", () => clearTimeout(saving))
  card.addEventListener("focusin", (event) => {
    const place = questions().indexOf(event.target.closest("[data-question]"))
    if (place >= 0 && place !== at) {
      at = place
      questions().forEach((one, number) => one.classList.toggle("question-now", number === at))
    }
  })
  document.addEventListener("click", (event) => cite(event.target.closest("[data-cite]"), questions()[at]))
  const first = questions().findIndex((one) => !answered(one))
  stand(first < 0 ? 0 : first)
}
