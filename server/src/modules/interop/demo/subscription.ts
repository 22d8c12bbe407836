import { demoId } from '../../../kernel/demo.ts'
import { seal } from '../../../kernel/secret.ts'
import type { World } from '../../../kernel/world.ts'
import { show } from '../actions/subscribe.ts'
import * as store from '../store/subscription.ts'

const HOUR_MS = 3_600_000
const DAY_MS = 24 * HOUR_MS

/** Nobody listens there, and no address outside this machine is called. */
const NOWHERE = 'http://127.0.0.1:9'

const shared = {
  institutionId: demoId('network', 'LEAD'),
  clientId: 'demo-his',
  scopes: ['system/*.cruds'],
  timeoutSeconds: 10,
  maxCount: 100,
}

/** Results for the wards: switched off while the receiver is moved. */
const results = (now: Date) => ({
  ...{
    ...shared,
    id: demoId('interop', 'results'),
    topic: 'result-arrived' as const,
    content: 'id-only' as const,
  },
  ...{ filters: ['Observation?category=laboratory', 'DiagnosticReport'], endpoint: `${NOWHERE}/lab/hook` },
  ...{ headersSealed: seal(JSON.stringify(['Authorization: Bearer demo'])), heartbeatSeconds: 3600 },
  ...{ reason: '检验检查结果回写电子病历', state: 'off' as const, problem: '接收服务器迁移，周末后恢复' },
  ...{ events: 42, arrived: 42, hearsAfter: 1, eventAt: new Date(now.getTime() - 26 * HOUR_MS) },
  ...{ arrivedAt: new Date(now.getTime() - 25 * HOUR_MS), nextTryAt: now },
  addedAt: new Date(now.getTime() - 20 * DAY_MS),
})

/** Referrals for the appointment desk: its receiver is away; what happens waits for it, tried once an hour. */
const referrals = (now: Date) => ({
  ...{ ...shared, id: demoId('interop', 'referrals'), topic: 'referral-changed' as const, filters: [] },
  ...{ content: 'full-resource' as const, endpoint: `${NOWHERE}/desk/referral`, heartbeatSeconds: 600 },
  ...{ reason: '转诊进展推送到预约中心', state: 'error' as const, problem: 'interop.receiver-away' },
  ...{ hearsAfter: 1, tries: 7, failingSince: new Date(now.getTime() - 3 * HOUR_MS) },
  ...{ arrivedAt: new Date(now.getTime() - 4 * HOUR_MS) },
  ...{ nextTryAt: new Date(now.getTime() + HOUR_MS), addedAt: new Date(now.getTime() - 9 * DAY_MS) },
})

/** Arrivals, failures since, and the greeting at the beginning. */
async function layDeliveries(world: World, subscriptionId: string): Promise<void> {
  await world.asSystem(null, async (ctx) => {
    const about = { institutionId: shared.institutionId, subscriptionId }
    const at = (ms: number) => new Date(ctx.now.getTime() - ms)
    const none = { firstNumber: null, lastNumber: null }
    const arrived = { ...none, status: 200, problem: null }
    const away = { ...none, status: null, problem: 'interop.receiver-away', tookMs: 3 }
    const lines = [
      { at: at(9 * HOUR_MS), kind: 'handshake' as const, ...arrived, tookMs: 84 },
      ...[6, 5, 4].map((h) => ({
        at: at(h * HOUR_MS),
        kind: 'heartbeat' as const,
        ...arrived,
        tookMs: 30 + h,
      })),
      ...[3, 2, 1].map((h) => ({ at: at(h * HOUR_MS), kind: 'heartbeat' as const, ...away })),
    ]
    for (const line of lines) await store.addDelivery(ctx, { ...about, id: ctx.id(), ...line })
  })
}

/** Two subscriptions of the lead hospital's client, so that their page has something to show. */
export async function laySubscriptions(world: World): Promise<void> {
  await world.asSystem(null, async (ctx) => {
    for (const row of [results(ctx.now), referrals(ctx.now)]) await show(ctx, await store.add(ctx, row))
  })
  await layDeliveries(world, demoId('interop', 'referrals'))
}
