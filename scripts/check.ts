// `npm run check`: what needs neither database nor browser, and takes seconds.
import { lint, rules, runAndClose, types } from './checks.ts'

await runAndClose([types, lint, rules], 5 * 60_000)
