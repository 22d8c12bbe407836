import { readFile } from 'node:fs/promises'
import { basename, join } from 'node:path'
import { promisify } from 'node:util'
import { gunzip } from 'node:zlib'
import pino from 'pino'
import { masterKey } from '../server/src/kernel/key-file.ts'
import { Unable } from '../server/src/kernel/postgres/unable.ts'
import { buildSchema, migrationSources, openProgram } from '../server/src/kernel/program.ts'
import { exactIn } from '../server/src/kernel/resource/exact.ts'
import { setMasterKey } from '../server/src/kernel/secret.ts'
import type { World } from '../server/src/kernel/world.ts'
import { resolveActor } from '../server/src/modules/identity/index.ts'
import { findInstitutionByCode } from '../server/src/modules/network/index.ts'
import { importBundle, problemOf } from '../server/src/modules/record/index.ts'
import { modules } from '../server/src/modules.ts'
import { ImportReport } from './import-report.ts'
import { type Bench, runTool } from './tool.ts'

/**
 * npm run import -- --institution CODE FILE…: brings FHIR Bundles (plain or .gz) into the record on behalf of the
 * institution that treats the patients. Works whether or not the product is running, straight on its database.
 */

const usage = 'npm run import -- --institution CODE FILE...'
const unpack = promisify(gunzip)

interface Order {
  readonly code: string
  readonly files: readonly string[]
}

/** What the line asks for; one sentence where it cannot be understood. */
function orderOf(words: readonly string[]): Order {
  const at = words.findIndex((word) => word === '--institution' || word.startsWith('--institution='))
  const given = words[at] ?? ''
  const isJoined = given.includes('=')
  const code = at < 0 ? undefined : isJoined ? given.slice(given.indexOf('=') + 1) : words[at + 1]
  const files = words.filter((_, i) => at < 0 || (i !== at && (isJoined || i !== at + 1)))
  const unknown = files.find((file) => file.startsWith('--'))
  if (unknown) throw new Unable(`${unknown} is not understood: ${usage}`)
  if (!code) throw new Unable(`Say which institution treats the patients: ${usage}`)
  if (files.length === 0) throw new Unable(`Say which files: ${usage}`)
  return { code, files }
}

async function bundleIn(file: string): Promise<unknown> {
  const bytes = await readFile(file)
  const isPacked = bytes[0] === 0x1f && bytes[1] === 0x8b
  return exactIn((isPacked ? await unpack(bytes) : bytes).toString('utf8').replace(/^\uFEFF/, ''))
}

/** One file; what is wrong with it is told, and the others go on. */
async function importFile(world: World, institutionId: string, file: string, report: ImportReport) {
  try {
    const bundle = await bundleIn(file)
    await importBundle(world, institutionId, bundle, (progress) => report.entry(basename(file), progress))
    report.fileDone()
  } catch (error) {
    report.fileBroken(basename(file), sentenceOf(error))
  }
}

function sentenceOf(error: unknown): string {
  if (error instanceof SyntaxError) return `is not JSON (${error.message})`
  const code = (error as { code?: unknown }).code
  if (code === 'ENOENT') return 'is not there'
  if (typeof code === 'string' && /^(Z_|ERR_|E[A-Z])/.test(code)) return `cannot be read (${code})`
  return problemOf(error)
}

async function openWorld({ config, access }: Bench) {
  const root = join(import.meta.dirname, '../server/src')
  setMasterKey(masterKey(config.dataDir, config.masterKey))
  await buildSchema(access.ownerUrl, migrationSources(root, modules))
  return openProgram({
    ...config,
    access,
    modules,
    log: pino({ level: 'error' }),
    webDir: join(root, 'no-pages'),
    demo: false,
    role: 'web',
    connections: 4,
    signIn: resolveActor,
  })
}

await runTool(async (bench) => {
  const { code, files } = orderOf(bench.words)
  const program = await openWorld(bench)
  try {
    const { world } = program
    const institution = await world.asSystem(null, (ctx) => findInstitutionByCode(ctx, code))
    if (!institution) throw new Unable(`There is no institution with the code ${code}.`)
    const report = new ImportReport(files.length)
    for (const file of files) await importFile(world, institution.id, file, report)
    report.close(`${institution.name} (${code})`)
    if (report.hasFailed) process.exitCode = 1
  } finally {
    await program.close()
  }
})
