import type { Mission, missionApi } from '@tongmai/api/dispatch/mission'
import type { Ctx } from '../../../kernel/ctx.ts'
import type { Actions } from '../../../kernel/module.ts'
import { movesOf, ownerOf } from '../policy.ts'
import * as fleet from '../store/fleet.ts'
import * as lines from '../store/line.ts'
import * as store from '../store/mission.ts'

async function whole(ctx: Ctx, id: string): Promise<Mission> {
  const row = await store.find(ctx, id)
  const [line] = await lines.listLines(ctx, { ids: [id] })
  if (!line) throw new Error('seen as a row and not as a line')
  const { steps, vitals, names } = await lines.findStory(ctx, row)
  const crew = row.vehicleId ? (await fleet.find(ctx, row.vehicleId)).crew : []
  const named = (of: string) => names.get(of) ?? { id: of, name: '', shortName: '' }
  const owned = row.due ? ownerOf(row) : null
  const { needs, note, flight, handedByCrew, takenByReceiver, disinfection, ending } = row
  return {
    ...line,
    ...{ needs, note, flight, handedByCrew, takenByReceiver, disinfection, ending },
    ...{ crew, steps, vitals },
    carrier: row.carrierId ? named(row.carrierId) : null,
    desk: named(row.deskId),
    owner: owned && { institution: named(owned.institutionId), duty: owned.duty },
    moves: movesOf(ctx.actor, row),
  }
}

export const reading: Pick<Actions<typeof missionApi>, 'listMissions' | 'readMission'> = {
  listMissions: (ctx, { query }) => lines.list(ctx, query),
  readMission: (ctx, { params }) => whole(ctx, params.id),
}
