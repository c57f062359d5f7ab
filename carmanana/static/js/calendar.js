// The calendar: an entry is dragged to another day by mouse or pen, or sent there by its own button. This script moves
// nothing itself: it asks, and the server's answer draws the calendar again, or says why not.
const calendar = document.querySelector("[data-calendar]")

const days = () => [...calendar.querySelectorAll("[data-day]")].filter((day) => day.offsetParent)
const stopsOf = (day) => [...day.querySelectorAll("[data-stop]")]
const entryOf = (element) => element?.closest?.("[data-entry]")
const dayOf = (element) => element?.closest?.("[data-day]")

// dragging

const BEGINS = 5
const EDGE = 40
let held = null
let dragged = false

function press(event) {
  const entry = event.target.closest("[data-move]")
  if (!entry || event.button || event.pointerType === "touch" || event.target.closest(".slot-move")) return
  held = { entry, pointer: event.pointerId, x: event.clientX, y: event.clientY, box: entry.getBoundingClientRect() }
}

function drag(event) {
  if (!held) return
  const [x, y] = [event.clientX - held.x, event.clientY - held.y]
  if (!held.copy && Math.hypot(x, y) < BEGINS) return
  if (!held.copy) lift()
  held.copy.style.translate = `${x}px ${y}px`
  mark(document.elementFromPoint(event.clientX, event.clientY))
  scroll(event.clientY)
}

function lift() {
  dragged = true
  const { entry, box } = held
  held.copy = entry.cloneNode(true)
  held.copy.removeAttribute("id")
  held.copy.removeAttribute("data-entry")
  held.copy.setAttribute("aria-hidden", "true")
  held.copy.classList.add("slot-lifted")
  Object.assign(held.copy.style, { top: `${box.top}px`, left: `${box.left}px`, width: `${box.width}px` })
  entry.classList.add("slot-source")
  entry.setPointerCapture(held.pointer)
  document.body.append(held.copy)
  document.body.classList.add("dragging-an-entry")
}

function mark(element) {
  held.day = calendar.contains(element) ? dayOf(element) : null
  calendar.querySelectorAll(".over").forEach((day) => day.classList.remove("over"))
  if (held.day !== dayOf(held.entry)) held.day?.classList.add("over")
}

function scroll(y) {
  const { top, bottom } = calendar.getBoundingClientRect()
  if (y > bottom - EDGE) calendar.scrollBy(0, 14)
  if (y < top + EDGE) calendar.scrollBy(0, -14)
}

function letGo() {
  const { entry, copy, day } = held || {}
  held = null
  copy?.remove()
  entry?.classList.remove("slot-source")
  calendar.querySelectorAll(".over").forEach((other) => other.classList.remove("over"))
  document.body.classList.remove("dragging-an-entry")
  setTimeout(() => (dragged = false))
  return copy && day && day !== dayOf(entry) ? { entry, day } : null
}

function drop() {
  const done = held && letGo()
  if (done) send(done.entry, done.day.dataset.day)
}

function send(entry, on) {
  entry.classList.add("sending")
  const { drop, move } = entry.dataset
  const asked =
    drop === "post"
      ? htmx.ajax("POST", move, { source: entry, swap: "none", values: { on, dropped: "1" } })
      : htmx.ajax("GET", `${move}?follow_up_on=${on}`, { source: entry, target: "#dialog", swap: "none" })
  asked.finally(() => entry.classList.remove("sending"))
}

// keys: the calendar is one stop of Tab, arrows go on from there

function roam() {
  const all = days().flatMap(stopsOf)
  const here =
    stopAt(document.activeElement) ||
    all.find((stop) => stop === last) ||
    all.find((stop) => stop.matches('[aria-current="date"]')) ||
    all[0]
  last = here
  for (const stop of all) {
    stop.tabIndex = stop === here ? 0 : -1
    entryOf(stop)?.querySelector(".slot-move")?.setAttribute("tabindex", stop.tabIndex)
  }
}

let last = null
const stopAt = (element) =>
  calendar.contains(element) ? element.closest("[data-stop]") || entryOf(element)?.querySelector("[data-stop]") : null

// the same place in the next day, its first entry at least; its date where nothing is due
function beside(stop, step) {
  const all = days()
  const there = all[all.indexOf(dayOf(stop)) + step]
  const stops = there ? stopsOf(there) : []
  const place = Math.max(1, stopsOf(dayOf(stop)).indexOf(stop))
  return stops[Math.min(place, stops.length - 1)]
}

function along(stop, step) {
  const stops = stopsOf(dayOf(stop))
  return stops[stops.indexOf(stop) + step] || edgeOf(dayOf(stop), step)
}

// above or below the day: in the week before or after, where the weeks stand in rows, else in the next day
function edgeOf(day, step) {
  const all = days()
  const row = all.filter((other) => other.offsetTop === day.offsetTop).length
  const there = all[all.indexOf(day) + step * row]
  return there && stopsOf(there).at(step > 0 ? 0 : -1)
}

const ARROWS = {
  ArrowUp: (stop) => along(stop, -1),
  ArrowDown: (stop) => along(stop, 1),
  ArrowLeft: (stop) => beside(stop, -1),
  ArrowRight: (stop) => beside(stop, 1),
}

function pressed(event) {
  if (event.key === "Escape" && held) return void letGo()
  if (event.defaultPrevented || event.ctrlKey || event.metaKey || event.altKey || window.carmanana.busy(event.target))
    return
  const stop = stopAt(event.target)
  if (ARROWS[event.key] && (stop || event.target.matches("body, main"))) {
    event.preventDefault()
    ;(stop ? ARROWS[event.key](stop) : last)?.focus()
  } else if (window.carmanana.letters() && event.key.toLowerCase() === "m" && !event.repeat)
    entryOf(stop)?.querySelector(".slot-move")?.click()
}

// Focus goes back to the entry it was with, on whatever day that stands now, or to the day it left.

function here() {
  const stop = stopAt(document.activeElement)
  return stop && [entryOf(stop)?.id, dayOf(stop).id]
}

function back([entry, day]) {
  const place = document.getElementById(entry) || document.getElementById(day)
  place?.querySelector("[data-stop]").focus()
}

if (calendar) {
  roam()
  calendar.addEventListener("pointerdown", press)
  document.addEventListener("pointermove", drag)
  document.addEventListener("pointerup", drop)
  document.addEventListener("pointercancel", letGo)
  // the click that ends a drag opens nothing
  document.addEventListener("click", (event) => dragged && entryOf(event.target) && event.preventDefault(), true)
  document.addEventListener("keydown", pressed)
  document.addEventListener("focusin", roam)
  window.carmanana.keepFocus(here, back)
  new MutationObserver(roam).observe(calendar, { childList: true, subtree: true })
}
