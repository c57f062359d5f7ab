// The composer: the kind of contact decides its outcomes and its button. Where nobody answered there is nothing to
// write: the words are there, and the next step is to call again on the next day, unless somebody says otherwise.
const AGAIN = "Call again"

document.addEventListener("change", (event) => {
  const composer = event.target.closest("[data-composer]")
  if (event.target.matches("[data-answers]")) event.target.dataset.touched = ""
  if (!composer || !["kind", "direction", "outcome"].includes(event.target.name)) return
  arrange(composer)
  if (event.target.name === "outcome") fill(composer, event.target.dataset.unanswered || "")
})

function fill(composer, unanswered) {
  const known = [...composer.querySelectorAll("[data-unanswered]")].map((one) => one.dataset.unanswered)
  const summary = composer.querySelector("[name=summary]")
  const next = composer.querySelector("[name=next_step]")
  if (known.includes(summary.value) || (unanswered && !summary.value.trim())) write(summary, unanswered)
  if (!unanswered && next.value === AGAIN) write(next, "")
  if (!unanswered || next.value.trim()) return
  write(next, AGAIN)
  const days = [...composer.querySelectorAll("[data-fills=due_at]")]
  if (!composer.querySelector("[name=due_at]").value) days.find((day) => !day.matches("[data-today]"))?.click()
}

function write(field, words) {
  field.value = words
  field.dispatchEvent(new Event("input", { bubbles: true }))
}

function arrange(composer) {
  const kind = composer.querySelector("[name=kind]:checked").value
  const inbound = composer.querySelector("[name=direction]:checked")?.value === "in"
  const contact = kind !== "note"
  composer.querySelectorAll("[data-for-contact]").forEach((part) => (part.hidden = !contact))
  composer.querySelectorAll("[data-for-out]").forEach((part) => (part.hidden = !contact || inbound))
  composer
    .querySelectorAll("[data-answers]:not([data-touched])")
    .forEach((box) => (box.checked = box.dataset.answers.split(" ").includes(kind)))
  composer.querySelectorAll("[data-kinds]").forEach((chip) => {
    chip.hidden = !chip.dataset.kinds.split(" ").includes(kind)
    if (chip.hidden) chip.querySelector("input").checked = false
  })
  const outcome = composer.querySelector("[name=outcome]:checked")?.value
  composer.querySelectorAll("[data-for-outcome]").forEach((part) => {
    part.hidden =
      !contact || inbound || part.dataset.forOutcome !== outcome || !part.querySelector("[data-kinds]:not([hidden])")
  })
  composer.closest("form").querySelector("[data-submit]").textContent =
    composer.querySelector("[name=kind]:checked").dataset.says
}

const all = () => document.querySelectorAll("[data-composer]").forEach(arrange)
document.addEventListener("htmx:after:swap", all)
all()
