// The power dialer: digits choose the outcome, C calls, V drops a voicemail, Enter logs and goes on, with Ctrl in the
// midst of words too. What is typed is kept on the server, so that the call goes on wherever it was left. Nothing moves
// on while somebody types.
const form = () => document.querySelector("#call-form")
const callOf = () => form()?.dataset.call
const typing = (element) =>
  element?.matches?.("textarea, select, input:not([type=radio], [type=checkbox])") || element?.isContentEditable
const SILENT = {
  no_answer_vm: "No answer. Left a voicemail.",
  vm_drop: "No answer. Dropped the recorded voicemail.",
  no_answer_no_vm: "No answer.",
  wrong: "The number is wrong.",
}
const ASKED_NEXT = ["Call again", "Find the right number"]
const TYPED = ["outcome", "summary", "objections", "next_step", "due_at"]
let saving = null

// While an answer is awaited and until its screen is taken up, what is pressed waits, and is done once the same call
// stands there again. What was meant for one call never reaches the next.
const awaited = new Map()
let held = []

function whenReady(act, call = callOf()) {
  if (awaited.size) held.push({ act, call })
  else act()
}

function ready(one) {
  awaited.delete(one)
  if (awaited.size) return
  const waiting = held.filter(({ call }) => !call || call === callOf())
  held = []
  waiting.forEach(({ act, call }) => whenReady(act, call))
}

const turns = (ctx) =>
  ctx.request.method.toUpperCase() === "POST" && ctx.sourceElement.closest?.("#call-form, .dialer-rest, .dialog")

// What is typed while the answer is under way comes into the screen that it brings.
const typed = () => Object.fromEntries([...new FormData(form())].filter(([name]) => TYPED.includes(name)))

function asked({ detail: { ctx } }) {
  if (turns(ctx)) awaited.set(ctx, { call: callOf(), sent: form() && typed() })
}

function swapping({ detail: { ctx } }) {
  const one = awaited.get(ctx)
  if (!one?.sent || callOf() !== one.call) return
  const now = typed()
  one.since = Object.entries(now).filter(([name, value]) => value !== (one.sent[name] ?? ""))
}

function answered({ detail: { ctx } }) {
  const one = awaited.get(ctx)
  if (!one) return
  if (one.since?.length && callOf() === one.call) carryOver(one.since)
  if (one.call && callOf() !== one.call) form()?.focus()
  ready(ctx)
}

function carryOver(since) {
  for (const [name, value] of since) form().elements[name].value = value
  keep()
}

// keys

function pressed(event) {
  if (!form() || event.altKey || document.querySelector("dialog[open]")) return
  const act = event.ctrlKey || event.metaKey ? event.key === "Enter" && log : meaning(event)
  if (!act) return
  event.preventDefault()
  whenReady(act)
}

function meaning(event) {
  if (event.key === "Enter") return logs(event.target) && log
  if (typing(event.target) || event.repeat || document.documentElement.dataset.letterKeys === "off") return null
  const key = event.key.toLowerCase()
  if (key === "c") return () => form().querySelector("[data-dial]")?.click()
  if (key === "n") return () => form().querySelector("[name=next_step]").focus()
  return digit(key) && (() => choose(digit(key)))
}

const log = () => form().querySelector("[data-log]:not([disabled])")?.click()
const logs = (target) =>
  (target.matches("input[type=radio], body, main, #call-form") || (typing(target) && !target.matches("textarea"))) &&
  !target.closest(".dialer-needs")
const digit = (key) => form().querySelector(`[data-digit="${CSS.escape(key)}"]`)

function choose(outcome) {
  outcome.checked = true
  outcome.focus()
  outcome.dispatchEvent(new Event("change", { bubbles: true }))
}

// A tap on what the call's own buttons do waits as a key does; pausing is for whatever call there is.
function heldBack(event) {
  const control = awaited.size && event.target.closest("#call-form [data-dial], #call-form button:not([type=button])")
  if (!control) return
  event.preventDefault()
  event.stopImmediatePropagation()
  const name = ["data-dial", "data-log", "data-hang-up", "data-turn"].find((one) => control.hasAttribute(one))
  held.push({
    act: () => form()?.querySelector(`[${name}]:not([disabled])`)?.click(),
    call: name === "data-turn" ? null : callOf(),
  })
}

// The tap dials by the phone and is noted; the timer runs from then.
function tapped(event) {
  const link = event.target.closest("[data-dial]")
  if (!link) return
  const noted = htmx.ajax("POST", link.dataset.dial, {
    source: form(),
    swap: "none",
    values: { version: form().querySelector("[name=version]").value },
  })
  awaited.set(noted, {})
  noted.finally(() => ready(noted))
}

// For no answer the words are there already, and the next step is to call again, or to find the right number. Who
// spoke with them says what is next; it is due on the next day, unless they say another.
function chosen(event) {
  if (event.target.name !== "outcome" || !form()?.contains(event.target)) return
  const words = SILENT[event.target.value]
  const summary = form().querySelector("[name=summary]")
  const known = Object.values(SILENT)
  if (words && (!summary.value.trim() || known.includes(summary.value))) summary.value = words
  if (!words && known.includes(summary.value)) summary.value = ""
  const next = form().querySelector("[name=next_step]")
  const days = [...form().querySelectorAll("[data-fills=due_at]")]
  if (!words && ASKED_NEXT.includes(next.value)) next.value = ""
  if (words && (!next.value.trim() || ASKED_NEXT.includes(next.value))) {
    next.value = ASKED_NEXT[Number(event.target.value === "wrong")]
    days[0]?.click()
  } else if (event.target.value.startsWith("connected") && !form().elements.due_at.value) {
    days.find((day) => !day.matches("[data-today]"))?.click()
  }
}

// Only what is typed into this screen: a button that brought another has sent it already.
function keep() {
  const here = form()
  if (!here) return
  clearTimeout(saving)
  saving = setTimeout(() => {
    if (here !== form()) return
    fetch(here.dataset.draft, {
      method: "POST",
      body: new FormData(here),
      headers: { "X-CSRFToken": document.querySelector("meta[name=csrf-token]").content, "X-Poll": "1" },
    }).catch(() => {})
  }, 600)
}

function tick() {
  const timer = document.querySelector("[data-timer]:not([data-stopped])")
  if (!timer) return
  timer.dataset.began ??= Date.now() - Number(timer.dataset.timer) * 1000
  const seconds = Math.floor((Date.now() - Number(timer.dataset.began)) / 1000)
  timer.textContent = `${Math.floor(seconds / 60)}:${String(seconds % 60).padStart(2, "0")}`
}

if (document.querySelector("[data-dialer]")) {
  document.addEventListener("keydown", pressed)
  document.addEventListener("click", heldBack, true)
  document.addEventListener("click", tapped)
  document.addEventListener("change", chosen)
  document.addEventListener("input", (event) => form()?.contains(event.target) && keep())
  document.addEventListener("change", (event) => form()?.contains(event.target) && keep())
  document.addEventListener("htmx:before:request", asked)
  document.addEventListener("htmx:before:swap", swapping)
  document.addEventListener("htmx:finally:request", answered)
  setInterval(tick, 500)
}
