// The dialogs: each opens when a fragment fills it, closes when it is emptied, asks before typed words are lost.
// The large one holds a review; the other may open over it.
for (const dialog of document.querySelectorAll("dialog.dialog")) attend(dialog)

function attend(dialog) {
  let opener = null
  let touched = false

  function ready() {
    dialog.classList.toggle("dialog-wide", Boolean(dialog.querySelector("[data-wide]")))
    const wrong = dialog.querySelector('[aria-invalid="true"]')
    const first =
      wrong ||
      dialog.querySelector("[autofocus]") ||
      dialog.querySelector(".dialog-body :is(input:not([type=hidden]), select, textarea, button, a)")
    first?.focus()
    window.carmanana.restoreDrafts?.(dialog.querySelector("form"))
  }

  new MutationObserver(() => {
    if (dialog.querySelector(".dialog-head")) {
      if (!dialog.open) {
        opener = document.activeElement
        touched = false
        dialog.showModal()
      }
      ready()
    } else if (dialog.open) dialog.close()
  }).observe(dialog, { childList: true })

  function leave() {
    if (touched) ask()
    else dialog.replaceChildren()
  }

  // What was typed stays as a draft, unless it is thrown away.
  function ask() {
    const asked = dialog.querySelector("[data-leaving]")
    if (asked) return asked.querySelector("button").focus()
    const bar = document.getElementById("leaving").content.firstElementChild.cloneNode(true)
    dialog.querySelector(".dialog-foot, .review-foot")?.before(bar)
    bar.querySelector("button").focus()
  }

  dialog.addEventListener("click", ({ target }) => {
    const choice = target.closest("[data-leave]")?.dataset.leave
    if (!choice) return
    if (choice === "stay") return target.closest("[data-leaving]").remove()
    if (choice === "discard") dialog.querySelectorAll("form").forEach((form) => window.carmanana.forgetDraft(form))
    dialog.replaceChildren()
  })

  dialog.addEventListener("close", () => {
    dialog.replaceChildren()
    touched = false
    if (opener?.isConnected) opener.focus()
    else document.getElementById(opener?.closest("[data-card]")?.id)?.querySelector("a")?.focus()
  })
  dialog.addEventListener("cancel", (event) => {
    if (event.target !== dialog) return
    event.preventDefault()
    leave()
  })
  dialog.addEventListener("input", (event) => (touched ||= !window.carmanana.restoring && Boolean(event.target.form)))
  dialog.addEventListener("click", (event) => {
    if (event.target === dialog || event.target.closest("[data-close]")) leave()
  })
  // what was saved without closing is typed no more
  document.addEventListener("htmx:after:request", ({ detail: { ctx } }) => {
    const saved = ctx.request.method.toUpperCase() === "POST" && ctx.response?.raw?.ok
    if (saved && dialog.contains(ctx.sourceElement) && !ctx.sourceElement.matches("[data-poll]")) touched = false
  })
}

// A date or an amount that a chip stands for goes into its field.
document.addEventListener("click", (event) => {
  const chip = event.target.closest("[data-fills]")
  if (!chip) return
  const field = chip.closest("form").elements[chip.dataset.fills]
  field.value = chip.dataset.value
  field.dispatchEvent(new Event("input", { bubbles: true }))
})
document.addEventListener("input", (event) => {
  const form = event.target.form
  form?.querySelectorAll(`[data-fills="${event.target.name}"]`).forEach((chip) => {
    chip.setAttribute("aria-pressed", chip.dataset.value === event.target.value)
  })
})

// A list of alike rows (vehicles wanted) grows by one.
document.addEventListener("click", (event) => {
  const add = event.target.closest("[data-add-row]")
  if (!add) return
  const template = document.getElementById(add.dataset.addRow)
  const rows = template.parentElement.querySelectorAll("[data-row]").length
  const html = template.innerHTML.replaceAll("__n__", rows)
  template.insertAdjacentHTML("beforebegin", html)
  template.previousElementSibling.dataset.added = ""
  template.previousElementSibling.querySelector("input")?.focus()
})
