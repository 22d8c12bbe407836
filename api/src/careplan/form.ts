import * as z from 'zod/mini'

/** A FHIR coding as the forms use it. */
const coding = z.object({ system: z.optional(z.string()), code: z.string(), display: z.optional(z.string()) })

const answerValue = z.union([z.boolean(), z.number(), z.string()])

/** When a question is asked: FHIR's enableWhen, of which these operators are used. */
const condition = z.object({
  question: z.string(),
  operator: z.enum(['exists', '=', '!=', '>', '<', '>=', '<=']),
  answerBoolean: z.optional(z.boolean()),
  answerDecimal: z.optional(z.number()),
  answerString: z.optional(z.string()),
  answerCoding: z.optional(coding),
})
export type Condition = z.output<typeof condition>

const extension = z.object({
  url: z.string(),
  valueCoding: z.optional(coding),
  valueDecimal: z.optional(z.number()),
  valueInteger: z.optional(z.number()),
  valueBoolean: z.optional(z.boolean()),
})

export const question = z.object({
  linkId: z.string(),
  text: z.string(),
  type: z.enum(['display', 'boolean', 'decimal', 'integer', 'string', 'text', 'date', 'choice']),
  required: z.optional(z.boolean()),
  repeats: z.optional(z.boolean()),
  code: z.optional(z.array(coding)),
  enableWhen: z.optional(z.array(condition)),
  enableBehavior: z.optional(z.enum(['all', 'any'])),
  answerOption: z.optional(z.array(z.object({ valueCoding: coding }))),
  extension: z.optional(z.array(extension)),
})
export type Question = z.output<typeof question>

/** The part of FHIR's Questionnaire that forms use: a flat list of questions with skip logic and units. */
export const questionnaire = z.object({
  resourceType: z.literal('Questionnaire'),
  url: z.string(),
  version: z.string(),
  title: z.string(),
  status: z.literal('active'),
  item: z.array(question),
})
export type Questionnaire = z.output<typeof questionnaire>

/** How a question is put to a resident, by linkId, where the form's own words are a clinician's. */
export type PlainTexts = Readonly<Record<string, string>>

/** What was answered, by linkId; of a question that may be answered several times, a list of codes. */
export const answers = z.record(z.string(), z.union([answerValue, z.array(z.string())]))
export type Answers = z.output<typeof answers>
export type Answer = Answers[string]

export const form = z.object({
  code: z.string(),
  version: z.number(),
  title: z.string(),
  source: z.string(),
  questionnaire,
})
export type Form = z.output<typeof form>

const UNIT = 'http://hl7.org/fhir/StructureDefinition/questionnaire-unit'
const LEAST = 'http://hl7.org/fhir/StructureDefinition/minValue'
const MOST = 'http://hl7.org/fhir/StructureDefinition/maxValue'

const EXTRACT = 'http://hl7.org/fhir/uv/sdc/StructureDefinition/sdc-questionnaire-observationExtract'

const extensionOf = (q: Question, url: string) => q.extension?.find((one) => one.url === url)

/** The unit of a number, as UCUM and as people read it. */
export const unitOf = (q: Question): { code: string; display: string } | null => {
  const unit = extensionOf(q, UNIT)?.valueCoding
  return unit ? { code: unit.code, display: unit.display ?? unit.code } : null
}

/** The least and the most a number may be; what lies outside is a typing error. */
export function boundsOf(q: Question): { least: number | null; most: number | null } {
  const numberOf = (url: string) => {
    const found = extensionOf(q, url)
    return found?.valueDecimal ?? found?.valueInteger ?? null
  }
  return { least: numberOf(LEAST), most: numberOf(MOST) }
}

/** A number that goes into the record as an Observation. */
export const isMeasured = (q: Question): boolean => extensionOf(q, EXTRACT)?.valueBoolean ?? false

