// Dragging cards. This script moves nothing itself: it dims the card, posts where it was dropped, and the
// server's answer puts it there, or says why not.
const board = document.querySelector("[data-board]")
let source = null

const HOW = {
  draggable: "[data-card]:not(.still)",
  filter: "button, input, form",
  preventOnFilter: false,
  animation: matchMedia("(prefers-reduced-motion: reduce)").matches ? 0 : 140,
  forceFallback: true,
  fallbackOnBody: true,
  fallbackTolerance: 4,
  fallbackClass: "card-lifted",
  ghostClass: "card-line",
  delay: 150,
  delayOnTouchOnly: true,
  touchStartThreshold: 4,
  emptyInsertThreshold: 60,
  scrollSensitivity: 60,
  onStart: lift,
  onMove: over,
  onEnd: drop,
}

function sortable(list) {
  if (list.sortable) return
  const stage = Boolean(list.closest(".column")) && /^s\d/.test(list.dataset.cards)
  list.sortable = new Sortable(list, { ...HOW, group: "deals", sort: stage })
}

// The rows of the rail leave it; what is dropped on a dock goes to the whole of it.
function rows(list) {
  if (list.sortable) return
  list.sortable = new Sortable(list, { ...HOW, group: { name: "deals", pull: true, put: false }, sort: false })
}

function lift({ item }) {
  source = item.cloneNode(true)
  source.removeAttribute("id")
  source.classList.remove("card-line")
  source.classList.add("card-source")
  source.removeAttribute("data-card")
  item.after(source)
  Object.assign(Sortable.ghost.style, { height: "auto", opacity: 1 })
  document.body.classList.add("dragging-a-card")
}

function over({ to }) {
  board.querySelectorAll(".over").forEach((column) => column.classList.remove("over"))
  to.closest("[data-column]").classList.add("over")
}

function drop({ item, to, from, oldIndex }) {
  document.body.classList.remove("dragging-a-card")
  board.querySelectorAll(".over").forEach((column) => column.classList.remove("over"))
  const above = cardAbove(item)
  const before = cardAbove(source)
  source.replaceWith(item)
  source = null
  const column = keyOf(to)
  if (column === keyOf(from) && (above === before || !/^s\d/.test(column))) return
  send(item, column, above)
}

const keyOf = (list) => list.closest("[data-cards]").dataset.cards

function cardAbove(node) {
  let above = node.previousElementSibling
  while (above && (!above.dataset.card || above.classList.contains("card-source"))) above = above.previousElementSibling
  return above?.dataset.card || ""
}

function send(card, column, after) {
  card.classList.add("sending")
  const values = { column, after, version: card.dataset.version }
  htmx
    .ajax("POST", `${board.dataset.records || "/deals"}/${card.dataset.card}/column`, {
      source: card,
      swap: "none",
      values,
    })
    .finally(() => card.classList.remove("sending"))
}

function attach() {
  board.querySelectorAll("[data-cards]").forEach(sortable)
  board.querySelectorAll(".dock-rows").forEach(rows)
}

// the phone's stage switcher follows the column in view
function follow() {
  const links = document.querySelectorAll("[data-stage-switch] a")
  const seen = new IntersectionObserver(
    (entries) => {
      for (const entry of entries.filter((entry) => entry.isIntersecting)) {
        links.forEach((link) => {
          const here = link.hash === `#${entry.target.id}`
          link.setAttribute("aria-current", here)
          if (here) link.parentElement.scrollTo({ left: link.offsetLeft - 60, behavior: "smooth" })
        })
      }
    },
    { root: board, threshold: 0.6 },
  )
  board.querySelectorAll("[data-column]").forEach((column) => seen.observe(column))
}

if (board) {
  attach()
  if (matchMedia("(width < 720px)").matches) follow()
  board.querySelector(".column[data-opened]")?.scrollIntoView({ inline: "end", block: "nearest" })
  document.addEventListener("htmx:after:swap", attach)
}
