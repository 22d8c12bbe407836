import { ownInstitution } from '../../../kernel/actor.ts'
import type { Ctx } from '../../../kernel/ctx.ts'
import type { Json } from '../../../kernel/resource/owner.ts'
import { type Diagnosis, diagnosesIn } from '../hl7-diagnosis.ts'
import type { Message } from '../hl7-message.ts'
import { said } from '../hl7-value.ts'
import { aliasOf, knownAs, mayWrite, storedAs, upsertNews } from './upsert.ts'

/** The diagnoses of a message before they are stored. */
export interface Prepared {
  /** `Encounter.diagnosis`, in the order of the message. */
  readonly ofStay: readonly Json[]
  /** Stores them, in a stay where there is one; what came of it, as `Type/id`. */
  readonly store: (encounterId: string | undefined) => Promise<string[]>
}

/**
 * What DG1 lists, where the client may write it: each once in a stay, changed where more is said of it, and entered in
 * error where DG1-21 deletes it. What a later message no longer lists stays.
 */
export async function prepareDiagnoses(
  ctx: Ctx,
  message: Message,
  { patientId, visit }: { patientId: string; visit: string },
): Promise<Prepared> {
  const listed = mayWrite(ctx, 'Condition') ? diagnosesIn(message, ownInstitution(ctx.actor)) : []
  const prepared: { diagnosis: Diagnosis; alias: string; id: string }[] = []
  for (const diagnosis of listed) {
    const alias = aliasOf('Condition', patientId, visit, diagnosis.name)
    const known = (await knownAs(ctx, alias))?.split('/')[1]
    if (known || !diagnosis.isDeleted) prepared.push({ diagnosis, alias, id: known ?? ctx.id() })
  }
  return {
    ofStay: prepared
      .filter(({ diagnosis }) => !diagnosis.isDeleted)
      .map(({ id, diagnosis: { use } }, n) => ({
        ...{ condition: { reference: `Condition/${id}` }, rank: n + 1 },
        ...said({ use }),
      })),
    async store(encounterId) {
      const made: string[] = []
      for (const { diagnosis, alias, id } of prepared) {
        const before = await storedAs(ctx, alias)
        const resource = diagnosis.condition({ patientId, encounterId, before })
        made.push(...(await upsertNews(ctx, alias, { resource, before, id })))
      }
      return made
    },
  }
}
