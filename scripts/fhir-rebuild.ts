import { join } from 'node:path'
import pino from 'pino'
import { masterKey } from '../server/src/kernel/key-file.ts'
import { Unable } from '../server/src/kernel/postgres/unable.ts'
import { openProgram } from '../server/src/kernel/program.ts'
import { allOwners } from '../server/src/kernel/resource/owner.ts'
import { rebuildAll } from '../server/src/kernel/resource/rebuild.ts'
import { setMasterKey } from '../server/src/kernel/secret.ts'
import { resolveActor } from '../server/src/modules/identity/index.ts'
import { modules } from '../server/src/modules.ts'
import { runTool } from './tool.ts'

/**
 * npm run fhir:rebuild -- MODULE: projects a module's things anew at once, whatever edition of them is stored; a FHIR type
 * in its place rebuilds what projects that type. What has not changed makes no new version. Stopped halfway, it goes on
 * where it was, here or in the server.
 */
await runTool(async ({ config, access, words }) => {
  const wanted = allOwners().flatMap(({ type, rebuild }) =>
    rebuild && (words.includes(type) || words.includes(rebuild.name.split('.')[0] ?? '')) ? [rebuild] : [],
  )
  if (wanted.length === 0) throw new Unable('Say which module: npm run fhir:rebuild -- MODULE')
  setMasterKey(masterKey(config.dataDir, config.masterKey))
  const program = await openProgram({
    ...config,
    access,
    modules,
    log: pino({ level: 'error' }),
    webDir: join(import.meta.dirname, 'no-pages'),
    demo: false,
    role: 'web',
    connections: 4,
    signIn: resolveActor,
  })
  try {
    for (const rebuild of wanted) {
      const done = await rebuildAll(program.world, rebuild, (rounds) => {
        if (process.stdout.isTTY) process.stdout.write(`\r${rebuild.name}: ${rounds} batches`)
      })
      process.stdout.write(`\r${rebuild.name}: ${done} batches done\n`)
    }
  } finally {
    await program.close()
  }
})
