import type { Ctx } from '../../../kernel/ctx.ts'
import { dayOf } from '../../../kernel/day.ts'
import type { Resource } from '../../../kernel/resource/owner.ts'
import type { Described } from '../compare-person.ts'
import { receivedPatient } from '../fhir.ts'
import { judge, type Matched, prepareResident } from '../match-resident.ts'
import { lockWhole } from '../store/link.ts'
import * as store from '../store/match.ts'
import { ruleOf } from '../store/person.ts'
import { ownersOf } from '../store/registry.ts'
import { nobody } from '../store/tables-of.ts'
import { joinsNumbers } from './apart.ts'
import { opened } from './keys.ts'
import { found, putBeforePeople } from './link.ts'
import { chineseNumber, describedOf, identifierBlind, keysOf } from './written.ts'

/** The likeliest few are enough: what a person decides about them brings up the next. */
const ACTED_ON = 5

export interface Judged extends Matched {
  readonly residentId: string
}

/** Whoever may be this person, the likeliest first; `except` is the resident themselves. */
export async function likest(ctx: Ctx, person: Described, except: string | null): Promise<Judged[]> {
  const keys = keysOf(person)
  if (keys.length === 0) return []
  const rows = await store.listCandidates(ctx, keys, except)
  if (rows.length === 0) return []
  const among = await ruleOf(ctx, 'matchAmong', dayOf(ctx.now))
  const self = prepareResident(person)
  return rows
    .map((row) => ({ residentId: row.residentId, ...judge(self, prepareResident(opened(row)), among) }))
    .filter(({ verdict }) => verdict !== 'separate')
    .toSorted((a, b) => b.bits - a.bits)
}

/** Looks who else is this resident, as a registration or a correction has just described them, and acts on it. */
export async function matchDescribed(ctx: Ctx, residentId: string, person: Described): Promise<void> {
  const keys = keysOf(person)
  if (keys.length === 0) return
  await store.lockKeys(ctx, keys)
  const judged = (await likest(ctx, person, residentId)).slice(0, ACTED_ON)
  if (judged.length === 0) return
  await lockWhole(ctx, [residentId, ...judged.map((one) => one.residentId)])
  const alike = judged.filter(({ verdict }) => verdict === 'link').map((one) => one.residentId)
  const isBetween = alike.length > 0 && (await joinsNumbers(ctx, [residentId, ...alike]))
  for (const one of judged) await found(ctx, residentId, isBetween ? await leftToPeople(ctx, one) : one)

  /** Whoever is like two with different numbers belongs to the one whose number they share, else to neither by itself. */
  async function leftToPeople(within: Ctx, one: Judged): Promise<Judged> {
    const hasNumber = one.weights.some(({ field, level }) => field === 'idNumber' && level !== 'missing')
    const isClear = hasNumber && !(await joinsNumbers(within, [residentId, one.residentId]))
    return one.verdict !== 'link' || isClear ? one : { ...one, verdict: 'review', held: 'other-number' }
  }
}

/** A number that was corrected or added may speak against what the matcher had linked before. */
async function matchAgainst(ctx: Ctx, residentId: string, person: Described): Promise<void> {
  if (!(await joinsNumbers(ctx, [residentId]))) return
  await lockWhole(ctx, [residentId])
  const among = await ruleOf(ctx, 'matchAmong', dayOf(ctx.now))
  await putBeforePeople(ctx, residentId, async (otherId) => {
    const other = await store.findCandidate(ctx, otherId)
    return other && judge(prepareResident(person), prepareResident(opened(other)), among)
  })
}

/** The same after a change: the keys are made anew first. */
export async function matchAgain(ctx: Ctx, residentId: string): Promise<void> {
  const row = await store.findCandidate(ctx, residentId)
  if (!row) return
  const person = opened(row)
  await store.setKeys(
    ctx,
    [residentId],
    keysOf(person).map((key) => ({ residentId, key })),
  )
  if (person.idNumber) await matchAgainst(ctx, residentId, person)
  await matchDescribed(ctx, residentId, person)
}

export interface Graded {
  readonly residentId: string
  readonly grade: 'certain' | 'probable' | 'possible'
  /** 0…1. */
  readonly score: number
}

/** Whom a described Patient may be (FHIR Patient/$match): exact identifiers first, then by likeness. */
export async function matchPatient(ctx: Ctx, resource: Resource): Promise<Graded[]> {
  const said = receivedPatient(resource, dayOf(ctx.now))
  const numbers = said.numbers.map(identifierBlind)
  const known = await ownersOf(ctx, numbers, nobody)
  const { name, sex, birthDate, phone, address } = said
  const person = describedOf({ name, sex, birthDate, phone, address, number: chineseNumber(said.numbers) })
  const judged = await likest(ctx, person, null)
  const alike = judged.filter(({ residentId }) => !known.includes(residentId))
  return [
    ...known.map((residentId) => ({ residentId, grade: 'certain' as const, score: 1 })),
    ...alike.map((one) => ({ residentId: one.residentId, grade: gradeOf(one), score: one.probability })),
  ]
}

const gradeOf = ({ verdict, probability }: Judged): Graded['grade'] =>
  verdict === 'link' ? 'certain' : probability >= 0.9 ? 'probable' : 'possible'
