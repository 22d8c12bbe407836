import type { Resource } from '../../kernel/resource/owner.ts'
import { at, type Message, segmentsOf, wholeText } from './hl7-message.ts'
import { type Listed, momentIn, namedIn, personIn, said } from './hl7-value.ts'

/** Whom the procedures of a message are about, and in which stay. */
interface Of {
  readonly patientId: string
  readonly encounterId: string | undefined
  readonly institutionId: string
}

/** The operations and procedures that PR1 lists; a line that names nothing is left out. */
export function proceduresIn(message: Message, { patientId, encounterId, institutionId }: Of): Listed[] {
  return segmentsOf(message, 'PR1').flatMap((pr1) => {
    const code = namedIn(pr1, { code: 3, words: 4, institutionId })
    if (!code) return []
    const isDeleted = at(pr1, 20).toUpperCase() === 'D'
    const performed = momentIn(at(pr1, 5), 'PR1-5')
    const surgeon = personIn(pr1, 11) || personIn(pr1, 12)
    const resource: Resource = {
      resourceType: 'Procedure',
      status: isDeleted ? 'entered-in-error' : 'completed',
      ...{ code, subject: { reference: `Patient/${patientId}` } },
      ...said({
        encounter: encounterId ? { reference: `Encounter/${encounterId}` } : undefined,
        performedDateTime: performed,
        performer: surgeon ? [{ actor: { display: surgeon } }] : undefined,
      }),
    }
    // The same operation on another day is another one.
    const name =
      at(pr1, 19) || `${at(pr1, 3) || wholeText(pr1, 3) || wholeText(pr1, 4)}|${performed?.slice(0, 10)}`
    return [{ name, isDeleted, resource }]
  })
}
