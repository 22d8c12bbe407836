// `npm test`: everything, within 25 minutes on two cores.
import { ensureBrowser } from './browser.ts'
import { lint, runAndClose, suite, types } from './checks.ts'

const minute = 60_000
const browser = { title: 'browser', allowMs: 6 * minute, run: ensureBrowser }

await runAndClose(
  [browser, types, lint, suite('unit', 5 * minute), suite('api', 14 * minute), suite('e2e', 12 * minute)],
  24 * minute,
)
