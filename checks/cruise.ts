import { spawnSync } from 'node:child_process'
import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { codeOf } from './mask.ts'
import type { Violation } from './rule.ts'
import { root as repository, walk } from './tree.ts'

/** What dependency-cruiser found below one root, and what it overlooked. */
export type Cruise = {
  /** Names of the rules that were in force. */
  readonly rules: readonly string[]
  readonly violations: readonly Violation[]
  readonly overlooked: readonly string[]
}

type Result = {
  readonly modules: readonly { source: string; dependencies: readonly { module: string }[] }[]
  readonly summary: {
    readonly ruleSetUsed: { readonly forbidden: readonly { name: string }[] }
    readonly violations: readonly {
      rule: { name: string }
      from: string
      to: string
      cycle?: { name: string }[]
    }[]
  }
}

const program = join(repository, 'node_modules/dependency-cruiser/bin/dependency-cruiser.mjs')
const nothing: Result = { modules: [], summary: { ruleSetUsed: { forbidden: [] }, violations: [] } }
const sides = ['api/src', 'server/src', 'web/src']

/**
 * Runs the dependency rules over the three sides below `root`. Without its parser dependency-cruiser sees nothing
 * and says all is well; so every file, and every import a plain reading of the text finds, must be among what it saw.
 */
export function cruise(root: string): Cruise {
  const present = sides.filter((side) => existsSync(join(root, side)))
  const result = present.length > 0 ? run(root, present) : nothing
  const seen = new Map(
    result.modules.map((m) => [m.source, new Set(m.dependencies.map((d) => bare(d.module)))]),
  )
  const violations = result.summary.violations.map(({ rule, from, to, cycle }) => ({
    rule: rule.name,
    at: from,
    what: cycle ? [from, ...cycle.map((step) => step.name)].join(' → ') : to,
  }))
  const rules = result.summary.ruleSetUsed.forbidden.map((rule) => rule.name)
  return { rules, violations, overlooked: [...overlooked(root, present, seen)] }
}

function run(root: string, present: readonly string[]): Result {
  const args = ['--config', 'checks/dependency-rules.mjs', '--output-type', 'json', ...present]
  const options = { cwd: root, encoding: 'utf8', maxBuffer: 1 << 28, timeout: 120_000 } as const
  const { stdout, stderr } = spawnSync(process.execPath, [program, ...args], options)
  if (!stdout.startsWith('{')) throw new Error(`dependency-cruiser did not answer: ${stderr}${stdout}`)
  return JSON.parse(stdout) as Result
}

function* overlooked(
  root: string,
  present: readonly string[],
  seen: ReadonlyMap<string, ReadonlySet<string>>,
): Generator<string> {
  for (const side of present) {
    for (const path of walk(root, side)) {
      if (!/\.tsx?$/.test(path) || path.endsWith('.d.ts')) continue
      const dependencies = seen.get(path)
      if (!dependencies) yield `${path} was not read`
      else {
        const missed = importsOf(readFileSync(join(root, path), 'utf8')).filter(
          (name) => !dependencies.has(name),
        )
        yield* missed.map(
          (name) => `${path}: the import of ${name} was not seen; write it as \`import type\``,
        )
      }
    }
  }
}

/** Every module a text imports, in whatever form. */
export function importsOf(text: string): string[] {
  const specifier = /\s*(['"`])([^'"`$\n]+)\1/y
  const found = [...codeOf(text).matchAll(/(?<![.\w])(?:from\b|import\b\s*\(?)/g)].flatMap((keyword) => {
    specifier.lastIndex = keyword.index + keyword[0].length
    return specifier.exec(text)?.[2] ?? []
  })
  return [...new Set(found.map(bare))]
}

const bare = (module: string): string => module.replace(/^node:/, '')
