import { openCase } from '../../../kernel/case.ts'
import { dayAfter, dayOf } from '../../../kernel/day.ts'
import { demoId } from '../../../kernel/demo.ts'
import { layPicture } from '../../../kernel/demo-picture.ts'
import type { World } from '../../../kernel/world.ts'
import * as proxies from '../store/proxy.ts'

const HOUR_MS = 3_600_000

/** Li Xiuying asks to stand for her husband; the community centre has still to look at the mandate. */
export const layRequest = (world: World): Promise<void> =>
  world.asSystem(demoId('network', 'CHC01'), async (ctx) => {
    const fileHash = await layPicture(world, ctx, 'mandate')
    const [residentId, institutionId] = [demoId('resident', 0), demoId('network', 'CHC01')]
    const id = demoId('resident', 'request 0')
    await proxies.add(ctx, {
      ...{ id, residentId, proxyId: demoId('resident', 1), institutionId, kind: 'spouse', proof: 'mandate' },
      ...{ fileHash, until: dayAfter(dayOf(ctx.now), 360), at: ctx.now, state: 'asked' },
    })
    const owner = { institutionId, duty: 'resident.register', step: 'check-proxy' }
    const due = new Date(ctx.now.getTime() + 50 * HOUR_MS)
    await openCase(ctx, { kind: 'resident.proxy', thing: `proxy-request:${id}`, residentId, due, ...owner })
  })
