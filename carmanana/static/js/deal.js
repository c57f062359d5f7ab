// Focus on a deal's page stays near where it was when the page is drawn anew: on the same control, or on the one that
// has taken its place.
const page = () => document.getElementById("deal")
const CONTROLS = "a[href], button:not([disabled]), input:not([type=hidden], [disabled]), select, textarea, summary"
const controls = () => [...page().querySelectorAll(CONTROLS)].filter((one) => one.checkVisibility())

// what it is, however often the page is drawn
function nameOf(control) {
  const says = control.matches("button, a") ? control.textContent.trim() : control.value
  return [control.tagName, control.name, control.form?.getAttribute("action"), control.getAttribute("href"), says].join(
    "|",
  )
}

function here() {
  const control = document.activeElement
  if (!page()?.contains(control)) return null
  return { name: nameOf(control), number: controls().indexOf(control) }
}

function back({ name, number }) {
  const now = controls()
  const same = now.filter((control) => nameOf(control) === name)
  const near = (one, other) =>
    Math.abs(now.indexOf(other) - number) < Math.abs(now.indexOf(one) - number) ? other : one
  const next = same.length ? same.reduce(near) : now[Math.min(number, now.length - 1)]
  next?.focus()
}

if (page()) window.carmanana.keepFocus(here, back)
