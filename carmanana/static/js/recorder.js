// A voicemail spoken into the browser. The microphone is asked for by the tap alone; what is recorded goes into the
// form's own field for files, which works without this as well.
const FORMATS = [
  ["audio/mp4", "m4a"],
  ["audio/webm;codecs=opus", "webm"],
  ["audio/ogg;codecs=opus", "ogg"],
]
const LONGEST = 120
const clock = (seconds) => `${Math.floor(seconds / 60)}:${String(seconds % 60).padStart(2, "0")}`

function ready(form) {
  if (form.dataset.ready) return
  form.dataset.ready = "1"
  const part = (name) => form.querySelector(`[data-${name}]`)
  const [record, stop, time, result, playback, says] = [
    "record",
    "stop",
    "time",
    "recorder-result",
    "playback",
    "recorder-says",
  ].map(part)
  const format = window.MediaRecorder && FORMATS.find(([type]) => MediaRecorder.isTypeSupported(type))
  let recorder = null
  if (!format || !navigator.mediaDevices) return record.parentElement.remove()

  const show = (recording, recorded) => {
    record.hidden = recording || recorded
    stop.hidden = time.hidden = !recording
    result.hidden = !recorded
    part("recorder-file").hidden = part("upload").hidden = recording || recorded
  }
  const fail = (words) => {
    says.textContent = words
    says.hidden = false
    show(false, false)
  }

  async function begin() {
    says.hidden = true
    time.textContent = clock(0)
    let sound
    try {
      sound = await navigator.mediaDevices.getUserMedia({ audio: true })
    } catch (error) {
      return fail(
        error.name === "NotFoundError"
          ? "No microphone was found."
          : "The microphone was not allowed. Allow it in the browser’s settings of this page, or upload a recording.",
      )
    }
    const pieces = []
    recorder = new MediaRecorder(sound, { mimeType: format[0] })
    let began = null // when the first sound came, which a slow microphone lets wait
    recorder.addEventListener("dataavailable", ({ data }) => {
      if (!data.size) return
      began ??= Date.now()
      pieces.push(data)
    })
    recorder.addEventListener("stop", () => {
      clearInterval(ticking)
      sound.getTracks().forEach((track) => track.stop())
      took(new Blob(pieces, { type: format[0].split(";")[0] }))
    })
    const ticking = setInterval(() => {
      const seconds = began ? Math.floor((Date.now() - began) / 1000) : 0
      time.textContent = clock(seconds)
      if (seconds >= LONGEST) finish()
    }, 250)
    recorder.start(250)
    show(true, false)
    stop.focus()
  }

  const finish = () => recorder.state === "recording" && recorder.stop()

  function took(sound) {
    if (!sound.size) return fail("Nothing was recorded. Try again.")
    const files = new DataTransfer()
    files.items.add(new File([sound], `voicemail.${format[1]}`, { type: sound.type }))
    form.elements.files.files = files.files
    URL.revokeObjectURL(playback.src)
    playback.src = URL.createObjectURL(sound)
    part("recorder-format").hidden = format[1] === "m4a"
    show(false, true)
    part("keep").focus()
  }

  function discard() {
    form.elements.files.value = ""
    URL.revokeObjectURL(playback.src)
    playback.removeAttribute("src")
    show(false, false)
    record.focus()
  }

  record.addEventListener("click", begin)
  stop.addEventListener("click", finish)
  part("discard").addEventListener("click", discard)
}

document.querySelectorAll("[data-recorder]").forEach(ready)
