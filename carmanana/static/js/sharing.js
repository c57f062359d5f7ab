// A file that was shared with us waits on this phone until its deal is chosen; then it goes there by the queue, with or
// without a signal.
const place = document.querySelector("[data-shared]")
const root = document.documentElement.dataset.root || ""
const { queue, store, me, fresh, replay } = window.carmanana.kept
const DAY = 86_400_000
const mine = ({ person }) => person === undefined || person === me
const files = async () => (await store.shared()).filter(mine).flatMap((entry) => entry.files)

async function show() {
  const found = await files().catch(() => [])
  const list = place.querySelector("[data-shared-files]")
  list.hidden = place.querySelector("[data-shared-own]").hidden = !found.length
  place.querySelector("[data-nothing-shared]").hidden = found.length > 0
  list.replaceChildren(...found.map(drawn))
  place.querySelectorAll("[data-attach] button").forEach((button) => (button.disabled = !found.length))
}

function drawn(file) {
  const made = document.getElementById("shared-file").content.firstElementChild.cloneNode(true)
  made.querySelector("span").textContent = file.name
  if (file.type.startsWith("image/"))
    made.querySelector("svg").replaceWith(Object.assign(new Image(), { src: URL.createObjectURL(file), alt: "" }))
  return made
}

async function attach(form) {
  const url = new URL(form.action).pathname
  const deal = url.replace(/\/files$/, "")
  const key = form.elements.once.value || fresh()
  const sent = (await files()).map((file) => ["files", file])
  await queue.keep({
    key,
    person: me,
    url,
    page: deal,
    label: `Files: ${form.dataset.attach}`,
    fields: [["once", key], ...sent],
  })
  await store.dropShared(mine)
  if (navigator.onLine) await replay()
  location.assign((await queue.get(key)) ? `${root}/offline` : deal)
}

if (place) {
  show()
  document.addEventListener(
    "submit",
    (event) => {
      if (!event.target.matches("[data-attach]")) return
      event.preventDefault()
      event.stopImmediatePropagation()
      event.target.querySelector("button").disabled = true
      attach(event.target).catch(() => (window.carmanana.say("It could not be kept on this phone."), show()))
    },
    true,
  )
  place.querySelector("[data-drop-shared]").addEventListener("click", () => store.dropShared(mine).then(show))
}
if (me) store.dropShared(({ at }) => Date.now() - at > DAY).catch(() => {})
