import { join } from 'node:path'
import pino from 'pino'
import { masterKey } from '../server/src/kernel/key-file.ts'
import { Unable } from '../server/src/kernel/postgres/unable.ts'
import { openProgram } from '../server/src/kernel/program.ts'
import { allOwners } from '../server/src/kernel/resource/owner.ts'
import { rebuildType } from '../server/src/kernel/resource/rebuild.ts'
import { setMasterKey } from '../server/src/kernel/secret.ts'
import { resolveActor } from '../server/src/modules/identity/index.ts'
import { modules } from '../server/src/modules.ts'
import { runTool } from './tool.ts'

/**
 * npm run fhir:rebuild -- MODULE: projects a module's things anew, as it says them now; a FHIR type in its place
 * rebuilds that type only. What has not changed makes no new version. Stopped halfway, it goes on where it was.
 */
const projected: Readonly<Record<string, readonly string[]>> = {
  network: ['Organization', 'OrganizationAffiliation', 'Location'],
  record: ['CodeSystem'],
  workforce: ['Practitioner', 'PractitionerRole'],
  resident: ['Patient'],
  contract: ['Contract', 'EpisodeOfCare'],
  careplan: ['CarePlan', 'PlanDefinition', 'Questionnaire', 'QuestionnaireResponse'],
  referral: ['ServiceRequest', 'Task'],
}

await runTool(async ({ config, access, words }) => {
  const wanted = words.flatMap((word) => projected[word] ?? [word])
  const types = allOwners().filter((owner) => owner.rebuild && wanted.includes(owner.type))
  if (types.length === 0) throw new Unable('Say which module: npm run fhir:rebuild -- MODULE')
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
    for (const owner of types) {
      const done = await rebuildType(program.world, owner, (rounds) => {
        if (process.stdout.isTTY) process.stdout.write(`\r${owner.type}: ${rounds} batches`)
      })
      process.stdout.write(`\r${owner.type}: ${done} batches done\n`)
    }
  } finally {
    await program.close()
  }
})
