import { ownInstitution } from '../../../kernel/actor.ts'
import type { Ctx } from '../../../kernel/ctx.ts'
import { findOrdered } from '../../recognition/index.ts'
import { attachmentIn, isFile } from '../hl7-file.ts'
import { at, type Message, repetitions, type Segment, segmentOf, wholeText } from '../hl7-message.ts'
import { type Group, groupsIn, observationIn, reportIn, requestIn } from '../hl7-result.ts'
import { Wrong } from '../hl7-value.ts'
import { type Outcome, registered } from './admission.ts'
import { aliasOf, upsert } from './upsert.ts'

interface About {
  readonly patientId: string
  readonly institutionId: string
  readonly controlId: string
  readonly residentId: string
}

/** ORU^R01: what was ordered, what was found, and the report; sent again under the same numbers it is a correction. */
export async function takeResults(ctx: Ctx, message: Message): Promise<Outcome> {
  const groups = groupsIn(message)
  if (groups.length === 0) throw new Wrong('interop.segment-missing', 'OBR')
  const { patientId, residentId } = await registered(ctx, segmentOf(message, 'PID'), false)
  const institutionId = ownInstitution(ctx.actor)
  const about = { patientId, residentId, institutionId, controlId: at(message.header, 10) }
  const made = [`Patient/${patientId}`]
  for (const group of groups) made.push(...(await takeGroup(ctx, group, about)))
  return { residentId, made }
}

/** The number of an order: the filler's, else the placer's, else that of the message. */
const orderNumber = ({ obr }: Group, { controlId }: About): string => {
  const own = obr && (repetitions(obr, 3)[0] ?? repetitions(obr, 2)[0])
  return own ?? `${controlId}|${obr?.number ?? 0}`
}

/** What was ordered: here, where the placer's number is one of ours; else as the message tells it. */
async function requestOf(ctx: Ctx, obr: Segment, about: About & { number: string }): Promise<string> {
  const request = requestIn(obr, about)
  const { residentId, patientId, number } = about
  const ordered = await findOrdered(ctx, { residentId, number: at(obr, 2), code: request.code })
  return ordered ?? upsert(ctx, aliasOf('ServiceRequest', patientId, number), request)
}

async function takeGroup(ctx: Ctx, group: Group, about: About): Promise<string[]> {
  const { obr, results } = group
  const number = orderNumber(group, about)
  const requestId = obr && at(obr, 2) ? await requestOf(ctx, obr, { ...about, number }) : undefined
  const made: string[] = []
  const ids: string[] = []
  const seen = new Map<string, number>()
  const files = results.filter(({ obx }) => isFile(obx)).flatMap(({ obx }) => attachmentIn(obx) ?? [])
  for (const result of results.filter(({ obx }) => !isFile(obx))) {
    const { obx } = result
    // OBX-3 with OBX-4 names a result of an order; a third one of the same name is the next of them.
    const name = `${wholeText(obx, 3)}|${at(obx, 4)}`
    const nth = seen.get(name) ?? 0
    seen.set(name, nth + 1)
    const alias = aliasOf('Observation', about.patientId, number, name, String(nth))
    const id = await upsert(ctx, alias, observationIn(result, obr, { ...about, requestId }))
    ids.push(id)
    made.push(`Observation/${id}`)
  }
  if (!obr) {
    if (files.length > 0) throw new Wrong('interop.segment-missing', 'OBR')
    return made
  }
  const report = reportIn(obr, { ids, files, results }, { ...about, requestId })
  const reportId = await upsert(ctx, aliasOf('DiagnosticReport', about.patientId, number), report)
  return [...made, ...(requestId ? [`ServiceRequest/${requestId}`] : []), `DiagnosticReport/${reportId}`]
}
