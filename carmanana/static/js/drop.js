// Files dropped anywhere on a deal's page go in by its own form for files, which works without this as well.
const form = () => document.querySelector("form[data-dropped-here]")
const zone = () => document.querySelector("[data-drop]")
const brings_files = (event) => event.dataTransfer?.types.includes("Files")
const takes_it = (event) => event.target.closest?.("input[type=file]")
let depth = 0

function show(shown) {
  if (!shown) depth = 0
  const place = zone()
  if (place) place.hidden = !shown
}

document.addEventListener("dragenter", (event) => {
  if (!form() || !brings_files(event) || document.getElementById("dialog").open) return
  depth += 1
  show(true)
})
document.addEventListener("dragleave", (event) => {
  if (!form() || !brings_files(event)) return
  depth -= 1
  if (depth <= 0) show(false)
})

// Without this the browser would leave the page for the file.
document.addEventListener("dragover", (event) => {
  if (form() && brings_files(event) && !takes_it(event)) event.preventDefault()
})

document.addEventListener("drop", (event) => {
  if (!form() || !brings_files(event)) return
  show(false)
  if (takes_it(event)) return
  event.preventDefault()
  if (document.getElementById("dialog").open || !event.dataTransfer.files.length) return
  const field = form().elements.files
  field.files = event.dataTransfer.files
  form().requestSubmit()
})
