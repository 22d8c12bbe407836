import type { FactName } from '@tongmai/api/careplan/pathway'
import type { ProgrammeCode } from '@tongmai/api/careplan/programme'
import type { Ctx } from '../../../kernel/ctx.ts'
import { dayOf } from '../../../kernel/day.ts'
import { listHeld } from '../../../kernel/resource/held.ts'
import { cards } from '../../resident/index.ts'
import { ageOn } from '../judge-follow-up.ts'
import type { Fact } from '../weigh-step.ts'
import { tables } from './tables-of.ts'

type Measured = 'systolic' | 'diastolic' | 'fastingGlucose' | 'hba1c'
const measured: readonly Measured[] = ['systolic', 'diastolic', 'fastingGlucose', 'hba1c']
const loinc: Readonly<Record<string, Measured>> = {
  ...{ '8480-6': 'systolic', '8462-4': 'diastolic', '1558-6': 'fastingGlucose', '4548-4': 'hba1c' },
}
const DAY_MS = 86_400_000

interface Quantity {
  readonly code?: { readonly coding?: readonly { readonly code?: string }[] }
  readonly valueQuantity?: { readonly value?: number }
}
interface Observation extends Quantity {
  readonly component?: readonly Quantity[]
}

/** The numbers of an observation by what they measure; a blood pressure holds two. */
export function numbersIn(observation: Observation): [Measured, number][] {
  return [observation, ...(observation.component ?? [])].flatMap((one): [Measured, number][] => {
    const name = one.code?.coding?.map(({ code }) => loinc[code ?? '']).find((found) => found !== undefined)
    const value = one.valueQuantity?.value
    return name && value !== undefined ? [[name, value]] : []
  })
}

type Put = (name: FactName, value: Fact['value'] | null | undefined, at: Date | string | null) => void

async function putMeasured(ctx: Ctx, residentId: string, put: Put): Promise<void> {
  const held = await listHeld(ctx, {
    ...{ residentIds: [residentId], type: 'Observation' },
    keys: ['85354-9', ...Object.keys(loinc)].map((code) => `code=${code}`),
  })
  for (const { content, happenedAt } of held) {
    for (const [name, value] of numbersIn(JSON.parse(content) as Observation)) put(name, value, happenedAt)
  }
  const [lastReading] = await tables(ctx)
    .selectFrom('careplan.reading')
    .select(['value', 'value2', 'at'])
    .where('residentId', '=', residentId)
    .where('kind', '=', 'bloodPressure')
    .orderBy('at', 'desc')
    .limit(1)
    .execute()
  if (lastReading) {
    put('systolic', lastReading.value, lastReading.at)
    put('diastolic', lastReading.value2, lastReading.at)
  }
}

async function putAnswered(ctx: Ctx, residentId: string, put: Put): Promise<void> {
  const answered = await tables(ctx)
    .selectFrom('careplan.followUp')
    .select(['answers', 'doneAt'])
    .where('residentId', '=', residentId)
    .where('status', '=', 'done')
    .orderBy('doneAt', 'desc')
    .limit(6)
    .execute()
  const atSteps = await tables(ctx)
    .selectFrom('careplan.stepRecord')
    .select(['answers', 'at as doneAt'])
    .where('residentId', '=', residentId)
    .where('answers', 'is not', null)
    .orderBy('at', 'desc')
    .limit(6)
    .execute()
  for (const { answers, doneAt } of [...answered, ...atSteps]) {
    for (const name of measured) {
      const value = answers?.[name]
      if (typeof value === 'number') put(name, value, doneAt)
    }
  }
}

async function putEnrolled(ctx: Ctx, residentId: string, programme: ProgrammeCode, put: Put): Promise<void> {
  const today = dayOf(ctx.now)
  const row = await tables(ctx)
    .selectFrom('careplan.enrolment')
    .selectAll()
    .where('residentId', '=', residentId)
    .where('programme', '=', programme)
    .where('status', '=', 'active')
    .executeTakeFirst()
  put('enrolled', row !== undefined, null)
  if (!row) return
  const daysTo = (day: string) => Math.round((Date.parse(day) - Date.parse(today)) / DAY_MS)
  put('daysEnrolled', -daysTo(row.enrolledOn), null)
  if (row.nextOn) put('daysToFollowUp', daysTo(row.nextOn), row.lastOn)
  put('risk', row.risk, null)
  put('unsatisfactoryRun', row.unsatisfactoryRun, row.lastOn)
  put('lastVerdict', row.lastVerdict, row.lastOn)
}

/** What is known of a resident for the steps of a programme's pathway; the newest of each counts. */
export async function factsOf(
  ctx: Ctx,
  residentId: string,
  programme: ProgrammeCode,
): Promise<ReadonlyMap<FactName, Fact>> {
  const facts = new Map<FactName, Fact & { at: number }>()
  const put: Put = (name, value, moment) => {
    if (value === null || value === undefined) return
    const at = moment ? new Date(moment).getTime() : 0
    if ((facts.get(name)?.at ?? -1) >= at) return
    facts.set(name, { value, on: moment === null ? null : dayOf(new Date(at)), at })
  }
  const card = (await cards(ctx, [residentId])).get(residentId)
  put('age', ageOn(card?.birthDate ?? null, dayOf(ctx.now)), null)
  await putEnrolled(ctx, residentId, programme, put)
  await putAnswered(ctx, residentId, put)
  await putMeasured(ctx, residentId, put)
  return facts
}
