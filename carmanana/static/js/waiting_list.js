// What waits on this phone, with what may be done about it. The same page is shown in place of any other without a
// signal.
const place = document.querySelector("[data-waiting-list]")
const root = document.documentElement.dataset.root || ""
const { queue, me, replay, changed, hear } = window.carmanana.kept
const STATES = { waiting: "Waiting for the signal", "sign-in": "Sign in to send" }
const rows = place?.querySelector("[data-kept-rows]")

function when(at) {
  const { lang, dataset } = document.documentElement
  return new Intl.DateTimeFormat(lang, {
    weekday: "short",
    day: "numeric",
    month: "short",
    hour: "numeric",
    minute: "2-digit",
    timeZone: dataset.person ? dataset.zone : undefined,
  }).format(at)
}

function draw(items) {
  place.querySelector("[data-how-many]").textContent = items.length ? `${items.length} on this phone` : ""
  place.querySelector("[data-send-now]").hidden = !items.length
  place.querySelector("[data-nothing-waits]").hidden = Boolean(items.length)
  place
    .querySelectorAll("[data-without-signal]")
    .forEach((part) => (part.hidden = navigator.onLine && location.pathname === `${root}/offline`))
  rows.replaceChildren(...items.map(row))
}

function row(item) {
  const made = document.getElementById("kept-row").content.firstElementChild.cloneNode(true)
  const part = (name) => made.querySelector(`[data-${name}]`)
  const mend = item.state === "mend"
  made.dataset.key = item.key
  part("label").textContent = item.label
  part("when").textContent = when(item.at)
  part("state").textContent = mend ? item.said : STATES[item.state]
  made.classList.toggle("kept-row-bad", mend)
  part("again-kept").hidden = !mend
  part("sign-in").hidden = item.state !== "sign-in"
  part("open").href = item.page
  part("open").hidden = !navigator.onLine // no other page opens without a signal
  part("edit").hidden = !navigator.onLine || /\/(done|files)$/.test(item.url)
  part("edit").href = `${item.url}?${editing(item)}`
  return made
}

function editing(item) {
  const kind = item.fields.find(([name]) => name === "kind")
  return new URLSearchParams({ kept: item.key, ...(kind ? { kind: kind[1] } : {}) })
}

// Asked before it is thrown away.
function sure(button) {
  const keep = Object.assign(document.createElement("button"), {
    type: "button",
    className: "button small quiet",
    textContent: "Keep it",
  })
  keep.addEventListener("click", changed)
  button.replaceChildren("Discard for good")
  button.classList.replace("quiet", "danger")
  button.dataset.sure = ""
  button.after(keep)
  keep.focus()
}

const ACTS = {
  sendNow: () => replay(),
  againKept: (key) => queue.again(key).then(replay),
  discard: (key, button) => ("sure" in button.dataset ? queue.discard(key).then(changed) : sure(button)),
}

if (place) {
  place.addEventListener("click", (event) => {
    const button = event.target.closest("button")
    const act = Object.keys(ACTS).find((name) => button && name in button.dataset)
    if (act) ACTS[act](button.closest("[data-key]")?.dataset.key, button)
  })
  hear(draw)
  changed()
  addEventListener("offline", changed)
  // where it stands in place of another page, that one is shown again
  addEventListener("online", () =>
    location.pathname === `${root}/offline` ? changed() : replay().then(() => location.reload()),
  )
}
