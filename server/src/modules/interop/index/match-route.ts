import type { FastifyInstance } from 'fastify'
import type { Ctx } from '../../../kernel/ctx.ts'
import { refuse } from '../../../kernel/refusal.ts'
import { exactIn, exactly } from '../../../kernel/resource/exact.ts'
import type { Json, Resource } from '../../../kernel/resource/owner.ts'
import { readMany } from '../../../kernel/resource/read-many.ts'
import { requireShape } from '../../../kernel/resource/write.ts'
import type { World } from '../../../kernel/world.ts'
import { cards, type Graded, matchPatient } from '../../resident/index.ts'
import { ask } from './question.ts'

const grade = 'http://hl7.org/fhir/StructureDefinition/match-grade'
const usual = 10
const most = 50

/** `Patient/$match`: whom a description may mean, the likeliest first, each with its score and grade. */
export function routeMatch(fhir: FastifyInstance, world: World): void {
  const base = `${world.publicUrl}/fhir/R4`
  ask(
    fhir,
    world,
    { methods: ['POST'], path: '/Patient/$match' },
    {
      verb: 's',
      answer: async (ctx, request) => {
        // Who else somebody may be is no question of an app that was opened for one patient.
        if (request.actor.app?.residentId) refuse('forbidden', 'kernel.not-permitted')
        const entry = await match(ctx, askedIn(request.body), base)
        const found = { resourceType: 'Bundle', type: 'searchset', total: entry.length, entry }
        return JSON.stringify(found, exactly)
      },
    },
  )
}

interface Asked {
  readonly patient: Resource
  readonly onlyCertain: boolean
  readonly count: number
}

const record = (value: unknown): Record<string, Json> =>
  typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as Record<string, Json>) : {}

/** Parameters with `resource`, `onlyCertainMatches`, `count`; a bare Patient is taken too. */
function askedIn(body: unknown): Asked {
  const { resourceType, parameter } = record(body)
  const parameters = Array.isArray(parameter) ? parameter.map(record) : []
  const find = (name: string) => parameters.find((one) => one.name === name)
  const patient = resourceType === 'Patient' ? body : find('resource')?.resource
  requireShape(patient)
  if (patient.resourceType !== 'Patient') refuse('unprocessable', 'record.not-a-patient')
  const count = Number(find('count')?.valueInteger ?? usual)
  if (!Number.isInteger(count) || count < 1) refuse('invalid', 'record.bad-search')
  return {
    patient,
    onlyCertain: find('onlyCertainMatches')?.valueBoolean === true,
    count: Math.min(count, most),
  }
}

/** Whoever may be opened is answered whole; of all others no more than what a list may show. */
async function match(ctx: Ctx, asked: Asked, base: string): Promise<Json[]> {
  const graded = await matchPatient(ctx, asked.patient)
  const certain = graded.filter((one) => one.grade === 'certain')
  // Two certain ones contradict each other: then none is.
  const wanted = asked.onlyCertain ? (certain.length === 1 ? certain : []) : graded.slice(0, asked.count)
  const ids = wanted.map((one) => one.residentId)
  const whole = await readMany(ctx, 'Patient', ids)
  const masked = await cards(ctx, ids)
  return wanted.flatMap((one) => {
    const found = whole.get(one.residentId)
    const card = masked.get(one.residentId)
    const resource = found ? exactIn(found.content) : card && maskedPatient(card)
    if (!resource) return []
    const fullUrl = `${base}/Patient/${found?.id ?? one.residentId}`
    return [{ fullUrl, resource, search: searchOf(one) }]
  })
}

const searchOf = (one: Graded): Json => ({
  extension: [{ url: grade, valueCode: one.grade }],
  mode: 'match',
  score: Math.round(one.score * 10_000) / 10_000,
})

const maskedPatient = (card: {
  id: string
  nameMasked: string
  sex: string
  birthDate: string | null
}): Json => ({
  resourceType: 'Patient',
  id: card.id,
  meta: { tag: [{ system: 'http://terminology.hl7.org/CodeSystem/v3-ObservationValue', code: 'SUBSETTED' }] },
  name: [{ text: card.nameMasked }],
  gender: card.sex === 'male' || card.sex === 'female' ? card.sex : 'unknown',
  ...(card.birthDate ? { birthDate: card.birthDate } : {}),
})
