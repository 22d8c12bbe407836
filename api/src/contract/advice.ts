import * as z from 'zod/mini'
import { type Api, byId, type Flow, id, moment, openMove, page, paging, step, text } from '../kernel.ts'
import { residentCard } from '../resident/person.ts'

export const adviceStatuses = ['asked', 'answered', 'closed', 'converted'] as const
export const adviceStatus = z.enum(adviceStatuses)
export type AdviceStatus = (typeof adviceStatuses)[number]
export const adviceMoves = ['answer', 'askAgain', 'close', 'convert'] as const
export type AdviceMove = (typeof adviceMoves)[number]

/** Online advice between a resident and their team: somebody's until it is answered; advice only, never a prescription. */
export const adviceFlow: Flow<AdviceStatus> = {
  asked: { answer: 'answered', askAgain: 'asked', close: 'closed', convert: 'converted' },
  answered: { answer: 'answered', askAgain: 'asked', close: 'closed', convert: 'converted' },
  closed: {},
  converted: {},
}
export const nextAdvice = (from: AdviceStatus, move: AdviceMove): AdviceStatus | undefined =>
  step(adviceFlow, from, move)

const hash = z.string().check(z.regex(/^[0-9a-f]{64}$/))
const said = {
  text: text(2000),
  files: z._default(z.array(hash).check(z.maxLength(6)), []),
}
export const saying = z.object(said)

export const adviceFile = z.object({ id, media: z.string(), size: z.number() })
export const adviceMessage = z.object({
  id,
  at: moment,
  fromResident: z.boolean(),
  /** Of the team, who wrote it. */
  by: z.nullable(z.string()),
  text: z.string(),
  files: z.array(adviceFile),
})
export type AdviceMessage = z.output<typeof adviceMessage>

const line = {
  id,
  status: adviceStatus,
  subject: z.string(),
  askedAt: moment,
  /** Since when it stands where it stands. */
  since: moment,
  due: z.nullable(moment),
  outOfHours: z.boolean(),
  begunBy: z.enum(['resident', 'team']),
  owner: z.nullable(z.object({ id, name: z.string() })),
}
export const adviceLine = z.object({ ...line, resident: residentCard, contractId: id })
export type AdviceLine = z.output<typeof adviceLine>

/** What it has become: a referral to be written, a home visit that is planned. */
export const conversion = z.enum(['referral', 'visit'])
export const advice = z.object({
  ...line,
  ...{ resident: residentCard, contractId: id },
  messages: z.array(adviceMessage),
  moves: z.array(openMove),
  became: z.nullable(conversion),
  becameId: z.nullable(id),
})
export type Advice = z.output<typeof advice>

export const myAdviceLine = z.object({ ...line, residentId: id, team: z.string() })
export type MyAdviceLine = z.output<typeof myAdviceLine>
export const myAdvice = z.object({
  ...{ ...line, residentId: id, team: z.string(), teamPhone: z.nullable(z.string()) },
  messages: z.array(adviceMessage),
  moves: z.array(openMove),
})
export type MyAdvice = z.output<typeof myAdvice>

/** Whether somebody sits there now, when they will, and within how many hours they answer. */
export const office = z.object({ open: z.boolean(), opensAt: moment, answerHours: z.number() })
export type Office = z.output<typeof office>

export const adviceBrief = z.object({
  id,
  status: adviceStatus,
  due: z.nullable(moment),
  outOfHours: z.boolean(),
})
export const answerTemplate = z.object({ id, title: z.string(), text: z.string() })
export type AnswerTemplate = z.output<typeof answerTemplate>

const onOwn = { may: 'signed-in', for: ['resident'] } as const
const serving = { may: 'contract.serve' } as const
const bytes = { media: 'application/octet-stream' }

