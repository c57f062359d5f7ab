// Cells of the list that turn into their fields: Enter saves, Esc leaves, and focus stays with the cell.
const list = document.querySelector("[data-list]")
const before = new WeakMap()
let last = null

const cellOf = (element) => element?.closest?.("[data-cell]")
const opener = (row, key) =>
  document.querySelector(`#${row} [data-opens="${key}"]`) || document.querySelector(`#${row} .list-open`)

function keep(event) {
  const link = event.detail.ctx.sourceElement
  if (!link.matches?.("[data-opens]")) return
  const cell = link.closest("tr").querySelector(`[data-cell="${link.dataset.opens}"]`)
  before.set(
    cell,
    [...cell.childNodes].map((node) => node.cloneNode(true)),
  )
}

function leave(cell) {
  const stood = before.get(cell)
  if (!stood) return
  cell.replaceChildren(...stood)
  htmx.process(cell)
  opener(cell.closest("tr").id, cell.dataset.cell).focus()
}

function pressed(event) {
  const form = event.target.closest("[data-cell-form]")
  if (!form) return
  if (event.key === "Escape") {
    event.preventDefault()
    leave(cellOf(form))
  } else if (event.key === "Enter" && event.target.matches("select")) {
    event.preventDefault()
    form.requestSubmit()
  }
}

// The first field is in focus when the fields come, the cell again when its row has come back.
function arrive(changes) {
  const form = list.querySelector("[data-cell-form]:not([data-seen])")
  if (form) {
    form.dataset.seen = ""
    const field = form.querySelector("[aria-invalid]") || form.querySelector("[data-cell-field]")
    field.focus()
    field.select?.()
    last = { row: form.closest("tr").id, key: cellOf(form).dataset.cell }
  } else if (last && changes.some((change) => [...change.addedNodes].some((node) => node.id === last.row))) {
    const { row, key } = last
    last = null
    setTimeout(() => document.activeElement === document.body && opener(row, key)?.focus())
  }
}

if (list) {
  document.addEventListener("htmx:before:request", keep)
  list.addEventListener("keydown", pressed)
  new MutationObserver(arrive).observe(list, { childList: true, subtree: true })
}
