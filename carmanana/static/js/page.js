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

// A filter's text that is cleared by its own cross filters no more.
document.addEventListener(
  "search",
  (event) => event.target.matches("[data-filter-text]") && event.target.form.requestSubmit(),
  true,
)

// Menus close when one of their links is followed in place.
document.addEventListener("click", (event) => {
  const item = event.target.closest(".menu-item[hx-get]")
  if (item) item.closest("[popover]")?.hidePopover()
})

// Of more tabs than there is room for, that of the open page is in view.
for (const tab of document.querySelectorAll(".tabs > [aria-current]")) {
  const row = tab.parentElement
  row.scrollLeft = tab.offsetLeft - (row.clientWidth - tab.offsetWidth) / 2
}
