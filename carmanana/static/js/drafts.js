// What is typed into a form is kept in this browser until it is saved: per form, record and person, for two weeks.
// It comes back when the form is opened again, and never over what somebody has changed since.
window.carmanana = window.carmanana || {}

const PREFIX = "draft:"
const DAYS = 14
const me = document.documentElement.dataset.person || ""
const NEVER = ["csrf_token", "once", "version", "drawn"]
const KINDS = ["hidden", "password", "file", "submit", "button", "search"]

const kept = (form) =>
  me && form?.matches?.("form[method=post]") && fields(form).some((field) => field.type !== "checkbox")
const keyOf = (form) =>
  `${PREFIX}${me}:${form.dataset.keep || (form.getAttribute("action") || location.pathname).split("?")[0]}`
const fields = (form) =>
  [...form.elements].filter(
    (field) =>
      field.name &&
      !NEVER.includes(field.name) &&
      field.matches("input, select, textarea") &&
      !KINDS.includes(field.type),
  )
const switches = (field) => ["checkbox", "radio"].includes(field.type)

// what a field was drawn with
function chosenAsDrawn(field) {
  const drawn = [...field.options].filter((option) => option.defaultSelected)
  return (drawn.length || field.multiple ? drawn : [...field.options].slice(0, 1)).map((option) => option.value)
}
const chosenNow = (field) => [...field.selectedOptions].map((option) => option.value)
const asDrawn = (field) =>
  field.matches("select")
    ? chosenAsDrawn(field)
    : switches(field)
      ? field.defaultChecked
        ? [field.value]
        : []
      : [field.defaultValue]
const asTyped = (field) =>
  field.matches("select") ? chosenNow(field) : switches(field) ? (field.checked ? [field.value] : []) : [field.value]

// by name, the values that a browser would send
function values(form, of) {
  const found = {}
  for (const field of fields(form)) (found[field.name] ||= []).push(...of(field))
  return found
}
const equal = (some, others) => Object.keys(some).every((name) => `${some[name] ?? ""}` === `${others[name] ?? ""}`)

// storage

function read(key) {
  try {
    return JSON.parse(localStorage.getItem(key))
  } catch {
    return null
  }
}

function write(key, draft) {
  try {
    localStorage.setItem(key, JSON.stringify(draft))
  } catch {
    // A full storage costs the draft; what is typed is still in the page.
  }
}

const drafts = () => Object.keys(localStorage).filter((key) => key.startsWith(PREFIX))
const forget = (key) => localStorage.removeItem(key)

function keep(form) {
  const key = keyOf(form)
  const typed = values(form, asTyped)
  const drawn = (form.dataset.answered && read(key)?.drawn) || values(form, asDrawn)
  if (equal(typed, drawn)) forget(key)
  else write(key, { at: Date.now(), drawn, typed })
}

document.addEventListener("input", (event) => {
  if (kept(event.target.form) && !window.carmanana.restoring) keep(event.target.form)
})
window.carmanana.forgetDraft = (form) => kept(form) && forget(keyOf(form))

// coming back

window.carmanana.restoreDrafts = (form) => {
  if (!kept(form) || form.dataset.ready) return
  form.dataset.ready = "1"
  if (answered.delete(keyOf(form))) return adopt(form)
  const draft = read(keyOf(form))
  if (!draft || equal(draft.typed, values(form, asTyped))) return
  if (!equal(values(form, asDrawn), draft.drawn)) return offer(form, draft)
  fill(form, draft.typed)
  told(form, `What you typed on ${when(draft.at)} is back`, ["Clear draft", () => startAfresh(form)])
}

// What the server has answered with is newer than the draft; that it began with stays.
function adopt(form) {
  form.dataset.answered = "1"
  keep(form)
}

// Over what the page was not drawn with then it comes only when asked.
function offer(form, draft) {
  told(
    form,
    `On ${when(draft.at)} you typed something else here`,
    ["Restore", () => (fill(form, draft.typed), keep(form))],
    ["Discard", () => forget(keyOf(form))],
  )
}

function startAfresh(form) {
  forget(keyOf(form))
  form.querySelectorAll("[data-added]").forEach((row) => row.remove())
  form.reset()
  announce(form)
}

window.carmanana.fillForm = fill

