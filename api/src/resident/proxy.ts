import * as z from 'zod/mini'
import { type Api, byId, day, type Flow, id, moment, page, text } from '../kernel.ts'
import { residentCard } from './person.ts'
import { reviewing } from './review.ts'

/** What the person stood for is to the one who stands: 民法典 第二十七、二十八条 for wards, 第一百六十五条 for a mandate. */
export const proxyKind = z.enum(['child', 'parent', 'spouse', 'ward', 'other'])
export type ProxyKind = z.output<typeof proxyKind>

/** What proves it: birth certificate, household book, written mandate with a period, decision on guardianship. */
export const proxyProof = z.enum(['birthCertificate', 'householdBook', 'mandate', 'guardianship'])
export type ProxyProof = z.output<typeof proxyProof>

export const proxyState = z.enum(['asked', 'accepted', 'declined', 'withdrawn'])
export type ProxyState = z.output<typeof proxyState>

export const proxyFlow: Flow<ProxyState> = {
  asked: { accept: 'accepted', decline: 'declined', withdraw: 'withdrawn' },
  accepted: {},
  declined: {},
  withdrawn: {},
}

/** Whoever is of age needs no guardian by age alone: 民法典 第十七条. */
export const ADULT_YEARS = 18

/** Who stands for whom now, as each of the two reads it. */
export const standing = z.object({
  residentId: id,
  proxyId: id,
  /** The other one's name. */
  name: z.string(),
  /** I stand for them; else they stand for me. */
  mine: z.boolean(),
  since: moment,
  until: z.nullable(moment),
})
export type Standing = z.output<typeof standing>

const asked = {
  id,
  kind: proxyKind,
  proof: proxyProof,
  state: proxyState,
  at: moment,
  /** The last day; for a child never later than the day before it comes of age. */
  until: day,
  note: z.nullable(z.string()),
}
export const myProxyRequest = z.object({ ...asked, name: z.string(), mine: z.boolean() })
export type MyProxyRequest = z.output<typeof myProxyRequest>
export const proxyRequest = z.object({ ...asked, resident: residentCard, proxy: residentCard })
export type ProxyRequest = z.output<typeof proxyRequest>

const own = { may: 'signed-in', for: ['resident'] } as const
const done = z.object({ id })

export const proxyApi = {
  listFamily: {
    method: 'GET',
    path: '/me/family',
    summary: 'For whom I stand, who stands for me, and what is asked.',
    ...own,
    returns: z.object({ standing: z.array(standing), requests: z.array(myProxyRequest) }),
  },
  askProxy: {
    method: 'POST',
    path: '/me/family/requests',
    summary: 'I ask to stand for somebody of my family, with a proof; their community centre decides.',
    ...own,
    body: z.object({
      name: text(80),
      number: text(64),
      kind: proxyKind,
      proof: proxyProof,
      /** The photograph of the proof. */
      fileHash: z.string().check(z.regex(/^[0-9a-f]{64}$/)),
      until: z.nullable(day),
    }),
    returns: done,
  },
  withdrawProxy: {
    method: 'POST',
    path: '/me/family/requests/:id/withdraw',
    summary: 'I take back what I asked.',
    ...own,
    params: byId,
    returns: done,
  },
  endStanding: {
    method: 'POST',
    path: '/me/family/end',
    summary: 'Ends that one stands for the other; either of the two may, at once.',
    ...own,
    body: z.object({ residentId: id, proxyId: id }),
    returns: z.object({ residentId: id }),
  },
  listProxyRequests: {
    method: 'GET',
    path: '/proxy-requests',
    summary: 'Who asks my institution to stand for whom, what is to be decided first.',
    may: 'resident.register',
    /** Searched by the masked name of either. */
    query: z.object({ state: z.optional(proxyState), ...reviewing }),
    returns: page(proxyRequest),
  },
  readProxyRequest: {
    method: 'GET',
    path: '/proxy-requests/:id',
    summary: 'One request, as a work-list leads to it.',
    may: 'resident.register',
    params: byId,
    returns: proxyRequest,
  },
  readProxyProof: {
    method: 'GET',
    path: '/proxy-requests/:id/proof',
    summary: 'The photograph of the proof.',
    may: 'resident.register',
    params: byId,
    returns: { media: 'image/jpeg' },
  },
  answerProxy: {
    method: 'POST',
    path: '/proxy-requests/:id/answer',
    summary: 'Accepts or declines, after looking at the proof; a no says why.',
    may: 'resident.register',
    params: byId,
    body: z
      .object({ accept: z.boolean(), note: z.nullable(text(500)) })
      .check(z.refine((one) => one.accept || one.note !== null, { path: ['note'], error: 'required' })),
    returns: done,
  },
} as const satisfies Api
