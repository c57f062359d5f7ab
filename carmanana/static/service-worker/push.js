// Shows what a push says, and opens where it leads; what is typed in another tab stays there.
self.addEventListener("push", (event) => {
  if (!event.data) return
  const { title, body, url, tag, urgent } = event.data.json()
  const icon = new URL("static/icon-192.png", self.registration.scope).href
  event.waitUntil(
    self.registration.showNotification(title, {
      body,
      tag,
      icon,
      renotify: true,
      requireInteraction: urgent,
      data: { url },
    }),
  )
})

self.addEventListener("notificationclick", (event) => {
  event.notification.close()
  event.waitUntil(follow(event.notification.data.url))
})

async function follow(path) {
  const address = new URL(path.slice(1), self.registration.scope).href
  if (!address.startsWith(self.registration.scope)) return
  const tabs = await self.clients.matchAll({ type: "window" })
  const there = tabs.find((tab) => tab.url === address)
  return there ? there.focus() : self.clients.openWindow(address)
}
