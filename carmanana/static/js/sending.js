// A form is sent once at a time. One that could not be sent, or whose answer was lost, can be sent again as it is,
// with the same one-time key, so that nothing is made twice.
const underWay = new WeakSet()
let sendAgain = null
let submitter = null
const place = document.getElementById("refusal")
const buttonsOf = (form) => [...form.elements].filter((field) => field.matches("button:not([type=button])"))

function busy(form, is) {
  if (is) underWay.add(form)
  else underWay.delete(form)
  buttonsOf(form).forEach((button) =>
    is ? button.setAttribute("aria-disabled", "true") : button.removeAttribute("aria-disabled"),
  )
}

// The server closes the door on more than it takes, in the midst of the sending: nothing could be said then.
const MEGABYTES = Number(document.documentElement.dataset.mostMegabytes)

function tooLarge(form) {
  const files = [...form.querySelectorAll("input[type=file]:enabled")].flatMap((field) => [...field.files])
  const most = MEGABYTES * 1024 * 1024
  const one = files.find((file) => file.size > most)
  if (one) return `${one.name} is larger than ${MEGABYTES} MB. Send a smaller one.`
  const all = files.reduce((size, file) => size + file.size, 0)
  return all > most ? `Together these files are larger than ${MEGABYTES} MB. Send them in parts.` : ""
}

function refuse(title, words) {
  const panel = document.getElementById("unsent").content.cloneNode(true)
  panel.querySelector("h2").textContent = title
  panel.querySelector("p").textContent = words
  panel.querySelector("footer").remove()
  place.replaceChildren(panel)
}

// before htmx hears of it
document.addEventListener(
  "submit",
  (event) => {
    const form = event.target
    if (form.method !== "post") return
    if (underWay.has(form)) {
      event.preventDefault()
      event.stopImmediatePropagation()
      return
    }
    const refused = tooLarge(form)
    if (refused) {
      event.preventDefault()
      event.stopImmediatePropagation()
      return refuse("That is too large", refused)
    }
    submitter = event.submitter
    if (!form.hasAttribute("hx-post")) setTimeout(() => !event.defaultPrevented && busy(form, true))
  },
  true,
)
document.addEventListener(
  "click",
  (event) => {
    const button = event.target.closest("button[aria-disabled=true]")
    if (!button || !underWay.has(button.form)) return
    event.preventDefault()
    event.stopImmediatePropagation()
  },
  true,
)
// back on a page that was left by sending
addEventListener("pageshow", () => document.querySelectorAll("form[method=post]").forEach((form) => busy(form, false)))

const posting = (ctx) => ctx.request.method.toUpperCase() === "POST" && !ctx.sourceElement.matches("[data-poll]")
const formOf = (ctx) => ctx.sourceElement.form ?? ctx.sourceElement.closest("form")

document.addEventListener("htmx:before:request", ({ detail: { ctx } }) => {
  if (posting(ctx) && formOf(ctx)) busy(formOf(ctx), true)
})
document.addEventListener("htmx:finally:request", ({ detail: { ctx } }) => {
  if (posting(ctx) && formOf(ctx)) busy(formOf(ctx), false)
})

document.addEventListener("htmx:error", ({ detail: { ctx } }) => {
  if (!ctx || ctx.text !== undefined || ctx.sourceElement.matches("[data-poll]")) return
  if (!posting(ctx) || !formOf(ctx)) return window.carmanana.say("No connection. Try again in a moment.")
  sendAgain = again(ctx.sourceElement, submitter)
  place.replaceChildren(document.getElementById("unsent").content.cloneNode(true))
})

// A button that posts by itself is pressed once more.
function again(source, button) {
  if (!source.matches("form")) return () => source.click()
  return () => source.requestSubmit(source.contains(button) ? button : null)
}

document.addEventListener("click", ({ target }) => {
  if (!target.closest("[data-again]")) return
  place.replaceChildren()
  sendAgain()
})
