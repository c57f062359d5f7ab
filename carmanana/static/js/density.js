// How close the cards stand: changes at once, remembered on the server.
document.addEventListener("submit", (event) => {
  const form = event.target.closest("[data-density]")
  if (!form) return
  event.preventDefault()
  const button = form.querySelector("button")
  const compact = button.value === "compact"
  const body = new FormData(form)
  body.set("density", button.value)
  document.querySelector("[data-board]").classList.toggle("compact", compact)
  button.value = compact ? "comfortable" : "compact"
  button.setAttribute("aria-pressed", compact)
  fetch(form.action, { method: "POST", body, redirect: "manual" })
})
