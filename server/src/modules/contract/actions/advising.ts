import { type Advice, type AdviceMove, type adviceApi, nextAdvice } from '@tongmai/api/contract/advice'
import { isInForce } from '@tongmai/api/contract/flow'
import type { OpenMove } from '@tongmai/api/kernel'
import { ownInstitution } from '../../../kernel/actor.ts'
import { asSystem } from '../../../kernel/as-system.ts'
import { closeCase, handOver, openCase } from '../../../kernel/case.ts'
import type { Ctx } from '../../../kernel/ctx.ts'
import { attach, readBytes } from '../../../kernel/file.ts'
import type { Actions } from '../../../kernel/module.ts'
import { refuse } from '../../../kernel/refusal.ts'
import { tell } from '../events.ts'
import { dueAt, isOpen, type OfficeHours, opensAt } from '../office-hours.ts'
import * as store from '../store/advice.ts'
import * as contracts from '../store/contract.ts'
import type { ContractRow } from '../store/row.ts'
import { ruleOf } from '../store/rule.ts'
import * as templates from '../store/template.ts'
import { filesFolder } from './document.ts'
import { askSurvey } from './surveying.ts'

type AdviceRow = store.AdviceRow
interface Said {
  readonly text: string
  readonly files: readonly string[]
}
const thingOf = (id: string): string => `contract-advice:${id}`
const REASON_MOST = 500

const hoursOf = async (ctx: Ctx): Promise<OfficeHours> => ({
  fromHour: await ruleOf(ctx, 'officeFromHour'),
  toHour: await ruleOf(ctx, 'officeToHour'),
})

const brief = (row: AdviceRow) => ({
  ...{ id: row.id, status: row.status, due: row.due, outOfHours: row.outOfHours },
})

const announce = (ctx: Ctx, row: AdviceRow, name: 'asked' | 'answered' | 'closed' | 'converted') =>
  tell(ctx, `contract.advice-${name}`, {
    ...{ thing: thingOf(row.id), residentId: row.residentId, audience: [row.communityId] },
    data: {
      id: row.id,
      communityId: row.communityId,
      practitionerId: row.ownerId,
      outOfHours: row.outOfHours,
    },
  })

const owing = (row: AdviceRow, due: Date) => ({
  ...{ institutionId: row.communityId, duty: 'contract.serve', practitionerId: row.ownerId },
  ...{ step: 'adviceAsked', due },
})

/** A question is somebody's until they answer; asked out of hours it waits for the next opening. */
export async function owe(ctx: Ctx, row: AdviceRow): Promise<void> {
  if (!row.due) return
  const { residentId, due } = row
  // As the system: it is the community that owes the answer, whoever has asked.
  await asSystem(ctx, (all) =>
    openCase(all, { kind: 'contract', thing: thingOf(row.id), residentId, ...owing(row, due) }),
  )
}

async function say(ctx: Ctx, row: AdviceRow, { text, files }: Said): Promise<void> {
  await store.addMessage(ctx, row, { text, files: await attach(ctx, files) })
}

/** Begins a conversation about a contract in force; by the resident it is owed an answer. */
async function begin(ctx: Ctx, contract: ContractRow, said: Said & { subject: string }): Promise<AdviceRow> {
  const asks = ctx.actor.kind === 'resident'
  const hours = await hoursOf(ctx)
  const row: AdviceRow = {
    ...{ residentId: contract.residentId, id: ctx.id(), contractId: contract.id, teamId: contract.teamId },
    ...{ communityId: contract.communityId, subject: said.subject, askedAt: ctx.now, since: ctx.now },
    ownerId: asks ? contract.doctorId : (ctx.actor.practitionerId ?? contract.doctorId),
    ...{ status: asks ? 'asked' : 'answered', begunBy: asks ? 'resident' : 'team' },
    outOfHours: asks && !isOpen(ctx.now, hours),
    due: asks ? dueAt(ctx.now, hours, await ruleOf(ctx, 'adviceHours')) : null,
    ...{ became: null, becameId: null, version: 1 },
  }
  const { became: _, becameId: __, version: ___, ...added } = row
  await store.add(ctx, added)
  await say(ctx, row, said)
  await owe(ctx, row)
  await announce(ctx, row, asks ? 'asked' : 'answered')
  return row
}

async function answer(ctx: Ctx, id: string, said: Said): Promise<AdviceRow> {
  const row = await store.lock(ctx, id)
  const next = await store.move(ctx, row, 'answer', { ownerId: ctx.actor.practitionerId ?? row.ownerId })
  await say(ctx, next, said)
  await closeCase(ctx, thingOf(id))
  await announce(ctx, next, 'answered')
  return next
}

async function askAgain(ctx: Ctx, id: string, said: Said): Promise<AdviceRow> {
  const row = await store.lock(ctx, id)
  const hours = await hoursOf(ctx)
  const due = row.due ?? dueAt(ctx.now, hours, await ruleOf(ctx, 'adviceHours'))
  const next = await store.move(ctx, row, 'askAgain', { due, outOfHours: !isOpen(ctx.now, hours) })
  await say(ctx, next, said)
  if (row.status !== 'asked') await owe(ctx, next)
  await announce(ctx, next, 'asked')
  return next
}

async function close(ctx: Ctx, id: string): Promise<AdviceRow> {
  const row = await store.lock(ctx, id)
  const next = await store.move(ctx, row, 'close')
  await closeCase(ctx, thingOf(id))
  await announce(ctx, next, 'closed')
  const { contractId, residentId, subject } = next
  // Only who was answered has something to judge.
  if (row.status === 'answered') await askSurvey(ctx, { contractId, residentId, about: 'advice', subject })
  return next
}

