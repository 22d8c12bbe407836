import * as z from 'zod/mini'
import { type Api, byId, day, type Flow, id, moment, page, paging, step, text } from '../kernel.ts'

/** 已登记、采购中、已到货、已取药、改用替代、无法供应. */
export const shortageStatuses = [
  'reported',
  'procuring',
  'arrived',
  'collected',
  'replaced',
  'unobtainable',
] as const
export const shortageStatus = z.enum(shortageStatuses)
export type ShortageStatus = z.output<typeof shortageStatus>

/** The whole life of a shortage report. Buttons and guards come from here. */
export const shortageFlow = {
  reported: { procure: 'procuring', arrive: 'arrived', replace: 'replaced', giveUp: 'unobtainable' },
  procuring: { procure: 'procuring', arrive: 'arrived', replace: 'replaced', giveUp: 'unobtainable' },
  arrived: { collect: 'collected' },
  collected: {},
  replaced: {},
  unobtainable: {},
} as const satisfies Flow<ShortageStatus>
export type ShortageMove = 'procure' | 'arrive' | 'replace' | 'giveUp' | 'collect'

/** Where `move` leads from here, or undefined where it is not open. */
export const afterShortageMove = (from: ShortageStatus, move: ShortageMove): ShortageStatus | undefined =>
  step<ShortageStatus>(shortageFlow, from, move)

export const isShortageEnded = (status: ShortageStatus): boolean =>
  Object.keys(shortageFlow[status]).length === 0

const medicine = z.object({ id, name: z.string(), form: z.string(), strength: z.string() })
/** 缺药登记: somebody needs a medicine that is not there, and until when somebody sees to it. */
export const shortage = z.object({
  id,
  institutionId: id,
  institution: z.string(),
  medicine,
  /** How many patients wait for it. */
  patients: z.number(),
  quantity: z.string(),
  reason: z.string(),
  status: shortageStatus,
  reportedAt: moment,
  reportedBy: z.string(),
  due: z.nullable(moment),
  expectedOn: z.nullable(day),
  /** What is taken instead. */
  alternative: z.nullable(medicine),
  note: z.string(),
  version: z.number(),
  moves: z.array(z.string()),
})
export type Shortage = z.output<typeof shortage>

const note = z._default(z.string().check(z.trim(), z.maxLength(300)), '')
const move = (verb: string, may: `pharmacy.${string}`, summary: string) =>
  ({
    method: 'POST',
    path: `/shortages/:id/${verb}` as const,
    may,
    summary,
    params: byId,
    returns: shortage,
  }) as const

export const shortageApi = {
  reportShortage: {
    method: 'POST',
    path: '/shortages',
    summary:
      "Reports that a medicine is wanting at one's own institution; its pharmacy must see to it in time.",
    may: 'pharmacy.report',
    body: z.object({
      medicineId: id,
      patients: z.number().check(z.int(), z.minimum(1), z.maximum(100_000)),
      quantity: text(60),
      reason: text(300),
    }),
    returns: shortage,
  },
  listShortages: {
    method: 'GET',
    path: '/shortages',
    summary: 'Shortages of all members: who lacks what, since when; those that are open first.',
    may: 'pharmacy.read',
    query: z.object({
      ...paging,
      institutionId: z.optional(id),
      open: z.optional(z.stringbool()),
    }),
    returns: page(shortage),
  },
  procureMedicine: {
    ...move('procure', 'pharmacy.stock', 'It is being bought or borrowed, and expected on a day.'),
    body: z.object({ expectedOn: day, note }),
  },
  arriveMedicine: {
    ...move('arrive', 'pharmacy.stock', 'It has come and is in stock; who reported it tells the patients.'),
    body: z.object({ note }),
  },
  replaceMedicine: {
    ...move('replace', 'pharmacy.stock', 'Another medicine of the same category is taken instead.'),
    body: z.object({ alternativeId: id, note }),
  },
  giveUpMedicine: {
    ...move('give-up', 'pharmacy.stock', 'It cannot be had, and why.'),
    body: z.object({ note: text(300) }),
  },
  collectMedicine: {
    ...move('collect', 'pharmacy.report', 'The patients have it.'),
    body: z.object({ note }),
  },
} as const satisfies Api
