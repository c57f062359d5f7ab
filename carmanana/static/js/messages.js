// Toasts go by themselves, refusals wait; both are spoken.
window.carmanana = window.carmanana || {}

const LASTS = 5000
const LASTS_WITH_UNDO = 10000

window.carmanana.say = (words) => {
  const toast = document.createElement("div")
  toast.className = "toast"
  toast.dataset.toast = ""
  toast.textContent = words
  document.getElementById("toasts").append(toast)
}

// One that offers Undo stays while somebody is on it, and only the last step's is offered.
function last(toast) {
  const undo = toast.matches("[data-undo]")
  if (undo) document.querySelectorAll("[data-undo]").forEach((other) => other !== toast && other.remove())
  const leave = () => (toast.matches(":hover, :focus-within") ? setTimeout(leave, 1000) : toast.remove())
  setTimeout(leave, undo ? LASTS_WITH_UNDO : LASTS)
}

document.querySelectorAll("[data-toast]").forEach(last)
new MutationObserver((changes) => {
  for (const change of changes) {
    for (const node of change.addedNodes) {
      if (node.nodeType === 1 && node.matches("[data-toast]")) last(node)
    }
  }
}).observe(document.getElementById("toasts"), { childList: true })

const place = document.getElementById("refusal")
const home = place.parentElement

// A refusal takes the focus, so that its ways out are the next stops; when it goes, focus is again where it was.
let stood = null

function takeFocus() {
  const panel = place.querySelector("[data-refusal]")
  if (!panel || place.contains(document.activeElement)) return
  stood = document.activeElement === document.body ? lastCard : document.activeElement
  panel.focus()
}

function giveBack() {
  if (document.activeElement !== document.body) return
  const at = stood?.isConnected ? stood : document.getElementById(stood?.closest?.("[data-card]")?.id)
  ;(at?.matches("[data-card]") ? at.querySelector("a") : at)?.focus()
}

let lastCard = null
document.addEventListener("htmx:before:request", ({ detail: { ctx } }) => {
  lastCard = ctx.sourceElement.closest?.("[data-card]") || lastCard
})

// A refusal to something in an open dialog is shown inside it, above the page's backdrop.
new MutationObserver(() => {
  const dialog = document.activeElement.closest("dialog[open]") || document.querySelector("dialog[open]")
  if (place.firstElementChild && dialog) dialog.querySelector("[data-refusals], .dialog-body")?.append(place)
  else if (!document.querySelector("dialog[open]") && place.parentElement !== home) home.append(place)
  takeFocus()
}).observe(place, { childList: true })
// It leaves the dialog before the next answer replaces what the dialog holds; what a field asks for replaces less. Of a
// remedy that is taken the answer is only heard while its button is in the page.
document.addEventListener("htmx:before:request", ({ detail: { ctx } }) => {
  if (place.parentElement === home || ctx.sourceElement.matches("[data-poll], input, select")) return
  if (place.contains(ctx.sourceElement)) home.append(place)
  else dismiss()
})

function dismiss() {
  place.replaceChildren()
  if (place.parentElement !== home) home.append(place)
}

document.addEventListener("click", (event) => {
  if (!event.target.closest("button[data-dismiss]")) return
  dismiss()
  giveBack()
})
// A remedy that was taken closes the refusal; its own refusal has taken the place by then.
document.addEventListener("htmx:finally:request", (event) => {
  if (place.contains(event.detail.ctx.sourceElement)) dismiss()
})
// What was taken back, or can't be any more, is not offered again.
document.addEventListener("htmx:finally:request", ({ detail: { ctx } }) => {
  if (ctx.response) ctx.sourceElement.closest?.("[data-undo]")?.remove()
})
document.addEventListener("keydown", (event) => {
  if (event.key !== "Escape" || !place.firstElementChild || document.querySelector("dialog[open]")) return
  dismiss()
  giveBack()
})
