// The review of a cancellation: where one was in the story and in each recording is found again, the focus goes
// to what is said after a step, and the page behind is drawn anew when something has changed.
const dialog = document.getElementById("review-dialog")
const SCROLL = "review-at:"
const HEARD = "heard:"
let changed = false

const review = () => document.querySelector("[data-review]")
const fileOf = (audio) => HEARD + new URL(audio.src).pathname

function ready() {
  const here = review()
  if (!here || here.dataset.ready) return
  here.dataset.ready = "1"
  const story = here.querySelector("[data-story]")
  story.scrollTop = Number(localStorage.getItem(SCROLL + here.dataset.review)) || 0
  story.addEventListener(
    "scroll",
    () => localStorage.setItem(SCROLL + here.dataset.review, Math.round(story.scrollTop)),
    { passive: true },
  )
  story.querySelectorAll("a[href]").forEach((link) => Object.assign(link, { target: "_blank", rel: "noopener" }))
  count(here)
}

// how many recordings were heard to their end
function count(here) {
  const told = here.querySelector("[data-heard-of]")
  if (!told) return
  const ended = [...here.querySelectorAll("[data-player] audio")].filter(
    (audio) => localStorage.getItem(fileOf(audio)) === "end",
  )
  told.textContent = `${ended.length} of ${told.dataset.heardOf} heard`
}

const inReview = (event) => event.target.matches?.("[data-review] audio")
document.addEventListener(
  "loadedmetadata",
  (event) => inReview(event) && (event.target.currentTime = Number(localStorage.getItem(fileOf(event.target))) || 0),
  true,
)
document.addEventListener(
  "timeupdate",
  (event) => {
    if (inReview(event) && event.target.currentTime > 0 && localStorage.getItem(fileOf(event.target)) !== "end")
      localStorage.setItem(fileOf(event.target), event.target.currentTime.toFixed(1))
  },
  true,
)
document.addEventListener(
  "ended",
  (event) => {
    if (!inReview(event)) return
    localStorage.setItem(fileOf(event.target), "end")
    count(review())
  },
  true,
)

document.addEventListener("htmx:after:swap", () => {
  const fresh = review() && !review().dataset.ready
  ready()
  if (fresh && !dialog.open)
    (review().querySelector('[aria-invalid="true"]') || review().querySelector("[data-review-title]")).focus()
})

document.addEventListener("htmx:after:request", ({ detail: { ctx } }) => {
  const step =
    ctx.request.method.toUpperCase() === "POST" && ctx.response?.raw?.ok && !ctx.sourceElement.matches("[data-poll]")
  if (step && (dialog.open || ctx.request.action.includes("/cancellations/"))) changed = true
})
dialog.addEventListener("close", () => {
  if (changed) window.location.reload()
})
ready()
