// Cells of a list that are written by keyboard: arrows, Home and End go about, Enter or a letter writes, Delete writes
// anew, Enter and Tab save, Esc leaves it as it was, and a block from a spreadsheet is pasted from the cell on. The
// server writes; this script only asks.
const TABLE = "table[data-grid]"
const cellOf = (element) => element?.closest?.(`${TABLE} [data-cell]`)
const tableOf = (cell) => cell.closest(TABLE)
const rowOf = (cell) => cell.closest("[data-row]")
const rowsOf = (table) => [...table.querySelectorAll("[data-row]")]
const keysOf = (row) => [...row.querySelectorAll("[data-cell]")].map((cell) => cell.dataset.cell)
const cellAt = (id, key) => document.querySelector(`${TABLE} [data-row="${id}"] [data-cell="${key}"]`)
const ENDS = { Home: 0, End: -1 }
const STEPS = { ArrowUp: [-1, 0], ArrowDown: [1, 0], ArrowLeft: [0, -1], ArrowRight: [0, 1] }
let stood = null

const shownIn = (row) => (row ? [...row.querySelectorAll("[data-cell]")].filter((one) => one.offsetParent) : [])

function neighbour(cell, [down, right]) {
  const rows = rowsOf(tableOf(cell))
  const shown = shownIn(rows[rows.indexOf(rowOf(cell)) + down])
  const keys = shown.map((one) => one.dataset.cell)
  return shown[keys.indexOf(cell.dataset.cell) + right]
}

function stand(cell) {
  if (!cell) return
  for (const other of tableOf(cell).querySelectorAll('[data-cell][tabindex="0"]')) other.tabIndex = -1
  cell.tabIndex = 0
  cell.focus()
}

function write(cell, text) {
  stood = [...cell.childNodes]
  const field = document.createElement("input")
  field.className = "cell-field"
  field.dataset.cellField = ""
  field.value = text
  const head = tableOf(cell).tHead.rows[0].cells[[...cell.parentNode.cells].indexOf(cell)]
  field.setAttribute("aria-label", head.textContent.trim())
  cell.replaceChildren(field)
  field.focus()
  field.setSelectionRange(text.length, text.length)
}

function leave(cell) {
  if (stood) cell.replaceChildren(...stood)
  else cell.textContent = cell.dataset.text
  stood = null
  stand(cell)
}

async function save(cell, next) {
  const { row, version } = rowOf(cell).dataset
  const { cell: key, text } = cell.dataset
  const typed = cell.querySelector("[data-cell-field]").value
  const [nextRow, nextKey] = next ? [rowOf(next).dataset.row, next.dataset.cell] : [row, key]
  if (typed === text) leave(cell)
  else await send(cell, { row, version, key, text: typed })
  const wrong = document.querySelector(`${TABLE} [data-cell-field]`)
  if (wrong) return wrong.focus()
  stood = null
  stand(cellAt(nextRow, nextKey))
}

const send = (cell, values) => {
  const table = tableOf(cell)
  values.columns = table.dataset.columns
  return htmx.ajax("POST", table.dataset.grid, { source: table, swap: "none", values })
}

document.addEventListener(
  "keydown",
  (event) => {
    const cell = cellOf(event.target)
    if (!cell || event.isComposing) return
    const field = event.target.matches("[data-cell-field]")
    const step = STEPS[event.key]
    if (field && event.key === "Escape") leave(cell)
    else if (field && event.key === "Enter") save(cell, neighbour(cell, [1, 0]))
    else if (field && event.key === "Tab") save(cell, neighbour(cell, [0, event.shiftKey ? -1 : 1]))
    else if (!field && event.target === cell && step) stand(neighbour(cell, step))
    else if (!field && event.target === cell && event.key in ENDS) stand(shownIn(rowOf(cell)).at(ENDS[event.key]))
    else if (!field && event.target === cell && event.key === "Delete") write(cell, "")
    else if (!field && event.target === cell && (event.key === "Enter" || event.key === "F2"))
      write(cell, cell.dataset.text)
    else if (
      !field &&
      event.target === cell &&
      event.key.length === 1 &&
      !event.ctrlKey &&
      !event.metaKey &&
      !event.altKey
    )
      write(cell, event.key)
    else return
    event.preventDefault()
    event.stopPropagation()
  },
  true,
)

document.addEventListener("dblclick", (event) => {
  const cell = cellOf(event.target)
  if (cell && !event.target.closest("a, input")) write(cell, cell.dataset.text)
})

document.addEventListener("click", (event) => {
  const cell = cellOf(event.target)
  if (cell && !event.target.closest("a, input")) stand(cell)
})

document.addEventListener("paste", (event) => {
  const cell = cellOf(event.target)
  if (!cell || event.target.matches("[data-cell-field]")) return
  const table = tableOf(cell)
  const rows = rowsOf(table).slice(rowsOf(table).indexOf(rowOf(cell)))
  const keys = keysOf(rowOf(cell))
  event.preventDefault()
  htmx.ajax("POST", table.dataset.paste, {
    source: table,
    target: "#dialog",
    values: {
      text: event.clipboardData.getData("text/plain"),
      rows: rows.map((row) => row.dataset.row).join(","),
      versions: rows.map((row) => row.dataset.version).join(","),
      keys: keys.slice(keys.indexOf(cell.dataset.cell)).join(","),
    },
  })
})

// the table is one stop of Tab
function ready() {
  const table = document.querySelector(TABLE)
  const first = table && !table.querySelector('[data-cell][tabindex="0"]') && table.querySelector("[data-cell]")
  if (first) first.tabIndex = 0
}
document.addEventListener("htmx:after:swap", ready)
ready()
