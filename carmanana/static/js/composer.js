// The composer: the kind of contact decides its outcomes and its button.
document.addEventListener("change", (event) => {
  const composer = event.target.closest("[data-composer]")
  if (event.target.matches("[data-answers]")) event.target.dataset.touched = ""
  if (!composer || !["kind", "direction", "outcome"].includes(event.target.name)) return
  arrange(composer)
})

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
