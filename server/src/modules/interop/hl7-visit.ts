import type { Json, Resource } from '../../kernel/resource/owner.ts'
import { at, type Message, repetitions, type Segment, segmentOf, segmentsOf } from './hl7-message.ts'
import { entityIn, momentIn, namedIn, personIn, said } from './hl7-value.ts'

/** What a trigger makes of a stay: its status, and whether it is about one at all. */
export const visitStatus: Readonly<Record<string, string | null>> = {
  A01: 'in-progress',
  A02: 'in-progress',
  A03: 'finished',
  A04: 'in-progress',
  A05: 'planned',
  A06: 'in-progress',
  A07: 'in-progress',
  // As it stands: what changes is what is said of it.
  A08: null,
  A11: 'cancelled',
  A13: 'in-progress',
}

/** Triggers that mean nothing without the number of the stay. */
export const needsVisit = new Set(['A01', 'A02', 'A03', 'A06', 'A07', 'A11', 'A13'])

const classes: Readonly<Record<string, string>> = {
  I: 'IMP',
  B: 'IMP',
  O: 'AMB',
  R: 'AMB',
  E: 'EMER',
  P: 'PRENC',
}

/** The number under which the sender knows the stay: PV1-19, or PID-18 where that is empty. */
export function visitNumber(message: Message, institutionId: string): { [key: string]: Json } | undefined {
  const of = (segment: Segment | undefined, field: number) => {
    const first = repetitions(segment, field)[0]
    return segment && first ? entityIn(segment, first, institutionId) : undefined
  }
  return of(segmentOf(message, 'PV1'), 19) ?? of(segmentOf(message, 'PID'), 18)
}

/** When it happened: EVN-6, else EVN-2. */
const happened = (message: Message): string | undefined => {
  const evn = segmentOf(message, 'EVN')
  return momentIn(at(evn, 6), 'EVN-6') ?? momentIn(at(evn, 2), 'EVN-2')
}

function doctorsIn(pv1: Segment): Json[] {
  const roles = [
    [7, 'ATND'],
    [8, 'REF'],
    [17, 'ADM'],
  ] as const
  return roles.flatMap(([field, code]) => {
    const display = personIn(pv1, field)
    if (display === '') return []
    const system = 'http://terminology.hl7.org/CodeSystem/v3-ParticipationType'
    return [{ type: [{ coding: [{ system, code }] }], individual: { display } }]
  })
}

/** From when to when: what is said now, else what was known; who comes or goes does so when it happened. */
function periodIn(message: Message, trigger: string, before: Resource | undefined): Json | undefined {
  const pv1 = segmentOf(message, 'PV1')
  const earlier = (before?.period ?? {}) as { start?: string }
  const begins = trigger === 'A01' || trigger === 'A04'
  const start = momentIn(at(pv1, 44), 'PV1-44') ?? earlier.start ?? (begins ? happened(message) : undefined)
  const end = trigger === 'A03' ? (momentIn(at(pv1, 45), 'PV1-45') ?? happened(message)) : undefined
  return start || end ? said({ start, end }) : undefined
}

/** The stay as an Encounter; `before` is what is known of it, whose beginning and state stay where nothing is said. */
export function encounterIn(
  message: Message,
  about: {
    trigger: string
    patientId: string
    institutionId: string
    before: Resource | undefined
    diagnoses: readonly Json[]
  },
): Resource {
  const { trigger, patientId, institutionId, before, diagnoses } = about
  const pv1 = segmentOf(message, 'PV1')
  const period = periodIn(message, trigger, before)
  const number = visitNumber(message, institutionId)
  const place = ['1', '2', '3'].map((n) => at(pv1, 3, Number(n))).filter(Boolean)
  const reasons = segmentsOf(message, 'DG1').flatMap(
    (dg1) => namedIn(dg1, { code: 3, words: 4, institutionId }) ?? [],
  )
  const known = before?.class as Json
  const code = classes[at(pv1, 2).toUpperCase()]
  const participant = pv1 ? doctorsIn(pv1) : []
  return {
    resourceType: 'Encounter',
    status: visitStatus[trigger] ?? (before?.status as string) ?? 'unknown',
    class:
      code || !known
        ? { system: 'http://terminology.hl7.org/CodeSystem/v3-ActCode', code: code ?? 'AMB' }
        : known,
    subject: { reference: `Patient/${patientId}` },
    serviceProvider: { reference: `Organization/${institutionId}` },
    ...said({
      identifier: number ? [number] : undefined,
      participant: participant.length > 0 ? participant : (before?.participant as Json),
      period,
      reasonCode: reasons.length > 0 ? reasons : (before?.reasonCode as Json),
      diagnosis: diagnoses.length > 0 ? [...diagnoses] : (before?.diagnosis as Json),
      location: place.length > 0 ? [{ location: { display: place.join(' ') } }] : (before?.location as Json),
    }),
  }
}
