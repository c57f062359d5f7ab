// Where one is on the keyboard: shared by the board, the calendar and a deal's page.
window.carmanana = window.carmanana || {}

// Keys mean what is typed, or belong to what is open.
window.carmanana.busy = (element) =>
  element.closest("input, textarea, select, [contenteditable]") || document.querySelector("dialog[open], :popover-open")

// Single letters and signs are keys, unless the person has switched that off.
window.carmanana.letters = () => document.documentElement.dataset.letterKeys !== "off"

// Focus goes back to where it was after whatever the server swaps. `here` tells a place to go back to, `back` goes
// there.
window.carmanana.keepFocus = (here, back) => {
  let kept = null
  const keep = (event) => {
    const place = here(event)
    if (place || !document.activeElement.closest("dialog, #refusal")) kept = place
  }
  const restore = () => {
    if (kept && document.activeElement === document.body && !document.querySelector("dialog[open]")) back(kept)
  }
  document.addEventListener("htmx:before:request", keep)
  document.addEventListener("htmx:finally:request", () => setTimeout(restore))
  document.getElementById("dialog").addEventListener("close", () => setTimeout(restore))
  return () => kept
}
