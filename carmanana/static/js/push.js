// Pushes on this device are asked for where somebody presses the button, never by itself; the same button ends them.
const toggle = () => document.querySelector("[data-push]")
const REFUSED = "This browser blocks notifications of CarManana. Allow them in its settings first."

// What the browser holds may be another person's, or removed on the server since.
async function allowed() {
  const { pushManager } = await navigator.serviceWorker.ready
  const known = await pushManager.getSubscription()
  return known &&
    [...document.querySelectorAll("[data-endpoint]")].some((row) => row.dataset.endpoint === known.endpoint)
    ? known
    : null
}

async function show() {
  const button = toggle()
  if (!button || !("PushManager" in window) || !navigator.serviceWorker) return
  const known = await allowed()
  button.hidden = false
  button.querySelector("[data-words]").textContent = known ? button.dataset.end : button.dataset.begin
  button.setAttribute("aria-pressed", Boolean(known))
}

document.addEventListener("click", async ({ target }) => {
  const button = target.closest("[data-push]")
  if (!button) return
  button.disabled = true
  try {
    const known = await allowed()
    if (known ? await end(button, known) : await begin(button)) location.reload()
  } catch {
    window.carmanana.say("That did not go through. Try again in a moment.")
  } finally {
    button.disabled = false
  }
})

async function begin(button) {
  const { pushManager } = await navigator.serviceWorker.ready
  if ((await Notification.requestPermission()) !== "granted") return window.carmanana.say(REFUSED)
  const made = await pushManager.subscribe({ userVisibleOnly: true, applicationServerKey: bytes(button.dataset.key) })
  const { endpoint, keys } = made.toJSON()
  const answer = await tell(button, "POST", { endpoint, ...keys })
  if (answer.ok) return true
  await made.unsubscribe()
  window.carmanana.say(
    answer.status === 422 ? button.dataset.refused : "That did not go through. Try again in a moment.",
  )
}

async function end(button, known) {
  await tell(button, "DELETE", { endpoint: known.endpoint })
  return known.unsubscribe()
}

function tell(button, method, told) {
  const headers = { "X-CSRFToken": document.querySelector('meta[name="csrf-token"]').content }
  return fetch(button.dataset.push, { method, headers, body: new URLSearchParams(told) })
}

function bytes(text) {
  const plain = text.replace(/-/g, "+").replace(/_/g, "/")
  return Uint8Array.from(atob(plain), (letter) => letter.charCodeAt(0))
}

show()
