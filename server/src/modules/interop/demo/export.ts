import { ctxWith } from '../../../kernel/ctx.ts'
import { demoId } from '../../../kernel/demo.ts'
import type { World } from '../../../kernel/world.ts'
import * as store from '../store/export.ts'

const HOUR_MS = 3_600_000
const institutionId = demoId('network', 'LEAD')
const asked = { institutionId, clientId: 'demo-his', groupId: null, since: null, scopes: ['system/*.cruds'] }

/** What was taken away some days ago, whose files are gone by now, and one that did not come to its end. */
const exports = [
  {
    ...{
      key: 'all',
      level: 'patient' as const,
      types: ['Patient', 'Observation', 'DiagnosticReport'],
      hoursAgo: 74,
    },
    ended: { state: 'done' as const, typesDone: 3, resources: 4812, problem: null },
  },
  {
    ...{ key: 'broken', level: 'system' as const, types: ['Encounter', 'Condition'], hoursAgo: 30 },
    ended: {
      state: 'failed' as const,
      typesDone: 1,
      resources: 640,
      problem: '磁盘空间不足',
    },
  },
]

/** Exports of the lead hospital's client, so that their page has something to show. */
export async function layExports(world: World): Promise<void> {
  for (const { key, level, types, hoursAgo, ended } of exports)
    await world.asSystem(institutionId, async (ctx) => {
      const then = ctxWith(ctx, { now: new Date(ctx.now.getTime() - hoursAgo * HOUR_MS) })
      const id = demoId('interop', `export ${key}`)
      const path = level === 'system' ? '/fhir/R4/$export' : '/fhir/R4/Patient/$export'
      const until = new Date(then.now.getTime() + 24 * HOUR_MS)
      const request = `${path}?_type=${types.join(',')}`
      await store.addExport(then, {
        ...asked,
        id,
        level,
        types,
        filters: [],
        patients: null,
        elements: [],
        provenance: null,
        request,
        until,
      })
      const endedAt = new Date(then.now.getTime() + 90_000)
      await store.changeExport(then, id, { ...ended, files: '[]', endedAt })
      if (ended.state === 'done') await store.removeExport(ctxWith(ctx, { now: until }), id)
    })
}
