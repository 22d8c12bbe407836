import { consentWords } from '@tongmai/api/resident/consent-words'
import type { Ctx } from '../../../kernel/ctx.ts'
import { dayOf } from '../../../kernel/day.ts'
import { demoId, layOpenings } from '../../../kernel/demo.ts'
import type { World } from '../../../kernel/world.ts'
import { findInstitution } from '../../network/index.ts'
import { consentActions } from '../actions/consent.ts'
import { emergencyActions } from '../actions/emergency.ts'
import { mineActions } from '../actions/mine.ts'
import { listTexts } from '../store/consent.ts'
import { act, asResident, asStaff, HOUR_MS, personOf, staff } from './cast.ts'
import { demoResidents } from './people.ts'

const YEAR_HOURS = 365 * 24

/** Who looked at whose record, and why; what residents object to among it. */
const looks: readonly (readonly [
  hoursAgo: number,
  who: string,
  resident: number,
  basis: string,
  thing: string,
  objection?: { reason: string; answer?: string },
])[] = [
  [
    ...([320, 'endo01', 3, 'treatment', 'record'] as const),
    {
      reason: '我没有看过内分泌科，不知道为什么会查我的档案。',
      answer: '您当日在我院体检，血糖偏高，由内分泌科复核。',
    },
  ],
  [200, 'cardio01', 0, 'referral', 'record'],
  [50, 'gp01', 0, 'contract', 'record'],
  [46, 'cardio02', 3, 'treatment', 'record', { reason: '上周没有去过医院，请说明是谁、为什么查看。' }],
  [30, 'gp01', 2, 'contract', 'card'],
]

/** An emergency that somebody has judged, and one that waits. */
const emergencies: readonly (readonly [
  hoursAgo: number,
  resident: number,
  reason: string,
  verdict?: string,
])[] = [
  [150, 611, '车祸送入，昏迷，须立即了解过敏史和用药', '理由成立：抢救记录与调阅时间相符。'],
  [5, 742, '突发意识障碍，家属不在场，须查抗凝药使用情况'],
]

const scope = '全部病历，不包括精神心理、艾滋病与性病、成瘾、生殖方面的敏感内容'

interface Given {
  readonly signer: number
  readonly resident: number
  readonly to: string
  readonly purpose: 'treatment' | 'consultation' | 'insurance'
  readonly hoursAgo: number
  /** Taken back so many hours ago. */
  readonly back?: number
}
const consents: readonly Given[] = [
  { signer: 0, resident: 0, to: 'REHA', purpose: 'treatment', hoursAgo: 700 },
  { signer: 0, resident: 2, to: 'GERI', purpose: 'treatment', hoursAgo: 400 },
  { signer: 1, resident: 1, to: 'LEAD', purpose: 'insurance', hoursAgo: 900, back: 120 },
]

/** Consents given and taken back, records opened in an emergency, who looked, and what residents say to it. */
export function layLawful(world: World): Promise<void> {
  return world.asSystem(null, async (ctx) => {
    for (const one of consents) await consent(ctx, one)
    for (const look of looks) await lookAt(ctx, look)
    for (const emergency of emergencies) await openUrgently(ctx, emergency)
  })
}

async function consent(ctx: Ctx, { signer, resident, to, purpose, hoursAgo, back }: Given): Promise<void> {
  const ids = [...new Set([personOf(signer), personOf(resident)])]
  const [signs, whose] = [demoResidents()[signer], demoResidents()[resident]]
  const then = asResident(ctx, ids, hoursAgo)
  const text = (await listTexts(ctx, dayOf(then.now))).find((one) => one.purpose === purpose)
  const institutionId = demoId('network', to)
  if (!text || !signs || !whose) return
  const { name: institution } = await findInstitution(ctx, institutionId)
  const words = consentWords(text, {
    ...{ signer: signs.name, resident: signer === resident ? '本人' : whose.name, scope },
    ...{ institution, period: '自签署之日起一年' },
  })
  const until = new Date(then.now.getTime() + YEAR_HOURS * HOUR_MS)
  const given = await act(consentActions.giveMyConsent, then, {
    body: {
      ...{ residentId: whose.id, institutionId, purpose, depth: 'full', categories: [], until, words },
      textVersion: text.version,
    },
  })
  if (back === undefined) return
  const body = { reason: '理赔已经办完' }
  await act(consentActions.withdrawMyConsent, asResident(ctx, ids, back), { params: { id: given.id }, body })
}

async function lookAt(ctx: Ctx, look: (typeof looks)[number]): Promise<void> {
  const [hoursAgo, username, n, basis, thing, objection] = look
  const { now, actor } = asStaff(ctx, staff(username), hoursAgo)
  const residentId = personOf(n)
  const [id] = await layOpenings(ctx, [
    {
      ...{ residentId, basis, thing, at: now, actorId: actor.id, practitionerId: actor.practitionerId },
      institutionId: actor.institutionId ?? '',
    },
  ])
  if (!objection || !id) return
  const own = asResident(ctx, [residentId], hoursAgo - 10)
  const made = await act(mineActions.object, own, { params: { id }, body: { reason: objection.reason } })
  if (objection.answer === undefined) return
  const head = asStaff(ctx, staff('head01'), hoursAgo - 40)
  await act(mineActions.answerObjection, head, {
    params: { id: made.id },
    body: { answer: objection.answer },
  })
}

async function openUrgently(ctx: Ctx, emergency: (typeof emergencies)[number]): Promise<void> {
  const [hoursAgo, n, reason, verdict] = emergency
  const doctor = asStaff(ctx, staff('emer01'), hoursAgo)
  const { id: actorId, practitionerId, institutionId } = doctor.actor
  const residentId = personOf(n)
  const { id } = await act(emergencyActions.openInEmergency, doctor, {
    params: { id: residentId },
    body: { reason },
  })
  const about = {
    residentId,
    basis: 'emergency',
    actorId,
    practitionerId,
    institutionId: institutionId ?? '',
  }
  await layOpenings(ctx, [
    { ...about, thing: 'record', at: doctor.now, purpose: reason },
    { ...about, thing: 'card', at: new Date(doctor.now.getTime() + 60_000) },
  ])
  if (!verdict) return
  const head = asStaff(ctx, staff('head01'), hoursAgo - 20)
  await act(emergencyActions.judgeEmergency, head, {
    params: { id },
    body: { justified: true, note: verdict },
  })
}
