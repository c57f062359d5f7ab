// Without a signal a form marked [data-offline] is kept on this phone, and sent once when the signal is back: when the
// page is opened, when the browser is online again, and when asked. What waits belongs to the person who saved it.
window.carmanana = window.carmanana || {}

const root = document.documentElement.dataset.root || ""
const PERSON = "phone-person"
const WAITS = "phone-waits" // how many of anybody's; the board asks for this script where there are some
const signedIn = Number(document.documentElement.dataset.person) || null
if (signedIn) remember(signedIn)
const store = self.phoneStore()
const me = signedIn || Number(remembered()) || null

function remember(person) {
  if (Number(remembered()) !== person) self.phoneStore().isOf(person).catch(() => {})
  write(PERSON, person)
}

function write(name, value) {
  try {
    localStorage.setItem(name, value)
  } catch {
    // without storage nothing waits here either
  }
}

function remembered() {
  try {
    return localStorage.getItem(PERSON)
  } catch {
    return null
  }
}

const pathOf = (address) => new URL(address, location.href).pathname
const TROUBLE =
  ".field-error, .unmet b, [role=alert] > span, .refusal p, [data-trouble] p:not(.empty-code), [data-stale]"
const fresh = () =>
  btoa(String.fromCharCode(...crypto.getRandomValues(new Uint8Array(12)))).replaceAll("+", "-").replaceAll("/", "_")

// sending

const PATIENCE = 60_000
let token = null

async function freshToken() {
  const signal = AbortSignal.timeout(PATIENCE)
  const answer = await fetch(`${root}/offline/token`, { headers: { "HX-Request": "true" }, signal })
  return answer.ok ? { status: answer.status, ...(await answer.json()) } : { status: answer.status }
}

// A token that the session has outlived is asked for anew.
async function send(item, tries = 3) {
  token = token || (await freshToken())
  if (token.status !== 200 || token.person !== item.person) {
    const { status, person } = token
    token = null
    return person === undefined ? { status } : { status: 0, person }
  }
  const body = new FormData()
  for (const [name, value] of item.fields) body.append(name, value)
  body.set("csrf_token", token.token)
  const seconds = Math.max(0, Math.round((Date.now() - item.at) / 1000))
  const headers = { "HX-Request": "true", "HX-Request-Type": "partial", "X-Kept": String(seconds) }
  const answer = await fetch(item.url, { method: "POST", body, headers, signal: AbortSignal.timeout(PATIENCE) })
  if (answer.status === 400 && tries > 1) {
    token = null
    return send(item, tries - 1)
  }
  return { status: answer.status, said: answer.ok ? "" : said(await answer.text()) }
}

// the sentences of a refusal, as its page has them
function said(html) {
  const page = new DOMParser().parseFromString(html, "text/html")
  for (const unseen of page.querySelectorAll(".sr-only")) unseen.remove()
  const found = page.querySelectorAll(TROUBLE)
  const told = [...new Set([...found].map((one) => one.textContent.trim().replace(/\s+/g, " ")))].join(" ")
  return told.slice(0, 600) || "The server did not take it."
}

const alone = (work) => (navigator.locks ? navigator.locks.request("carmanana-queue", work) : work())
const queue = self.offlineQueue({ store, send, alone })
const heard = new Set()
let running = null
let another = false

// One at a time; what was kept while it went on goes with the next.
function replay() {
  if (!navigator.onLine) return changed()
  another = true
  running ||= (async () => {
    let sent = 0
    while (another) {
      another = false
      token = null
      sent += await queue.replay(me)
    }
    return sent
  })()
    .catch(() => 0)
    .then(async (sent) => {
      running = null
      if (sent) window.carmanana.say(sent === 1 ? "1 sent that had waited" : `${sent} sent that had waited`)
      await changed()
      return sent
    })
  return running
}

const words = (many) => `${many} waiting`

async function changed() {
  const items = me ? await queue.of(me).catch(() => []) : []
  for (const badge of document.querySelectorAll("[data-kept-badge]")) {
    badge.hidden = !items.length
    badge.classList.toggle("kept-badge-bad", items.some((item) => item.state === "mend"))
    badge.querySelector("span").textContent = words(items.length)
  }
  const waits = await store.all().catch(() => [])
  write(WAITS, waits.length)
  mark(items)
  heard.forEach((hear) => hear(items))
}

// A form that waits can't be sent a second time; once it has gone, the page is out of date.
function mark(items) {
  if (location.search.includes("kept=")) return // it is being mended
  const waiting = new Set(items.map((item) => item.url))
  for (const form of document.querySelectorAll("form[data-offline]:not([data-offline-more], [data-offline-only])")) {
    const waits = waiting.has(pathOf(form.action))
    if (form.hasAttribute("data-waits") && !waits) return drawAnew()
    if (!waits || form.hasAttribute("data-waits")) continue
    form.setAttribute("data-waits", "")
    const button = form.querySelector("button:not([type=button])")
    button.disabled = true
    button.replaceChildren("Waiting")
  }
}

const typed = (field) =>
  field.matches("textarea, input:not([type=hidden], [type=checkbox], [type=radio])") &&
  field.value !== field.defaultValue
const isTyped = () => [...document.querySelectorAll("main textarea, main input")].some(typed)
const drawAnew = () => document.querySelector("dialog[open]") || isTyped() || location.reload()

