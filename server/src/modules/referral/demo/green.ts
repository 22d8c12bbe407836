import type { ReferralMove } from '@tongmai/api/referral/flow'
import type { GreenKind, GreenLink } from '@tongmai/api/referral/green-channel'
import { type Actor, system } from '../../../kernel/actor.ts'
import { closeCase } from '../../../kernel/case.ts'
import { type Ctx, ctxWith } from '../../../kernel/ctx.ts'
import { demoId } from '../../../kernel/demo.ts'
import { type DemoRide, demoRide, demoVital } from '../../dispatch/index.ts'
import { openChannel } from '../actions/green-channel.ts'
import { greenThing } from '../actions/green-place.ts'
import * as store from '../store/green-channel.ts'
import type { ReferralRow } from '../store/row.ts'
import type { caster } from './cast.ts'
import { conditions } from './condition.ts'
import { type Tale, tell } from './tale.ts'

const MINUTE_MS = 60_000

/** One emergency of the region: who is on the way with what, and how far the chain has come, in minutes ago. */
interface Emergency {
  readonly n: string
  readonly kind: GreenKind
  readonly condition: string
  readonly impression: string
  readonly reason: string
  readonly path: readonly ReferralMove[]
  /** Which of the cast's communities. */
  readonly index: number
  readonly lastAgo: number
  readonly openedAgo: number
  readonly acknowledgedAgo?: number
  readonly summary: string
  readonly stamps: Partial<Record<GreenLink, number>>
  readonly ride: DemoRide['tale']
}

const told: readonly Emergency[] = [
  {
    ...{ n: 'G001', kind: 'stroke', condition: 'I63.9', index: 10, lastAgo: 41, openedAgo: 46 },
    impression: '急性脑卒中',
    reason: '突发左侧肢体无力、言语含糊 1 小时，血糖 6.8 mmol/L，疑急性卒中，在溶栓时间窗内。',
    path: ['submit', 'accept', 'depart'],
    acknowledgedAgo: 43,
    summary:
      '突发左侧肢体无力 1 小时，NIHSS 9 分，BP 182/104，血糖 6.8；已建静脉通路，未用抗栓药。到院请直接 CT。',
    stamps: { firstContact: 52 },
    ride: {
      ...{ from: 'CHC09', to: 'LEAD', calledAgo: 45, vehicle: 'L1' },
      call: {
        ...{ kind: 'emergency', urgency: 'emergency', critical: true },
        note: '突发左侧肢体无力 1 小时,疑似卒中,走绿色通道',
        needs: { equipment: ['monitor', 'oxygen'], escort: 'physician' },
      },
      moves: [
        ['dispatch', 44],
        ['depart', 42],
        ['reach', 22],
        ['leave', 11],
      ],
      vitals: [
        demoVital(20, [96, 182, 104, 94, 22]),
        demoVital(15, [92, 176, 100, 96, 20]),
        demoVital(10, [90, 171, 98, 97, 20]),
        demoVital(5, [88, 168, 96, 97, 18]),
      ],
    },
  },
  {
    ...{ n: 'G002', kind: 'chestPain', condition: 'I20.0', index: 3, lastAgo: 3, openedAgo: 2 },
    impression: '急性 ST 段抬高型心肌梗死？',
    reason: '胸痛 40 分钟不缓解，大汗，心电图 V1–V4 导联 ST 段弓背向上抬高。',
    path: ['submit'],
    summary: '胸痛 40 分钟，大汗，ST 段抬高，BP 150/90，SpO₂ 95%；已嚼服阿司匹林 300 mg、替格瑞洛 180 mg。',
    stamps: { firstContact: 12, firstEcg: 6 },
    ride: {
      ...{ from: 'CHC03', to: 'LEAD', calledAgo: 2 },
      call: {
        ...{ kind: 'emergency', urgency: 'emergency', critical: true },
        note: '胸痛 40 分钟,大汗,心电图 ST 段抬高,需监护和除颤',
        needs: { equipment: ['monitor', 'defibrillator'], escort: 'physician' },
      },
    },
  },
  {
    ...{ n: 'G003', kind: 'chestPain', condition: 'I20.0', index: 6, lastAgo: 20, openedAgo: 95 },
    impression: '急性非 ST 段抬高型心肌梗死',
    reason: '静息胸痛 2 小时，肌钙蛋白升高，心电图 ST 段压低。',
    path: ['submit', 'accept', 'depart', 'arrive'],
    acknowledgedAgo: 93,
    summary: '静息胸痛 2 小时，cTnI 升高，BP 138/82；已予双联抗血小板负荷量，低分子肝素皮下注射。',
    stamps: { firstContact: 112, firstEcg: 96, arrived: 20 },
    ride: {
      ...{ from: 'CHC05', to: 'LEAD', calledAgo: 94, vehicle: 'C9' },
      call: {
        ...{ kind: 'emergency', urgency: 'emergency', critical: false },
        note: '急性心肌梗死,双联抗血小板已用',
        needs: { equipment: ['monitor', 'oxygen'] },
      },
      moves: [
        ['dispatch', 92],
        ['depart', 90],
        ['reach', 66],
        ['leave', 52],
        ['arrive', 20],
        ['signCrew', 16],
        ['signReceiver', 15],
        ['makeReady', 5],
      ],
      vitals: [demoVital(60, [84, 138, 82, 97, 18]), demoVital(40, [80, 132, 80, 98, 18])],
    },
  },
]

/** The referrals of the emergencies, minutes instead of hours from step to step. */
export const emergencies = (cast: ReturnType<typeof caster>, now: Date): Tale[] =>
  told.flatMap(({ n, condition: code, index, path, lastAgo, impression, reason }) => {
    const condition = conditions.find((one) => one.code === code)
    if (!condition) return []
    const tale = tell({
      ...{ n, index, direction: 'up', path, urgency: 'emergency', condition, parentId: null },
      ...{ cast: cast.up(index, condition), pace: 0.01 },
      lastAt: new Date(now.getTime() - lastAgo * MINUTE_MS),
    })
    const form = { ...tale.row.form, firstImpression: impression, reason }
    return [{ ...tale, row: { ...tale.row, form } }]
  })

/** At one of the institutions, so many minutes ago. */
function at(ctx: Ctx, institutionId: string, minutesAgo: number): Ctx {
  const actor: Actor = system(institutionId)
  return ctxWith(ctx, { actor, now: new Date(ctx.now.getTime() - minutesAgo * MINUTE_MS) })
}

/** The green channels of the region: one on the way, one just opened, one that has arrived. */
export async function demoGreen(ctx: Ctx, rows: readonly ReferralRow[]): Promise<void> {
  for (const one of told) {
    const row = rows.find(({ id }) => id === demoId('referral', one.n))
    if (!row) continue
    const { kind, summary, openedAgo, acknowledgedAgo, stamps } = one
    const then = at(ctx, row.fromInstitutionId, openedAgo)
    const channel = await openChannel(then, row, { kind, summary, critical: true, expectedAt: null })
    const said = Object.entries(stamps).map(([link, ago]) => [link, at(ctx, '', ago).now] as const)
    const set = { stamps: Object.fromEntries(said) }
    if (acknowledgedAgo === undefined) await store.change(ctx, channel, set)
    else {
      const host = at(ctx, row.toInstitutionId, acknowledgedAgo)
      await store.change(host, channel, { ...set, acknowledgedAt: host.now, acknowledgedBy: host.actor.id })
      await closeCase(host, greenThing(channel.id))
    }
    await demoRide(ctx, { residentId: row.residentId, thing: `referral:${row.id}`, tale: one.ride })
  }
}