export const adviceApi = {
  listAdvice: {
    ...{ method: 'GET', path: '/contract-advices', ...serving },
    summary: 'The questions of residents under contract with my community, the most urgent first.',
    query: z.object({
      status: z.optional(adviceStatus),
      mine: z.optional(z.stringbool()),
      contractId: z.optional(id),
      ...paging,
    }),
    returns: z.extend(page(adviceLine), { counts: z.record(adviceStatus, z.number()) }),
  },
  readAdvice: {
    ...{ method: 'GET', path: '/contract-advices/:id', ...serving },
    summary: 'One conversation, and what may be done with it.',
    params: byId,
    returns: advice,
  },
  writeResident: {
    ...{ method: 'POST', path: '/contracts/:id/messages', ...serving },
    summary: 'Writes to a resident under contract; they find it on their phone and may answer.',
    params: byId,
    body: z.object({ subject: text(60), ...said }),
    returns: adviceBrief,
  },
  answerAdvice: {
    ...{ method: 'POST', path: '/contract-advices/:id/answer', ...serving },
    summary: 'Answers a resident.',
    params: byId,
    body: saying,
    returns: adviceBrief,
  },
  takeAdvice: {
    ...{ method: 'POST', path: '/contract-advices/:id/take', ...serving },
    summary: 'From now on it is mine to answer.',
    params: byId,
    returns: adviceBrief,
  },
  closeAdvice: {
    ...{ method: 'POST', path: '/contract-advices/:id/close', ...serving },
    summary: 'Nothing more is to be said.',
    params: byId,
    returns: adviceBrief,
  },
  convertAdvice: {
    ...{ method: 'POST', path: '/contract-advices/:id/convert', ...serving },
    summary:
      'A screen is not enough: a referral is to be written. (A home visit is planned with the conversation named.)',
    params: byId,
    returns: z.object({ ...adviceBrief.shape, residentId: id, contractId: id, reason: z.string() }),
  },
  readAdviceFile: {
    ...{ method: 'GET', path: '/contract-advice-files/:id', ...serving },
    summary: 'A picture or document of a conversation.',
    params: byId,
    returns: bytes,
  },
  listTemplates: {
    ...{ method: 'GET', path: '/contract-answer-templates', ...serving },
    summary: 'What my community often answers.',
    returns: z.array(answerTemplate),
  },
  keepTemplate: {
    ...{ method: 'POST', path: '/contract-answer-templates', ...serving },
    summary: 'Keeps an answer for the next time.',
    body: z.object({ title: text(40), text: text(2000) }),
    returns: answerTemplate,
  },
  dropTemplate: {
    ...{ method: 'POST', path: '/contract-answer-templates/:id/drop', ...serving },
    summary: 'This answer is not given any more.',
    params: byId,
    returns: z.object({ dropped: z.boolean() }),
  },
  listMyAdvice: {
    ...{ method: 'GET', path: '/me/contract-advices', ...onOwn },
    summary: 'What I have asked my team and what they wrote; whether somebody is there now.',
    query: z.object(paging),
    returns: z.extend(page(myAdviceLine), { office }),
  },
  readMyAdvice: {
    ...{ method: 'GET', path: '/me/contract-advices/:id', ...onOwn },
    summary: 'One conversation with my team.',
    params: byId,
    returns: myAdvice,
  },
  askAdvice: {
    ...{ method: 'POST', path: '/me/contract-advices', ...onOwn },
    summary: 'Asks my family doctor’s team, for me or somebody I stand for.',
    body: z.object({ residentId: id, subject: text(60), ...said }),
    returns: adviceBrief,
  },
  askAgain: {
    ...{ method: 'POST', path: '/me/contract-advices/:id/ask', ...onOwn },
    summary: 'Asks once more, or says what was asked for.',
    params: byId,
    body: saying,
    returns: adviceBrief,
  },
  closeMyAdvice: {
    ...{ method: 'POST', path: '/me/contract-advices/:id/close', ...onOwn },
    summary: 'My question is answered.',
    params: byId,
    returns: adviceBrief,
  },
  readMyAdviceFile: {
    ...{ method: 'GET', path: '/me/contract-advice-files/:id', ...onOwn },
    summary: 'A picture or document of my conversation.',
    params: byId,
    returns: bytes,
  },
} as const satisfies Api