// keeping

// `before` is what is edited: its key and its time stay, and its files, where no others are chosen.
async function keep(form, before) {
  const isBlank = (value) => value instanceof File && !value.name
  const fields = [...new FormData(form)].filter(([name, value]) => name !== "csrf_token" && !isBlank(value))
  const key = before?.key || fields.find(([name]) => name === "once")?.[1] || fresh()
  const isHere = (name) => fields.some(([other]) => other === name)
  const files = (before?.fields || []).filter(([name, value]) => value instanceof File && !isHere(name))
  const page = form.dataset.offlinePage || recordOf(form) || location.pathname
  const given = [...fields.filter(([name]) => name !== "once"), ...files, ["once", key]]
  const at = before?.at || Date.now()
  await queue.keep({ key, person: me, url: pathOf(form.action), label: labelOf(form), page, fields: given, at })
}

const recordOf = (form) => pathOf(form.action).match(/^.*\/(deals|leads)\/\d+/)?.[0]
const title = () => document.title.split(" · ")[0]
function labelOf(form) {
  const kind = form.querySelector("[name=kind]:checked")?.closest("label")?.textContent.trim()
  const about = form.dataset.offline || title()
  return kind ? `${kind}: ${about}` : about
}

async function keepHere(form) {
  if (form.hasAttribute("data-waits")) return true
  try {
    await keep(form)
  } catch {
    return false
  }
  window.carmanana.forgetDraft(form)
  window.carmanana.say("Kept on this phone, sent when the signal is back")
  done(form)
  await changed()
  navigator.storage?.persist?.()
  return true
}

// What can be filled in again is empty again, with a key of its own.
function done(form) {
  const dialog = form.closest("dialog")
  if (dialog) return dialog.replaceChildren()
  if (!form.matches("[data-offline-more], [data-offline-only]")) return
  form.reset()
  renew(form)
  form.querySelector("[name=kind]:checked")?.dispatchEvent(new Event("change", { bubbles: true }))
}

const renew = (form) => form.elements.once && (form.elements.once.value = fresh())

const noRoom = () => window.carmanana.say("It could not be kept on this phone. What you typed is still here.")
const kept = (form) => me && form?.matches?.("form[data-offline]")

// before anybody else hears of it
addEventListener(
  "submit",
  async (event) => {
    const form = event.target
    if (!kept(form) || form.dataset.mending || (navigator.onLine && !form.hasAttribute("data-offline-only"))) return
    event.preventDefault()
    event.stopImmediatePropagation()
    if (!(await keepHere(form))) return noRoom()
    if (navigator.onLine) replay()
  },
  true,
)

// It was sent, and nobody answered: the key sees to it that it is taken once.
const unanswered = (event) => {
  const { ctx } = event.detail
  if (!ctx || ctx.text !== undefined || !kept(ctx.sourceElement)) return
  event.stopImmediatePropagation()
  keepHere(ctx.sourceElement).then((is) => is || noRoom())
}
addEventListener("htmx:error", unanswered, true)

// signing out

addEventListener(
  "submit",
  async (event) => {
    const form = event.target
    if (!form.matches("[data-sign-out]") || form.dataset.agreed) return
    event.preventDefault()
    event.stopImmediatePropagation()
    const waiting = await queue.of(me).catch(() => [])
    if (waiting.length) askFirst(form, waiting.length)
    else signOut(form)
  },
  true,
)

function askFirst(form, many) {
  form.closest("[popover]")?.hidePopover()
  const dialog = document.getElementById("dialog")
  dialog.replaceChildren(document.getElementById("sign-out-waiting").content.cloneNode(true))
  dialog.querySelector("[data-how-many]").textContent = words(many)
  dialog.querySelector("[data-discard-and-sign-out]").addEventListener("click", () => signOut(form))
  dialog.querySelector("[data-send-now]").addEventListener("click", async () => {
    const told = dialog.querySelector("[data-sending]")
    told.textContent = "Sending…"
    await replay()
    const left = await queue.of(me)
    if (!left.length) return signOut(form)
    dialog.querySelector("[data-how-many]").textContent = words(left.length)
    told.textContent = "Not everything could be sent."
  })
}

// The answer clears this browser's storage. What another person has waiting here stays: then only what is ours goes.
async function signOut(form) {
  if (!navigator.onLine) return window.carmanana.say("No connection. Signing out needs one.")
  if (await queue.othersWait(me).catch(() => false)) {
    form.append(Object.assign(document.createElement("input"), { type: "hidden", name: "others_wait", value: "1" }))
    await queue.discardAll(me)
    await store.dropShared(({ person }) => person === me)
    localStorage.removeItem(PERSON)
    sessionStorage.clear()
  }
  form.dataset.agreed = "1"
  form.requestSubmit()
}

// from the beginning

const hear = (one) => heard.add(one)
window.carmanana.kept = {
  root, queue, store, me, fresh, renew, keep, noRoom, pathOf, recordOf, title, replay, changed, hear,
}
addEventListener("online", replay)
addEventListener("pageshow", (event) => event.persisted && replay())
document.addEventListener("visibilitychange", () => document.hidden || replay())
document.addEventListener("htmx:after:swap", changed)
if (me) replay()
if (signedIn || me)
  navigator.serviceWorker?.register(`${root}/service-worker.js`, { scope: `${root}/` }).catch(() => {})
