import type { ResidentModule } from '../kernel/module.ts'

const CALM_MS = 4_000

/**
 * Makes the app open without a connection too: a worker keeps its page and files, and when the phone has nothing else
 * to do the pages not opened yet are fetched. Where a browser has no such worker, nothing is lost but that.
 */
export function workOffline(modules: readonly ResidentModule[]): () => void {
  const worker: ServiceWorkerContainer | undefined = navigator.serviceWorker
  if (!worker) return () => {}
  const calm = setTimeout(() => void prepare(worker, modules).catch(() => {}), CALM_MS)
  return () => clearTimeout(calm)
}

async function prepare(worker: ServiceWorkerContainer, modules: readonly ResidentModule[]): Promise<void> {
  await worker.register('/me-worker.js', { scope: '/me' })
  const { active } = await worker.ready
  // Twice: what the page began with is needed most.
  active?.postMessage(fetched())
  for (const module of modules) {
    await module.words()
    for (const { load } of [...(module.pages ?? []), ...(module.cards ?? [])]) await load()
  }
  active?.postMessage(fetched())
}

/** The files of the app that this page has fetched. */
const fetched = (): string[] =>
  performance
    .getEntriesByType('resource')
    .map(({ name }) => name)
    .filter((name) => name.startsWith(`${location.origin}/assets/`))
