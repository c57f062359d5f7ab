// Long texts are kept in the browser until they are saved, and cleared at sign-out.
window.carmanana = window.carmanana || {}

const PREFIX = "draft:"
const form_of = (element) => element.closest("form[data-keep]")
const key_of = (form, field) => `${PREFIX}${form.dataset.keep}:${field.name}`

document.addEventListener("input", (event) => {
  const form = form_of(event.target)
  if (!form || event.target.tagName !== "TEXTAREA") return
  const key = key_of(form, event.target)
  if (event.target.value) localStorage.setItem(key, event.target.value)
  else localStorage.removeItem(key)
})

window.carmanana.restoreDrafts = (form) => {
  if (!form?.matches("form[data-keep]")) return
  for (const field of form.querySelectorAll("textarea")) {
    const kept = localStorage.getItem(key_of(form, field))
    if (kept && !field.value) field.value = kept
  }
}

function forget(form) {
  for (const field of form.querySelectorAll("textarea")) localStorage.removeItem(key_of(form, field))
}

document.addEventListener("htmx:after:request", (event) => {
  const { ctx } = event.detail
  const form = ctx.sourceElement?.form ?? ctx.sourceElement?.closest?.("form[data-keep]")
  if (form?.dataset.keep && ctx.request.method.toUpperCase() === "POST" && ctx.response?.raw?.ok) forget(form)
})
document.addEventListener("submit", (event) => {
  if (!event.target.matches("[data-sign-out]")) return
  Object.keys(localStorage).filter((key) => key.startsWith(PREFIX)).forEach((key) => localStorage.removeItem(key))
})
document.querySelectorAll("form[data-keep]").forEach(window.carmanana.restoreDrafts)
