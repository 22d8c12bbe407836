// `npm run test:at -- 00:30 [path]`: the api suite, or a part of it, as if it were that time of day in China, when the
// calendar of China and that of UTC differ. By libfaketime (Debian: apt-get install faketime).
import { existsSync } from 'node:fs'
import { runAndClose, suite } from './checks.ts'

const minute = 60_000
const day = 24 * 60 * minute
const library = ['x86_64', 'aarch64']
  .map((machine) => `/usr/lib/${machine}-linux-gnu/faketime/libfaketime.so.1`)
  .find((path) => existsSync(path))
const [time = '00:30', only] = process.argv.slice(2)
const wanted = Date.parse(`1970-01-01T${time}:00+08:00`)

if (library && !Number.isNaN(wanted)) {
  const ahead = (((wanted - Date.now()) % day) + day) % day
  process.env.LD_PRELOAD = library
  process.env.FAKETIME = `+${Math.round(ahead / 1000)}s`
  // Waiting takes as long as it takes.
  process.env.DONT_FAKE_MONOTONIC = '1'
  await runAndClose([suite('api', 20 * minute, only)], 20 * minute)
} else {
  console.error(
    library ? `${time} is no time of day.` : 'libfaketime is not installed: apt-get install faketime',
  )
  process.exitCode = 1
}
