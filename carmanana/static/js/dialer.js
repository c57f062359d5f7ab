// The power dialer: digits choose the outcome, C calls, V drops a voicemail, Enter logs and goes on. What is typed is kept on the
// server, so that the call goes on wherever it was left. Nothing moves on while somebody types.
const form = () => document.querySelector("#call-form")
const typing = (element) => element?.matches?.("textarea, select, input:not([type=radio], [type=checkbox])") || element?.isContentEditable
const SILENT = { no_answer_vm: "No answer. Left a voicemail.", vm_drop: "No answer. Dropped the recorded voicemail.", no_answer_no_vm: "No answer.", wrong: "The number is wrong." }
let saving = null

function pressed(event) {
  if (!form() || event.ctrlKey || event.metaKey || event.altKey || document.querySelector("dialog[open]")) return
  if (event.key === "Enter" && (event.target.matches("input[type=radio], body, main, #call-form") || (typing(event.target) && !event.target.matches("textarea")))) {
    if (!event.target.closest(".dialer-needs")) {
      event.preventDefault()
      form().querySelector("[data-log]:not([disabled])")?.click()
    }
    return
  }
  if (typing(event.target) || document.documentElement.dataset.letterKeys === "off") return
  const digit = form().querySelector(`[data-digit="${CSS.escape(event.key.toLowerCase())}"]`)
  if (digit) {
    event.preventDefault()
    digit.checked = true
    digit.focus()
    digit.dispatchEvent(new Event("change", { bubbles: true }))
  } else if (event.key.toLowerCase() === "c") {
    form().querySelector("[data-dial]")?.click()
  } else if (event.key.toLowerCase() === "n") {
    event.preventDefault()
    form().querySelector("[name=next_step]").focus()
  }
}

// The tap dials by the phone and is noted; the timer runs from then.
function tapped(event) {
  const link = event.target.closest("[data-dial]")
  if (link) htmx.ajax("POST", link.dataset.dial, { source: form(), swap: "none", values: { version: form().querySelector("[name=version]").value } })
}

// For no answer the words are there already, and the next step is to call again.
function chosen(event) {
  if (event.target.name !== "outcome" || !form()?.contains(event.target)) return
  const words = SILENT[event.target.value]
  const summary = form().querySelector("[name=summary]")
  const known = Object.values(SILENT)
  if (words && (!summary.value.trim() || known.includes(summary.value))) summary.value = words
  if (!words && known.includes(summary.value)) summary.value = ""
  const next = form().querySelector("[name=next_step]")
  if (words && event.target.value !== "wrong" && !next.value.trim()) {
    next.value = "Call again"
    form().querySelector("[data-fills=due_at]")?.click()
  }
}

function keep() {
  if (!form()) return
  clearTimeout(saving)
  saving = setTimeout(() => {
    const data = new FormData(form())
    fetch(form().dataset.draft, { method: "POST", body: data, headers: { "X-CSRFToken": document.querySelector("meta[name=csrf-token]").content, "X-Poll": "1" } }).catch(() => {})
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
  document.addEventListener("click", tapped)
  document.addEventListener("change", chosen)
  document.addEventListener("input", (event) => form()?.contains(event.target) && keep())
  document.addEventListener("change", (event) => form()?.contains(event.target) && keep())
  setInterval(tick, 500)
}
