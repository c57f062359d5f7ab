// The board is light: what keeps forms on this phone comes to it once there is no signal, or something waits here.
const rest = document.querySelector("meta[name=rest]")?.content
const waits = () => {
  try {
    return Number(localStorage.getItem("phone-waits")) > 0
  } catch {
    return false
  }
}
const load = () => import(rest)

if (rest) {
  if (waits() || !navigator.onLine) load()
  addEventListener("offline", load)
  document.addEventListener("htmx:error", load)
}
