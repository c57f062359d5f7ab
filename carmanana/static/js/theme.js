// The theme switch: changes at once, remembered on the server.
document.addEventListener("submit", (event) => {
  const form = event.target.closest("[data-theme-switch]")
  if (!form) return
  event.preventDefault()
  const theme = event.submitter.value
  document.documentElement.dataset.theme = theme
  form.querySelectorAll("button").forEach((button) => button.toggleAttribute("aria-pressed", false))
  event.submitter.setAttribute("aria-pressed", "true")
  const body = new FormData(form)
  body.set("theme", theme)
  fetch(form.action, { method: "POST", body, redirect: "manual" })
})
