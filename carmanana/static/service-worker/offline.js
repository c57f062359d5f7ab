// Serves the page for no signal, and what that is drawn with. Private pages and their answers are never kept.
const OFFLINE = `offline-${KEPT.version}`

self.addEventListener("install", (event) => event.waitUntil(fill().then(() => self.skipWaiting())))
self.addEventListener("activate", (event) => event.waitUntil(begin()))

// Asked for without cookies: as anybody would see them.
async function fill() {
  const cache = await caches.open(OFFLINE)
  await cache.addAll(KEPT.files.map((file) => new Request(file, { credentials: "omit" })))
}

async function begin() {
  const names = await caches.keys()
  await Promise.all(
    names.filter((name) => name.startsWith("offline-") && name !== OFFLINE).map((name) => caches.delete(name)),
  )
  await self.registration.navigationPreload?.enable()
  await self.clients.claim()
}

self.addEventListener("fetch", (event) => {
  const { request } = event
  const address = new URL(request.url)
  if (address.origin !== location.origin) return
  if (request.method === "POST" && address.pathname === KEPT.shared) return event.respondWith(keepShared(request))
  if (request.method !== "GET") return
  if (request.mode === "navigate") return event.respondWith(page(event))
  if (KEPT.files.includes(address.pathname + address.search)) event.respondWith(kept(request))
})

async function page(event) {
  try {
    return (await event.preloadResponse) || (await fetch(event.request))
  } catch {
    return (await caches.match(KEPT.page)) || Response.error()
  }
}

const kept = async (request) => (await caches.match(request)) || fetch(request)

// What another application shares stays on this phone until it is said which deal it is for.
async function keepShared(request) {
  const files = (await request.formData()).getAll("files").filter((file) => file.size)
  const store = phoneStore()
  await store.share(files, await store.person())
  return Response.redirect(KEPT.shared, 303)
}