function fill(form, typed) {
  for (const name of Object.keys(typed)) grow(form, name)
  for (const field of fields(form)) {
    const value = typed[field.name]
    if (value) put(field, value)
  }
  announce(form)
}

function put(field, value) {
  if (switches(field)) field.checked = value.includes(field.value)
  else if (field.multiple) [...field.options].forEach((option) => (option.selected = value.includes(option.value)))
  else field.value = value[0] ?? ""
}

// A row that was added then is added again.
function grow(form, name) {
  const add = form.querySelector("[data-add-row]")
  const row = /^[a-z]+-(\d+)-/.test(name)
  for (let more = 0; add && row && more < 12 && !form.elements[name]; more++) add.click()
}

// Whatever depends on a field learns of it as if it had been typed.
function announce(form) {
  window.carmanana.restoring = true
  for (const field of fields(form)) {
    field.dispatchEvent(new Event("input", { bubbles: true }))
    if (switches(field) || field.tagName === "SELECT") field.dispatchEvent(new Event("change", { bubbles: true }))
  }
  window.carmanana.restoring = false
}

function when(at) {
  const days = (Date.now() - at) / 86_400_000
  const { lang, dataset } = document.documentElement
  const how = days < 6 ? { weekday: "short" } : { day: "numeric", month: "short" }
  const shown = { ...how, hour: "numeric", minute: "2-digit", timeZone: dataset.zone }
  return new Intl.DateTimeFormat(lang, shown).format(at)
}

function told(form, words, ...choices) {
  const line = document.createElement("p")
  line.className = "draft-line"
  line.dataset.draft = ""
  line.setAttribute("role", "status")
  line.append(words)
  for (const [label, act] of choices) {
    const button = Object.assign(document.createElement("button"), {
      type: "button",
      className: "link",
      textContent: label,
    })
    button.addEventListener("click", () => (act(), line.remove()))
    line.append(" · ", button)
  }
  const body = form.querySelector(".dialog-body")
  body ? body.prepend(line) : form.prepend(line)
}

// saved, refused, gone

const answered = new Set()
const formOf = (element) => element?.form ?? element?.closest?.("form")

// A form that comes back with an answer is known as one, until the next is sent.
document.addEventListener("htmx:after:request", ({ detail: { ctx } }) => {
  const form = formOf(ctx.sourceElement)
  if (!kept(form) || ctx.request.method.toUpperCase() !== "POST" || !ctx.response) return
  if (ctx.response.raw.ok) forget(keyOf(form))
  else answered.add(keyOf(form))
})
document.addEventListener("htmx:before:request", () => answered.clear())

// A form without htmx is saved when the page after it says so.
document.addEventListener("submit", ({ target }) => {
  if (target.matches("[data-sign-out]")) drafts().forEach(forget)
  else if (kept(target) && !target.hasAttribute("hx-post")) sessionStorage.setItem("sent", keyOf(target))
})

const sent = sessionStorage.getItem("sent")
sessionStorage.removeItem("sent")
if (sent && document.querySelector("#toasts [data-toast]") && !document.querySelector("[data-trouble]")) forget(sent)
else if (sent && document.querySelector('[aria-invalid="true"], [data-stale], main [role="alert"]')) answered.add(sent)

for (const key of me ? drafts() : []) {
  const late = Date.now() - (read(key)?.at ?? 0) > DAYS * 86_400_000
  if (late || !key.startsWith(`${PREFIX}${me}:`)) forget(key)
}

// What somebody else put into a field while it was typed in takes its place.
document.addEventListener("click", ({ target }) => {
  const take = target.closest("[data-take]")
  if (!take) return
  const theirs = JSON.parse(take.dataset.values)
  const named = fields(take.form).filter((field) => field.name === take.dataset.take)
  named.forEach((field) => put(field, theirs))
  named.forEach((field) => field.dispatchEvent(new Event("input", { bubbles: true })))
  take.closest(".field-theirs").remove()
  ;(named.find((field) => field.checked) ?? named[0]).focus()
})

const restoreAll = () => document.querySelectorAll("form[method=post]").forEach(window.carmanana.restoreDrafts)
document.addEventListener("htmx:after:swap", restoreAll)
restoreAll()
answered.clear()
