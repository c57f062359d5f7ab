// The queue of forms that wait for a signal; it touches neither the page nor the network. `store` keeps them, `send`
// sends one and says how it was answered ({status, said}; it throws where there was no answer), `alone` lets one tab at
// a time send. A form leaves the queue when the server has taken it, or its person has thrown it away; nothing else
// takes it out.
self.offlineQueue = ({ store, send, now = Date.now, alone = (work) => work() }) => {
  const LOOK_AGAIN = 50 * 86_400_000 // the server knows its one-time keys for 60 days
  const OLD =
    "It has waited for more than 50 days. See whether the record has it already, then send it again or discard it."
  const NO_ANSWER = [408, 429, 502, 503, 504]

  const of = async (person) =>
    (await store.all()).filter((item) => item.person === person).sort((one, other) => one.at - other.at)

  const keep = (item) =>
    store.put({ at: now(), state: "waiting", said: "", files: 0, ...item, revision: `${now()}-${Math.random()}` })

  // What one answer means: what of the item changes, whether it leaves, and whether the next may be sent.
  function meaning({ status, said, person }, item) {
    if (status >= 200 && status < 400) return { leaves: true }
    if (status === 401 || (person !== undefined && person !== item.person))
      return { change: { state: "sign-in" }, stop: true }
    if (!status || NO_ANSWER.includes(status)) return { change: { state: "waiting" }, stop: true }
    if (status >= 500) return { change: { state: "waiting" } }
    return { change: { state: "mend", said } }
  }

  async function sendAll(person) {
    let sent = 0
    for (const { key } of await of(person)) {
      const item = await store.get(key) // another tab may have sent it meanwhile
      if (!item || item.state === "mend") continue
      if (now() - item.at > LOOK_AGAIN && !item.looked) {
        await store.settle(item, { state: "mend", said: OLD })
        continue
      }
      const answer = await send(item).catch(() => ({ status: 0 }))
      const { leaves, change, stop } = meaning(answer, item)
      await store.settle(item, leaves ? null : change)
      if (leaves) sent += 1
      if (stop) break
    }
    return sent
  }

  return {
    of,
    keep,
    get: store.get,
    discard: store.drop,
    again: async (key) => {
      const item = await store.get(key)
      if (item) await store.settle(item, { state: "waiting", said: "", looked: true })
    },
    replay: (person) => alone(() => sendAll(person)),
    discardAll: async (person) => {
      for (const { key } of await of(person)) await store.drop(key)
    },
    othersWait: async (person) => (await store.all()).some((item) => item.person !== person),
  }
}
