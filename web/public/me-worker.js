// The residents' app without a connection: its page and what it has fetched are kept and shown again. Data is never
// kept here; what was written waits in the page's outbox.
const KEPT = 'tongmai-me'
const PAGE = '/me'

addEventListener('install', (event) => {
  skipWaiting()
  event.waitUntil(caches.open(KEPT).then((kept) => kept.add(PAGE)))
})
addEventListener('activate', (event) => event.waitUntil(clients.claim()))

addEventListener('fetch', (event) => {
  const { request } = event
  const { origin, pathname } = new URL(request.url)
  if (request.method !== 'GET' || origin !== location.origin) return
  if (request.mode === 'navigate') event.respondWith(page(request))
  else if (pathname.startsWith('/assets/')) event.respondWith(asset(request))
})

// The page tells which files it began with, before this worker stood between it and the network.
addEventListener('message', (event) =>
  event.waitUntil(caches.open(KEPT).then((kept) => addMissing(kept, event.data))),
)

async function addMissing(kept, urls) {
  for (const url of urls) if (!(await kept.match(url))) await kept.add(url).catch(() => {})
}

// Always the newest page where there is a connection. A new build has other files: those of the old one go.
async function page(request) {
  const kept = await caches.open(KEPT)
  try {
    const fresh = await fetch(request)
    if (!fresh.ok) return fresh
    const before = await kept.match(PAGE)
    const [now, was] = await Promise.all([fresh.clone().text(), before?.text()])
    if (was !== undefined && was !== now) for (const old of await kept.keys()) await kept.delete(old)
    await kept.put(PAGE, fresh.clone())
    return fresh
  } catch (away) {
    const last = await kept.match(PAGE)
    if (last) return last
    throw away
  }
}

// Files are named by their content: what is kept is right for ever.
async function asset(request) {
  const kept = await caches.open(KEPT)
  const known = await kept.match(request)
  if (known) return known
  const fresh = await fetch(request)
  if (fresh.ok) await kept.put(request, fresh.clone())
  return fresh
}
