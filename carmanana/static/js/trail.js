// From a board or a list to a deal and back: the deal's address tells where one came from, and on the way back
// everything stands as it was left: what was scrolled and loaded, and the focus on the card one came from.
const shown = document.querySelector("[data-board], [data-list]")
const KEPT = "left:"
const WAITS = 4000
const PANES = "[data-list], [data-board], .board-columns, .rail, .column-cards"

// The same query may stand in another order.
function placeOf({ pathname, search }) {
  const query = new URLSearchParams(search)
  query.sort()
  return `${pathname}?${query}`
}
const nameOf = (pane) => pane.id || pane.className.split(" ")[0]
const panes = () => [shown, ...shown.querySelectorAll(PANES)]
const countOf = (pane) => pane.querySelectorAll("[data-card]").length

// the way there

let opened = null

function depart(event) {
  const link = event.target.closest("[data-card] a:not([hx-get])")
  if (!link || !link.pathname.startsWith("/deals/")) return
  const address = new URL(link.href)
  address.searchParams.set("from", location.pathname + location.search)
  link.href = address.pathname + address.search
  opened = link.closest("[data-card]").id
}

function remember() {
  const kept = panes().map((pane) => [
    nameOf(pane),
    { top: pane.scrollTop, left: pane.scrollLeft, cards: countOf(pane) },
  ])
  sessionStorage.setItem(KEPT + placeOf(location), JSON.stringify({ opened, panes: Object.fromEntries(kept) }))
}

// the way back

async function restore({ opened, panes: kept }) {
  const standing = panes().filter((pane) => kept[nameOf(pane)])
  await Promise.all(standing.map((pane) => refill(pane, kept[nameOf(pane)].cards)))
  for (const pane of standing) {
    const { top, left } = kept[nameOf(pane)]
    pane.scrollTo({ top, left, behavior: "instant" })
  }
  const card = opened && document.getElementById(opened)
  const free = !document.activeElement || document.activeElement === document.body
  if (card && free) card.querySelector("a").focus({ preventScroll: true })
}

// Scrolled to its end, a pane brings its next cards by itself.
async function refill(pane, cards) {
  if (!pane.matches("[data-list], .column-cards")) return
  while (countOf(pane) < cards && pane.querySelector(".column-more, .list-more")) {
    const before = countOf(pane)
    pane.scrollTo({ top: pane.scrollHeight, behavior: "instant" })
    if (!(await grown(pane, before))) return
  }
}

function grown(pane, before) {
  return new Promise((done) => {
    const watch = new MutationObserver(() => countOf(pane) > before && end(true))
    const late = setTimeout(() => end(false), WAITS)
    function end(more) {
      watch.disconnect()
      clearTimeout(late)
      done(more)
    }
    watch.observe(pane, { childList: true, subtree: true })
  })
}

function comesBack() {
  const asked = sessionStorage.getItem("back") === placeOf(location)
  sessionStorage.removeItem("back")
  const how = performance.getEntriesByType("navigation")[0]?.type
  return asked || how === "back_forward" || how === "reload"
}

if (shown) {
  for (const name of ["click", "auxclick", "contextmenu"]) document.addEventListener(name, depart, true)
  addEventListener("pagehide", remember)
  const left = sessionStorage.getItem(KEPT + placeOf(location))
  if (comesBack() && left) restore(JSON.parse(left))
}

// on a deal: the way back by its crumb, and its neighbours by key

document.addEventListener("click", (event) => {
  const back = event.target.closest("a[data-back]")
  if (back) sessionStorage.setItem("back", placeOf(back))
})

const BESIDE = { j: "next", k: "prev" }

document.addEventListener("keydown", (event) => {
  const rel = BESIDE[event.key.toLowerCase()]
  if (!rel || event.ctrlKey || event.metaKey || event.altKey || event.repeat) return
  if (!window.carmanana.letters() || window.carmanana.busy(event.target)) return
  document.querySelector(`.crumb a[rel=${rel}]`)?.click()
})

document.addEventListener("submit", (event) => {
  if (!event.target.matches("[data-sign-out]")) return
  Object.keys(sessionStorage)
    .filter((key) => key.startsWith(KEPT))
    .forEach((key) => sessionStorage.removeItem(key))
})
