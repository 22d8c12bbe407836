// `npm run access:verify`: finds every grant of access whose reason is gone, while the product runs or not.
import { join } from 'node:path'
import pino from 'pino'
import { masterKey } from '../server/src/kernel/key-file.ts'
import { Unable } from '../server/src/kernel/postgres/unable.ts'
import { openProgram } from '../server/src/kernel/program.ts'
import { setMasterKey } from '../server/src/kernel/secret.ts'
import { resolveActor } from '../server/src/modules/identity/index.ts'
import { grantsWithoutSource } from '../server/src/modules/resident/index.ts'
import { modules } from '../server/src/modules.ts'
import { runTool } from './tool.ts'

const SHOWN = 50

await runTool(async ({ config, access }) => {
  setMasterKey(masterKey(config.dataDir, config.masterKey))
  const program = await openProgram({
    ...config,
    access,
    modules,
    log: pino({ level: 'error' }),
    webDir: join(import.meta.dirname, 'no-pages'),
    demo: false,
    role: 'web',
    connections: 2,
    signIn: resolveActor,
  })
  try {
    let found = 0
    await program.world.asSystem(null, async (ctx) => {
      for await (const grant of grantsWithoutSource(ctx)) {
        found += 1
        const { residentId, institutionId, basis, source, problem } = grant
        if (found <= SHOWN)
          console.error(`resident ${residentId} at ${institutionId}: ${basis} from ${source}, ${problem}`)
      }
    })
    if (found > 0) throw new Unable(`${found} grants of access have no live source.`)
    console.info('Every grant of access has a live source.')
  } finally {
    await program.close()
  }
})