const compare: Readonly<Record<Condition['operator'], (given: Answer, wanted: unknown) => boolean>> = {
  exists: (given, wanted) => (given !== undefined) === wanted,
  '=': (given, wanted) => (Array.isArray(given) ? given.includes(String(wanted)) : given === wanted),
  '!=': (given, wanted) => (Array.isArray(given) ? !given.includes(String(wanted)) : given !== wanted),
  '>': (given, wanted) => Number(given) > Number(wanted),
  '<': (given, wanted) => Number(given) < Number(wanted),
  '>=': (given, wanted) => Number(given) >= Number(wanted),
  '<=': (given, wanted) => Number(given) <= Number(wanted),
}

const holds = (c: Condition, given: Answers): boolean => {
  const wanted = c.answerCoding?.code ?? c.answerBoolean ?? c.answerDecimal ?? c.answerString
  const value = given[c.question]
  if (value === undefined && c.operator !== 'exists') return false
  return compare[c.operator](value as Answer, wanted)
}

/** Whether a question is asked, given what has been answered: the form's skip logic. */
export function isAsked(q: Question, given: Answers): boolean {
  if (!q.enableWhen || q.enableWhen.length === 0) return true
  const conditions = q.enableWhen.map((one) => holds(one, given))
  return q.enableBehavior === 'any' ? conditions.some(Boolean) : conditions.every(Boolean)
}

/** What is wrong with the answer to one question, as a code; undefined where nothing is. */
export function problemWith(q: Question, given: Answer | undefined): string | undefined {
  const empty = given === undefined || given === '' || (Array.isArray(given) && given.length === 0)
  if (empty) return q.required ? 'careplan.answer-missing' : undefined
  return problemOfKind(q, given as Answer)
}

function problemOfKind(q: Question, given: Answer): string | undefined {
  if (q.type === 'boolean') return typeof given === 'boolean' ? undefined : 'careplan.answer-not-understood'
  if (q.type === 'decimal' || q.type === 'integer') return problemOfNumber(q, given)
  if (q.type === 'choice') {
    const known = new Set(q.answerOption?.map((one) => one.valueCoding.code))
    const chosen = Array.isArray(given) ? given : [given]
    const fits = chosen.every((one) => known.has(String(one))) && (q.repeats === true || chosen.length === 1)
    return fits ? undefined : 'careplan.answer-not-offered'
  }
  return typeof given === 'string' && given.length <= 2000 ? undefined : 'careplan.answer-not-understood'
}

function problemOfNumber(q: Question, given: Answer): string | undefined {
  if (typeof given !== 'number' || !Number.isFinite(given)) return 'careplan.answer-not-understood'
  if (q.type === 'integer' && !Number.isInteger(given)) return 'careplan.answer-not-whole'
  const { least, most } = boundsOf(q)
  const outside = (least !== null && given < least) || (most !== null && given > most)
  return outside ? 'careplan.answer-implausible' : undefined
}

/** Of a question that may be answered several times the answer is a list, also where one was given. */
const several = (answer: Answer): Answer => (Array.isArray(answer) ? answer : [String(answer)])

/** Every answer of these that is asked for, and what is wrong with the rest. */
export function checkAnswers(
  { item }: Questionnaire,
  given: Answers,
): { kept: Answers; problems: { path: string; problem: string }[] } {
  const kept: Answers = {}
  const problems: { path: string; problem: string }[] = []
  for (const q of item) {
    // What follows from an answer that is not asked for is not asked for either: only what is kept counts.
    if (q.type === 'display' || !isAsked(q, kept)) continue
    const answer = given[q.linkId]
    const problem = problemWith(q, answer)
    if (problem) problems.push({ path: `body.answers.${q.linkId}`, problem })
    else if (answer !== undefined && answer !== '') kept[q.linkId] = q.repeats ? several(answer) : answer
  }
  const known = new Set(item.map((q) => q.linkId))
  for (const linkId of Object.keys(given)) {
    if (!known.has(linkId)) problems.push({ path: `body.answers.${linkId}`, problem: 'careplan.not-asked' })
  }
  return { kept, problems }
}
