// The search in the bar: a combobox over what the server finds as one types, and what was opened last while nothing is
// typed.
const form = document.querySelector("[data-search]")
const KEPT = "opened:"
const MOST = 8

if (form) attend(form)

function attend(form) {
  const field = form.querySelector("[role=combobox]")
  const panel = form.querySelector("[data-search-panel]")
  const found = form.querySelector("[data-search-found]")
  const key = KEPT + form.dataset.person
  const always = Boolean(form.closest(".search-page"))
  let back = null
  let chosen = -1

  const list = () => found.querySelector("[role=listbox]")
  const rows = () => [...found.querySelectorAll("[role=option]")]

  function open() {
    if (!field.value.trim()) showOpened()
    panel.hidden = false
    field.setAttribute("aria-expanded", "true")
  }

  function close() {
    panel.hidden = !always
    field.setAttribute("aria-expanded", "false")
    choose(-1)
  }

  function leave() {
    field.value = ""
    list().replaceChildren()
    field.blur()
    close()
  }

  function choose(number) {
    const all = rows()
    chosen = all.length ? Math.max(-1, Math.min(number, all.length - 1)) : -1
    all.forEach((row, place) => row.setAttribute("aria-selected", place === chosen))
    if (chosen < 0) return field.removeAttribute("aria-activedescendant")
    field.setAttribute("aria-activedescendant", all[chosen].id)
    all[chosen].scrollIntoView({ block: "nearest" })
  }

  // The list belongs to what stands in the field, and not to what stood there before the last letter.
  const upToDate = () => list().dataset.text === field.value.trim()

  function showOpened() {
    const kept = read(key)
    list().dataset.text = ""
    list().replaceChildren(...(kept.length ? [group(kept)] : []))
    found.querySelector(".search-none")?.remove()
  }

  function group(kept) {
    const whole = document.createElement("div")
    whole.className = "search-group"
    whole.setAttribute("role", "group")
    whole.setAttribute("aria-labelledby", "search-opened")
    const head = document.createElement("p")
    head.className = "search-head"
    head.id = "search-opened"
    head.setAttribute("role", "presentation")
    head.textContent = "Opened last"
    whole.append(head, ...kept.map(row))
    return whole
  }

  function row(one, place) {
    const made = form.querySelector(`template[data-opened-row="${one.kind}"]`).content.firstElementChild.cloneNode(true)
    made.id = `search-opened-${place}`
    made.href = one.path
    made.querySelector("b").textContent = one.name
    made.querySelector("small").textContent = one.told
    return made
  }

  new MutationObserver(() => {
    if (!upToDate()) return
    if (!field.value.trim()) showOpened()
    choose(rows().length && field.value.trim() && document.activeElement === field ? 0 : -1)
    const said = list().dataset.said
    if (said && document.activeElement === field) document.getElementById("said").textContent = said
  }).observe(found, { childList: true })

  field.addEventListener("focus", open)
  field.addEventListener("click", open)
  field.addEventListener("input", open)
  form.addEventListener("focusout", (event) => {
    if (!form.contains(event.relatedTarget)) close()
  })
  // the field keeps the cursor while something is clicked
  panel.addEventListener("mousedown", (event) => event.preventDefault())
  panel.addEventListener("click", (event) => {
    if (event.target.closest("[hx-get]")) leave()
  })

  field.addEventListener("keydown", (event) => {
    if (event.isComposing) return
    const moves = { ArrowDown: chosen + 1, ArrowUp: chosen - 1 }
    if (event.key in moves) {
      event.preventDefault()
      open()
      choose(Math.max(0, moves[event.key]))
    } else if (event.key === "Enter" && upToDate() && rows().length) {
      event.preventDefault()
      rows()[Math.max(0, chosen)].click()
    } else if (event.key === "Escape") {
      event.preventDefault()
      leave()
      if (back?.isConnected) back.focus()
    }
  })

  document.addEventListener("keydown", (event) => {
    if (event.target.closest("input, textarea, select, [contenteditable]") || document.querySelector("dialog[open]"))
      return
    const letters = window.carmanana.letters()
    const jumps =
      (letters && event.key === "/" && !event.ctrlKey && !event.metaKey && !event.altKey) ||
      (event.key.toLowerCase() === "k" && (event.ctrlKey || event.metaKey))
    if (jumps) {
      event.preventDefault()
      jump()
    } else if (letters && event.key === "?") {
      event.preventDefault()
      htmx.ajax("GET", "/search/keys", { target: "#dialog", swap: "none" })
    }
  })

  function jump() {
    if (!field.checkVisibility()) return location.assign(form.action)
    back = document.activeElement
    field.focus()
    field.select()
  }

  keep(key)
  panel.hidden = !always
  if (always) {
    field.focus()
    open()
  }
}

function read(key) {
  try {
    return JSON.parse(localStorage.getItem(key)) || []
  } catch {
    return []
  }
}

// The customer or deal whose page this is comes first in the list.
function keep(key) {
  const here = document.querySelector("[data-opened]")
  if (!here) return
  const { opened: kind, name, told = "" } = here.dataset
  const path = location.pathname
  const others = read(key).filter((one) => one.path !== path)
  localStorage.setItem(key, JSON.stringify([{ kind, name, told, path }, ...others].slice(0, MOST)))
}

document.addEventListener("submit", (event) => {
  if (!event.target.matches("[data-sign-out]")) return
  Object.keys(localStorage)
    .filter((key) => key.startsWith(KEPT))
    .forEach((key) => localStorage.removeItem(key))
})
