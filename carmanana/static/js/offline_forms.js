// Without a signal the dialog of a contact or of a next step is a blank one that this phone keeps; and what the server
// has refused is mended in its own form, filled in as it was kept.
const { root, queue, me, replay, renew, keep, noRoom, pathOf, recordOf, title } = window.carmanana.kept

const blankFor = (link) => {
  if (!me || !link?.matches?.("a[hx-get]")) return null
  const path = pathOf(link.href)
  if (/\/(deals|leads)\/\d+\/(activities|contacts)\/new$/.test(path)) return "contact"
  return /\/(deals|leads)\/\d+\/steps\/new$/.test(path) ? "step" : null
}

async function openBlank(link) {
  const blanks = await fetch(`${root}/offline/forms`).then(
    (answer) => answer.text(),
    () => "",
  )
  const found = new DOMParser().parseFromString(blanks, "text/html").querySelector(`[data-blank="${blankFor(link)}"]`)
  if (!found) return window.carmanana.say("No connection. Try again in a moment.")
  const form = document.importNode(found.content, true).querySelector("form")
  const who = link.querySelector(".sr-only")?.textContent.replace(/^:\s*/, "").trim() || title()
  form.action = pathOf(link.href)
  form.dataset.offline = blankFor(link) === "step" ? `Next step: ${who}` : who
  form.querySelector("[data-about]").textContent = who
  renew(form)
  document.getElementById("dialog").replaceChildren(form)
  form.querySelector("[name=kind]:checked")?.dispatchEvent(new Event("change", { bubbles: true }))
}

// after the others have been told that there was no answer
document.addEventListener(
  "htmx:error",
  ({ detail: { ctx } }) => ctx && ctx.text === undefined && blankFor(ctx.sourceElement) && openBlank(ctx.sourceElement),
)

document.addEventListener(
  "click",
  (event) => {
    const link = event.target.closest?.("a[hx-get]")
    if (navigator.onLine || !blankFor(link) || event.ctrlKey || event.metaKey) return
    event.preventDefault()
    event.stopImmediatePropagation()
    openBlank(link)
  },
  true,
)

// mending what was refused: its own form, filled in as it was kept

async function edit(key) {
  const item = await queue.get(key).catch(() => null)
  const form =
    item?.person === me &&
    [...document.querySelectorAll("form[method=post][data-offline]")].find((one) => pathOf(one.action) === item.url)
  if (!form) return
  const values = {}
  for (const [name, value] of item.fields) if (typeof value === "string") (values[name] ||= []).push(value)
  window.carmanana.fillForm(form, values)
  tell(form, item.said)
  form.dataset.mending = ""
  const take = (event) => {
    if (event.target !== form) return
    event.preventDefault()
    event.stopImmediatePropagation()
    sendEdited(form, item)
  }
  addEventListener("submit", take, true)
}

function tell(form, words) {
  form.querySelector("[data-kept-said]")?.remove()
  const line = Object.assign(document.createElement("p"), {
    className: "banner banner-bad",
    textContent: words || "It waits to be sent.",
  })
  line.dataset.keptSaid = ""
  line.setAttribute("role", "alert")
  ;(form.querySelector(".dialog-body") || form).prepend(line)
}

async function sendEdited(form, before) {
  try {
    await keep(form, before)
  } catch {
    return noRoom()
  }
  window.carmanana.forgetDraft(form)
  if (navigator.onLine) await replay()
  const item = await queue.get(before.key)
  if (item?.state === "mend") tell(form, item.said)
  else location.assign(item ? `${root}/offline` : recordOf(form) || `${root}/`)
}

const asked = new URLSearchParams(location.search).get("kept")
if (asked) edit(asked)
document.querySelectorAll("form[data-offline-only]").forEach(renew)
