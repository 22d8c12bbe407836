import * as z from 'zod/mini'
import { system } from '../../kernel/actor.ts'
import type { Job } from '../../kernel/module.ts'
import { removeSpool } from '../../kernel/spool.ts'
import type { World } from '../../kernel/world.ts'
import { clientActor } from '../identity/index.ts'
import { notify } from './actions/notify.ts'
import { runExport } from './actions/run-export.ts'
import { sendAll, sendMessages } from './actions/send.ts'
import { move, NOTIFY, WATCH } from './actions/subscribe.ts'
import { SEND } from './actions/tell-partner.ts'
import { watch } from './actions/watch.ts'
import { tell } from './events.ts'
import { processKept } from './index/receive.ts'
import { listOver, removeExport } from './store/export.ts'
import * as messages from './store/message.ts'
import * as subscriptions from './store/subscription.ts'

const which = z.object({ id: z.uuid() })
const whose = z.object({ institutionId: z.uuid(), id: z.uuid() })
const whom = z.object({ institutionId: z.uuid(), partnerId: z.uuid() })

/** A mended or replayed message is done as the client from which it came. */
async function processMessage(
  world: World,
  { institutionId, id }: { institutionId: string; id: string },
): Promise<void> {
  const actor = await world.read(system(institutionId), async (ctx) => {
    const { clientId } = await messages.find(ctx, institutionId, id)
    return clientId ? clientActor(ctx, clientId) : null
  })
  if (actor?.institutionId === institutionId) await processKept(world, actor, id)
  else
    await world.asSystem(institutionId, async (ctx) => {
      const row = await messages.lock(ctx, institutionId, id)
      const why = { problemCode: 'interop.client-disabled', problemPlace: '', problemText: '' }
      await messages.change(ctx, row, { state: 'failed', ...why })
    })
  await world.asSystem(institutionId, async (ctx) => {
    const { state, residentId } = await messages.find(ctx, institutionId, id)
    await tell(ctx, 'interop.message-processed', {
      ...{ thing: `message:${id}`, residentId, audience: [institutionId] },
      data: { id, state },
    })
  })
}

/** Switches off what was wanted until now, and forgets what is old. */
const sweepSubscriptions = (world: World): Promise<void> =>
  world.asSystem(null, async (ctx) => {
    for (const row of await subscriptions.listOver(ctx))
      await move(ctx, row, { state: 'off', problem: 'interop.time-over', heldUntil: null })
    await subscriptions.sweep(ctx)
  })

export const jobs: readonly Job[] = [
  { name: 'interop.export', run: (world, payload) => runExport(world, z.parse(which, payload).id) },
  {
    name: 'interop.process-message',
    run: (world, payload) => processMessage(world, z.parse(whose, payload)),
  },
  { name: SEND, run: (world, payload) => sendMessages(world, z.parse(whom, payload)) },
  { name: 'interop.send-all', cron: '* * * * *', run: sendAll },
  { name: WATCH, cron: '* * * * *', run: watch },
  { name: NOTIFY, run: (world, payload) => notify(world, z.parse(whose, payload)) },
  { name: 'interop.sweep-subscriptions', cron: '11 * * * *', run: sweepSubscriptions },
  {
    name: 'interop.remove-files',
    run: (world, payload) => removeSpool({ dataDir: world.dataDir, job: z.parse(which, payload).id }),
  },
  {
    name: 'interop.sweep-exports',
    cron: '23 * * * *',
    run: async (world) => {
      for (const { id } of await world.asSystem(null, listOver)) {
        await removeSpool({ dataDir: world.dataDir, job: id })
        await world.asSystem(null, (ctx) => removeExport(ctx, id))
      }
    },
  },
]