/** What the reader may do with it now: the team answers and converts, the resident asks again, either closes. */
function movesOf(ctx: Ctx, row: Pick<AdviceRow, 'status'>): OpenMove[] {
  const mine: readonly AdviceMove[] =
    ctx.actor.kind === 'resident' ? ['askAgain', 'close'] : ['answer', 'convert', 'close']
  return mine.filter((move) => nextAdvice(row.status, move)).map((move) => ({ move, open: true }))
}

/** What was asked, as the first sentence of a referral or of a visit. */
const reasonOf = async (ctx: Ctx, row: AdviceRow): Promise<string> => {
  const first = (await store.listMessages(ctx, row.id)).find((one) => one.fromResident)
  return [row.subject, first?.text].filter(Boolean).join('：').slice(0, REASON_MOST)
}

async function read(ctx: Ctx, id: string): Promise<Advice> {
  const row = await store.find(ctx, id)
  ctx.opened({ residentId: row.residentId, basis: 'contract', thing: thingOf(id) })
  const messages = await store.listMessages(ctx, id)
  const { became, becameId } = row
  return { ...store.lineOf(row), messages, moves: movesOf(ctx, row), became, becameId }
}

async function fileOf(ctx: Ctx, id: string) {
  const { hash, media, residentId, adviceId } = await store.findFile(ctx, id)
  if (ctx.actor.kind !== 'resident')
    ctx.opened({ residentId, basis: 'contract', thing: `${thingOf(adviceId)}/file` })
  return { bytes: await readBytes(filesFolder(), hash), fileName: `${id}.${media.split('/')[1]}` }
}

/** The contract in force of one's own, or of somebody one stands for. */
async function ownContract(ctx: Ctx, residentId: string): Promise<ContractRow> {
  if (!ctx.actor.residentIds.includes(residentId)) refuse('missing', 'resident.missing')
  const held = (await contracts.listHolders(ctx, [residentId])).get(residentId)
  return held ?? refuse('conflict', 'contract.advice-needs-contract')
}

/** Online advice: a resident asks their team, the team answers within its hours or says what is needed instead. */
export const advising: Actions<typeof adviceApi> = {
  async listAdvice(ctx, { query }) {
    const { items, total } = await store.list(ctx, query)
    return { items: items.map(store.lineOf), total, counts: await store.count(ctx, query) }
  },
  readAdvice: (ctx, { params }) => read(ctx, params.id),

  async writeResident(ctx, { params, body }) {
    const contract = await contracts.lock(ctx, params.id)
    if (contract.communityId !== ownInstitution(ctx.actor)) refuse('forbidden', 'contract.community-part')
    if (!isInForce(contract.status) || contract.upcoming) refuse('conflict', 'contract.not-in-force')
    return brief(await begin(ctx, contract, body))
  },
  answerAdvice: async (ctx, { params, body }) => brief(await answer(ctx, params.id, body)),

  async takeAdvice(ctx, { params }) {
    const row = await store.lock(ctx, params.id)
    const ownerId = ctx.actor.practitionerId ?? refuse('forbidden', 'contract.practitioner-not-here')
    const next = await store.change(ctx, row, { ownerId })
    if (next.due) await handOver(ctx, thingOf(row.id), owing(next, next.due))
    return brief(next)
  },
  closeAdvice: async (ctx, { params }) => brief(await close(ctx, params.id)),

  async convertAdvice(ctx, { params }) {
    const row = await store.lock(ctx, params.id)
    const reason = await reasonOf(ctx, row)
    const next = await store.move(ctx, row, 'convert', { became: 'referral' })
    await closeCase(ctx, thingOf(row.id))
    await announce(ctx, next, 'converted')
    return { ...brief(next), residentId: row.residentId, contractId: row.contractId, reason }
  },
  readAdviceFile: (ctx, { params }) => fileOf(ctx, params.id),

  listTemplates: (ctx) => templates.list(ctx),
  keepTemplate: (ctx, { body }) => templates.add(ctx, { institutionId: ownInstitution(ctx.actor), ...body }),
  async dropTemplate(ctx, { params }) {
    if (!(await templates.remove(ctx, params.id))) refuse('missing', 'contract.template-missing')
    return { dropped: true }
  },

  async listMyAdvice(ctx, { query }) {
    const hours = await hoursOf(ctx)
    const { items, total } = await store.list(ctx, query)
    const answerHours = await ruleOf(ctx, 'adviceHours')
    const office = { open: isOpen(ctx.now, hours), opensAt: opensAt(ctx.now, hours), answerHours }
    return { items: items.map(store.myLineOf), total, office }
  },
  async readMyAdvice(ctx, { params }) {
    const row = await store.find(ctx, params.id)
    const messages = await store.listMessages(ctx, row.id)
    return { ...store.myLineOf(row), teamPhone: row.teamPhone, messages, moves: movesOf(ctx, row) }
  },
  async askAdvice(ctx, { body: { residentId, ...said } }) {
    const contract = await ownContract(ctx, residentId)
    // A linked registration may hold the contract; the question lies with the one who asks.
    return brief(await begin(ctx, { ...contract, residentId }, said))
  },
  askAgain: async (ctx, { params, body }) => brief(await askAgain(ctx, params.id, body)),
  closeMyAdvice: async (ctx, { params }) => brief(await close(ctx, params.id)),
  readMyAdviceFile: (ctx, { params }) => fileOf(ctx, params.id),
}
