// What is kept on this phone, in IndexedDB: forms that wait to be sent, and files that another application has shared.
// The service worker uses it too.
self.phoneStore = () => {
  const NAME = "carmanana"
  let opened = null

  function open() {
    opened ||= new Promise((done, failed) => {
      const asked = indexedDB.open(NAME, 1)
      asked.onupgradeneeded = () => {
        asked.result.createObjectStore("forms", { keyPath: "key" })
        asked.result.createObjectStore("shared", { autoIncrement: true })
        asked.result.createObjectStore("phone")
      }
      asked.onsuccess = () => {
        asked.result.onversionchange = () => asked.result.close()
        asked.result.onclose = () => (opened = null)
        done(asked.result)
      }
      asked.onerror = () => failed(asked.error)
      asked.onblocked = () => failed(new Error("blocked"))
    })
    opened.catch(() => (opened = null))
    return opened
  }

  // One transaction: it is kept once this has come to its end.
  async function within(store, mode, work) {
    const db = await open()
    return new Promise((done, failed) => {
      const transaction = db.transaction(store, mode, { durability: "strict" })
      let result
      transaction.oncomplete = () => done(result)
      transaction.onabort = transaction.onerror = () => failed(transaction.error)
      work(transaction.objectStore(store), (value) => (result = value))
    })
  }

  const asked = (request, then) => (request.onsuccess = () => then(request.result))

  return {
    all: () => within("forms", "readonly", (forms, is) => asked(forms.getAll(), is)),
    get: (key) => within("forms", "readonly", (forms, is) => asked(forms.get(key), is)),
    put: (item) => within("forms", "readwrite", (forms) => forms.put(item)),
    drop: (key) => within("forms", "readwrite", (forms) => forms.delete(key)),
    // Only as it was when it was sent: what has been edited since stays.
    settle: (sent, change) =>
      within("forms", "readwrite", (forms) =>
        asked(forms.get(sent.key), (now) => {
          if (now?.revision !== sent.revision) return
          if (change) forms.put({ ...now, ...change })
          else forms.delete(sent.key)
        }),
      ),
    // Who has signed in here last.
    person: () => within("phone", "readonly", (phone, is) => asked(phone.get("person"), is)),
    isOf: (person) => within("phone", "readwrite", (phone) => phone.put(person, "person")),
    // What was shared is its person's, and for a day.
    share: (files, person) => within("shared", "readwrite", (shared) => shared.put({ files, person, at: Date.now() })),
    shared: () => within("shared", "readonly", (shared, is) => asked(shared.getAll(), is)),
    dropShared: (goes = () => true) =>
      within("shared", "readwrite", (shared) =>
        asked(shared.openCursor(), (cursor) => {
          if (!cursor) return
          if (goes(cursor.value)) cursor.delete()
          cursor.continue()
        }),
      ),
  }
}
