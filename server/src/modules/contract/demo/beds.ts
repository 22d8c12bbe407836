import type { BedIndication, BedOutcome, BedStatus } from '@tongmai/api/contract/bed'
import { openCase } from '../../../kernel/case.ts'
import { type Ctx, ctxWith } from '../../../kernel/ctx.ts'
import { dayAfter, dayOf, startOf } from '../../../kernel/day.ts'
import { demoId } from '../../../kernel/demo.ts'
import type { GpTeam } from '../../workforce/index.ts'
import { showBed, thingOf } from '../actions/bed-care.ts'
import { bedNumber } from '../number.ts'
import * as store from '../store/bed.ts'
import * as care from '../store/bed-care.ts'
import { setIndication } from '../store/bed-indication.ts'
import type { ContractRow } from '../store/row.ts'
import { findConsent } from '../store/rule.ts'

const DAY_MS = 86_400_000

interface Case {
  /** Which of a community's contracts. */
  readonly nth: number
  readonly status: BedStatus
  /** For how many days it has been open. */
  readonly days: number
  readonly indication: BedIndication
  readonly diagnosis: string
  readonly plan: string
  readonly outcome?: BedOutcome
}

const cases: readonly Case[] = [
  {
    ...{ nth: 9, status: 'open', days: 9, indication: 'bedridden', diagnosis: '脑梗死后遗症，左侧偏瘫' },
    plan: '每周查床一次，监测血压；预防压疮，指导家属翻身和床上康复。',
  },
  {
    ...{ nth: 12, status: 'open', days: 16, indication: 'afterStay', diagnosis: '股骨颈骨折术后' },
    plan: '伤口换药至拆线，下肢肌力训练，两周后评估能否撤床。',
  },
  {
    ...{ nth: 15, status: 'proposed', days: 0, indication: 'palliative', diagnosis: '肺癌晚期' },
    plan: '控制疼痛，家属照护指导，每三天查床一次。',
  },
  {
    ...{ nth: 18, status: 'closed', days: 30, indication: 'rehabilitation', diagnosis: '慢阻肺急性加重后' },
    ...{ plan: '氧疗观察，呼吸功能锻炼。', outcome: 'improved' },
  },
]
const DOCUMENT = '演示区域家庭病床服务规范（虚构文件，仅供演示）'
const accepted = [
  ['bedridden', '生活不能自理，需定期上门检查和护理'],
  ['afterStay', '出院后病情稳定，仍需换药、拆线或输液'],
  ['rehabilitation', '脑卒中、骨折等康复期'],
  ['palliative', '晚期患者，居家安宁疗护'],
] as const
const nursing = [
  ['协助翻身、叩背', 4, 'day'],
  ['压疮护理、换药', 3, 'week'],
] as const

/** Beds at home of the first community in every state, and one at each of the others. */
export async function demoBeds(
  ctx: Ctx,
  rows: readonly ContractRow[],
  teams: readonly GpTeam[],
): Promise<void> {
  const nurses = new Map(
    teams.map((team) => [team.id, team.members.find((one) => one.kind === 'nurse')?.practitionerId ?? null]),
  )
  const first = rows.find((row) => row.id === demoId('contract', 0))?.communityId
  const active = rows.filter((row) => row.status === 'active')
  for (const [communityId, here] of Map.groupBy(active, (row) => row.communityId)) {
    for (const [indication, criteria] of accepted) {
      const said = { institutionId: communityId, indication, criteria, source: DOCUMENT }
      await setIndication(ctx, { ...said, since: '2026-01-01', state: 'inForce' })
    }
    for (const one of communityId === first ? cases : cases.slice(0, 1)) {
      const contract = here[one.nth]
      if (contract) await layBed(ctx, contract, one, nurses.get(contract.teamId) ?? null)
    }
  }
}

async function layBed(ctx: Ctx, contract: ContractRow, one: Case, nurseId: string | null): Promise<void> {
  const today = dayOf(ctx.now)
  const openedOn = one.status === 'proposed' ? null : dayAfter(today, -one.days)
  const isOpen = one.status === 'open'
  const consent = await findConsent(ctx, { about: 'homeBed' })
  const id = demoId('contract', `bed ${contract.id}`)
  const { residentId, communityId, teamId, doctorId } = contract
  const reviewOn = openedOn && isOpen ? dayAfter(openedOn, 14) : null
  const bed: store.HomeBed = {
    ...{ residentId, id, number: bedNumber(id, ctx.now), contractId: contract.id, communityId, teamId },
    ...{ doctorId, nurseId, status: one.status, indication: one.indication, diagnosis: one.diagnosis },
    ...{ plan: one.plan, reviewDays: 14, reviewOn, openedOn, version: 1 },
    since: new Date(ctx.now.getTime() - (one.outcome ? 3 : one.days) * DAY_MS),
    consentVersion: openedOn && consent.version,
    consentHash: openedOn && consent.hash,
    signature: openedOn ? { kind: 'paper', signer: '家属', relation: '8', hash: null } : null,
    closedOn: one.outcome ? dayAfter(today, -3) : null,
    outcome: one.outcome ?? null,
    summary: one.outcome ? '呼吸平稳，家属已会照护，转为每月随访。' : null,
  }
  await store.add(ctx, bed)
  if (openedOn) await layCare(ctx, bed, one.days)
  await showBed(ctx, bed)
  if (one.status === 'closed') return
  const due = reviewOn ? startOf(dayAfter(reviewOn, 1)) : new Date(ctx.now.getTime() + 2 * DAY_MS)
  await openCase(ctx, {
    ...{
      kind: 'contract',
      thing: thingOf(id),
      residentId,
      institutionId: communityId,
      duty: 'contract.serve',
    },
    ...{ practitionerId: doctorId, step: isOpen ? 'bedReview' : 'bedProposed', due },
  })
}

/** What was ordered on the first day, and a round and nursing every few days since. */
async function layCare(ctx: Ctx, bed: store.HomeBed, days: number): Promise<void> {
  const began = ctxWith(ctx, { now: new Date(ctx.now.getTime() - days * DAY_MS) })
  for (const [what, times, per] of nursing)
    await care.addOrder(began, bed, { what, times, per, until: null, orderedBy: bed.doctorId })
  const orders = (await care.listOrders(ctx, bed.id)).map((one) => one.id)
  if (bed.closedOn) await care.stopOrders(ctx, { bedId: bed.id })
  for (let ago = days; ago > 3; ago -= 3) {
    const at = new Date(ctx.now.getTime() - ago * DAY_MS)
    const isRound = (days - ago) % 2 === 0
    await care.addNote(ctxWith(ctx, { now: at }), bed, {
      ...{ kind: isRound ? 'round' : 'nursing', at, visitId: null, orders: isRound ? [] : orders },
      practitionerId: isRound ? bed.doctorId : bed.nurseId,
      text: isRound ? '神志清，双肺呼吸音清，皮肤完整；继续原方案。' : '翻身、换药，伤口干洁，已教家属叩背。',
      measurements: isRound ? [{ name: '收缩压', value: 138 - (ago % 5), unit: 'mmHg' }] : [],
    })
  }
}
