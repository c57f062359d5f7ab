// A sign that an answer is awaited: after a moment, and not for what the page asks by itself.
const AFTER = 250
const sign = document.getElementById("waiting")
const awaited = new Map()

const show = () => {
  sign.classList.add("shown")
  sign.textContent = "Loading…"
}

document.addEventListener("htmx:before:request", ({ detail: { ctx } }) => {
  if (!ctx.sourceElement.matches("[data-poll]")) awaited.set(ctx, setTimeout(show, AFTER))
})
document.addEventListener("htmx:finally:request", ({ detail: { ctx } }) => {
  clearTimeout(awaited.get(ctx))
  awaited.delete(ctx)
  if (awaited.size) return
  sign.classList.remove("shown")
  sign.textContent = ""
})
