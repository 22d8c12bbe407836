import pg from 'pg'
import { type Browser, type BrowserContext, chromium, type Page } from 'playwright-core'
import { inject } from 'vitest'
import { findBrowser } from '../scripts/browser.ts'
import { writeOpened } from '../server/src/kernel/access-log.ts'
import { readConnection } from '../server/src/kernel/postgres/connection.ts'
import { compiledOnce, type Product, startProduct } from '../server/test/product.ts'
import { copyRegion } from './region.ts'

const FLAGS = [
  '--headless',
  '--no-sandbox',
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
]

/** The product with its demonstration region and a browser before it. */
export interface Stage {
  readonly product: Product
  /** Somebody's own window, signed in without the door; one per person, kept until the end. */
  readonly as: (username: string, size?: { width: number; height: number }) => Promise<Page>
  /** A window of nobody yet. */
  readonly open: (size?: { width: number; height: number }) => Promise<Page>
  /** Moves the clock of the running product ahead. */
  readonly passTime: (hours: number) => Promise<void>
  /** What the browser complained of since the start; empty when all is well. */
  readonly complaints: readonly string[]
  /** As the superuser; whoever asks the access log finds all that was opened until now. */
  readonly sql: <R extends pg.QueryResultRow>(text: string, values?: unknown[]) => Promise<R[]>
  readonly close: () => Promise<void>
}

export const PASSWORD = 'Tongmai-2026'
const DESK = { width: 1280, height: 800 }

/** While a journey is being written: the product that runs already, named by its address and data folder. */
function running(): Product | undefined {
  const { STAGE_URL: url, STAGE_DATA: dataDir } = process.env
  if (!url || !dataDir) return undefined
  return { url, dataDir, process: undefined as never, memoryMb: () => 0, stop: async () => {} }
}

/** Starts everything; takes some seconds. */
export async function openStage(): Promise<Stage> {
  const product =
    running() ?? (await startProduct({ DEMO: '1', ...compiledOnce }, copyRegion(inject('region'))))
  const executablePath = findBrowser()
  if (!executablePath) throw new Error('no Chromium: npm test says what to install')
  const browser: Browser = await chromium.launch({ executablePath, args: FLAGS })
  const access = await readConnection(product.dataDir)
  const database = new pg.Client({ connectionString: access?.superUrl ?? '' })
  await database.connect()
  const windows = new Map<string, Page>()
  const contexts: BrowserContext[] = []
  const complaints: string[] = []

  async function open(size = DESK): Promise<Page> {
    const context = await browser.newContext({
      viewport: size,
      locale: 'zh-CN',
      timezoneId: 'Asia/Shanghai',
      reducedMotion: 'reduce',
      baseURL: product.url,
    })
    contexts.push(context)
    const page = await context.newPage()
    page.setDefaultTimeout(15_000)
    page.on('pageerror', (error) => complaints.push(`${page.url()}: ${error.message}`))
    return page
  }

  async function as(username: string, size = DESK): Promise<Page> {
    const known = windows.get(username)
    if (known) return known
    const page = await open(size)
    const data = { username, password: PASSWORD }
    const signedIn = await page.request.post('/api/session', { data, headers: { origin: product.url } })
    if (!signedIn.ok()) throw new Error(`${username} could not sign in: ${await signedIn.text()}`)
    await page.goto('/')
    await page.getByRole('navigation').first().waitFor()
    windows.set(username, page)
    return page
  }

  return {
    product,
    open,
    as,
    complaints,
    async sql(text, values) {
      if (text.includes('kernel.access ')) await writeOpened(database)
      return (await database.query(text, values)).rows
    },
    async passTime(hours) {
      await database.query('update kernel.clock set offset_ms = offset_ms + $1', [hours * 3_600_000])
      // The program looks at the database's clock every second.
      await new Promise((go) => setTimeout(go, 1_500))
      // Half a day without a click ends a session: the next day everybody signs in again.
      for (const page of windows.values()) await page.context().close()
      windows.clear()
    },
    async close() {
      for (const context of contexts) await context.close().catch(() => {})
      await browser.close()
      await database.end()
      await product.stop()
    },
  }
}
