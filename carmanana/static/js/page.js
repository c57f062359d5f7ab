// What every request carries, and small switches of the page.
document.addEventListener("htmx:config:request", (event) => {
  const token = document.querySelector('meta[name="csrf-token"]')
  if (token) event.detail.ctx.request.headers["X-CSRFToken"] = token.content
})

// A link that opens a dialog asks through htmx; with a modifier key it is an ordinary link.
document.addEventListener("click", (event) => {
  const toggle = event.target.closest("[data-show]")
  if (!toggle) return
  const shown = document.getElementById(toggle.dataset.show).classList.toggle("shown")
  toggle.setAttribute("aria-expanded", shown)
})

// Menus close when one of their links is followed in place.
document.addEventListener("click", (event) => {
  const item = event.target.closest(".menu-item[hx-get]")
  if (item) item.closest("[popover]")?.hidePopover()
})
