// An email's dialog: beginning with a template asks before it takes the place of typed words; parts are copied.
document.addEventListener(
  "click",
  (event) => {
    const link = event.target.closest("[data-begin-with]")
    const text = link?.closest("form")?.elements.text
    if (!text || !text.value.trim() || text.value === text.defaultValue) return
    if (window.confirm("Put this template in the place of what you typed?")) return
    event.preventDefault()
    event.stopImmediatePropagation()
  },
  true,
)

const all = () => document.querySelectorAll("[data-copy]").forEach((button) => (button.hidden = false))
document.addEventListener("htmx:after:swap", all)
all()

document.addEventListener("click", async (event) => {
  const button = event.target.closest("[data-copy]")
  if (!button) return
  const field = document.getElementById(button.dataset.copy)
  field.select()
  try {
    await navigator.clipboard.writeText(field.value)
  } catch {
    document.execCommand("copy")
  }
  window.carmanana.say("Copied")
})
