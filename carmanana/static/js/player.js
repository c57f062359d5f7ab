// Recordings play in place: play, where we are, how long, how fast. Without this the browser's own player is shown.
const SPEEDS = [1, 1.25, 1.5, 2]
const clock = (seconds) => `${Math.floor(seconds / 60)}:${String(Math.floor(seconds % 60)).padStart(2, "0")}`

function ready(player) {
  if (player.dataset.ready) return
  player.dataset.ready = "1"
  const audio = player.querySelector("audio")
  const [at, seek, length, speed] = ["at", "seek", "length", "speed"].map((name) =>
    player.querySelector(`[data-${name}]`),
  )
  const play = player.querySelector("[data-play]")
  const use = play.querySelector("use")
  const sprite = use.getAttribute("href").split("#")[0]
  const show = () => {
    at.textContent = clock(audio.currentTime)
    if (Number.isFinite(audio.duration)) {
      length.textContent = clock(audio.duration)
      seek.max = audio.duration
    }
    seek.value = audio.currentTime
    use.setAttribute("href", `${sprite}#${audio.paused ? "play" : "pause"}`)
    play.setAttribute("aria-label", audio.paused ? "Play" : "Pause")
  }
  for (const change of ["timeupdate", "loadedmetadata", "play", "pause", "ended"]) audio.addEventListener(change, show)
  play.addEventListener("click", () => (audio.paused ? audio.play() : audio.pause()))
  seek.addEventListener("input", () => (audio.currentTime = seek.value))
  speed.addEventListener("click", () => {
    audio.playbackRate = SPEEDS[(SPEEDS.indexOf(audio.playbackRate) + 1) % SPEEDS.length]
    speed.querySelector("[data-factor]").textContent = `${audio.playbackRate}×`
  })
  show()
}

const all = () => document.querySelectorAll("[data-player]").forEach(ready)
document.addEventListener("htmx:after:swap", all)
all()
