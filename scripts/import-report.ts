import type { Progress } from '../server/src/modules/record/index.ts'

const width = 30
const mostProblems = 100
const results = ['added', 'known', 'refused'] as const

/** Shows how far an import is and says at the end what became of it. */
export class ImportReport {
  readonly #files: number
  readonly #since = performance.now()
  readonly #types = new Map<string, Record<Progress['result'], number>>()
  #problems = 0
  #filesDone = 0
  #entries = 0
  hasFailed = false

  constructor(files: number) {
    this.#files = files
    this.#draw()
  }

  entry(file: string, { type, result, problem }: Progress): void {
    const counts = this.#types.get(type) ?? { added: 0, known: 0, refused: 0 }
    counts[result] += 1
    this.#types.set(type, counts)
    this.#entries += 1
    if (result === 'refused') this.#complain(`${file}: ${type}: ${problem}`)
  }

  fileDone(): void {
    this.#filesDone += 1
    this.#draw()
  }

  fileBroken(file: string, problem: string): void {
    this.#complain(`${file}: ${problem}`)
    this.fileDone()
  }

  /** The summary: per type, in all, how long, how fast. */
  close(whom: string): void {
    const seconds = (performance.now() - this.#since) / 1000
    const total = (result: Progress['result']) =>
      [...this.#types.values()].reduce((sum, counts) => sum + counts[result], 0)
    const rows = [...this.#types].sort(([a], [b]) => (a < b ? -1 : 1))
    const line = (name: string, of: (result: Progress['result']) => number) =>
      `${name.padEnd(24)}${results.map((result) => String(of(result)).padStart(10)).join('')}\n`
    process.stdout.write(`\n${''.padEnd(24)}${results.map((result) => result.padStart(10)).join('')}\n`)
    for (const [type, counts] of rows) process.stdout.write(line(type, (result) => counts[result]))
    process.stdout.write(line('in all', total))
    const speed = Math.round(this.#entries / Math.max(seconds, 0.001))
    process.stdout.write(
      `${this.#files} files for ${whom} in ${seconds.toFixed(1)} s, ${speed} entries per second${
        this.hasFailed ? `; ${this.#problems} problems, named above` : ''
      }\n`,
    )
  }

  #complain(text: string): void {
    this.hasFailed = true
    this.#problems += 1
    if (this.#problems > mostProblems) return
    if (process.stderr.isTTY) process.stderr.write('\r\x1b[K')
    process.stderr.write(`${text}\n`)
    this.#draw()
  }

  #draw(): void {
    if (!process.stdout.isTTY) return
    const full = Math.round((this.#filesDone / Math.max(this.#files, 1)) * width)
    const bar = '█'.repeat(full).padEnd(width, '░')
    process.stdout.write(`\r${bar} ${this.#filesDone}/${this.#files} files, ${this.#entries} entries`)
  }
}
