import type { Ctx } from '../../../kernel/ctx.ts'
import { refuse } from '../../../kernel/refusal.ts'
import { lastOf, type Resource, type ResourceOwner, type Stored } from '../../../kernel/resource/owner.ts'
import { project } from '../../../kernel/resource/project.ts'
import { listOfResident } from '../../../kernel/resource/read-many.ts'
import { isOurSummary, isOurs, toDischargeSummary } from '../fhir.ts'
import { careAt } from '../policy.ts'
import * as store from '../store/referral.ts'
import type { ReferralRow } from '../store/row.ts'
import { show } from './advance.ts'
import { changeRequest, changeTask, joinTask, sendReceived } from './foreign.ts'

/** The summary that ended a referral, by whom and when it was written. */
async function showSummary(ctx: Ctx, row: ReferralRow): Promise<void> {
  if (!row.outcome) return
  for (const { ownId, content } of await listOfResident(ctx, row.residentId, 'Composition')) {
    const before = JSON.parse(content) as Written
    if (!isOurSummary(before) || before.identifier?.value !== row.number) continue
    const authorId = /^Practitioner\/(.+)$/.exec(before.author[0]?.reference ?? '')?.[1] ?? null
    const at = new Date(before.date)
    await project(ctx, {
      resource: toDischargeSummary({ id: ownId, row, outcome: row.outcome, authorId, at }),
      residentId: row.residentId,
      institutionId: careAt(row),
    })
  }
}

type Written = Resource & {
  readonly identifier?: { readonly value?: string }
  readonly author: { readonly reference?: string }[]
  readonly date: string
}

/** Projects the sent referrals and what ended them anew, in id order. */
async function rebuild(ctx: Ctx, after: string | null, limit: number): Promise<string | null> {
  const rows = await store.listAfter(ctx, after, limit)
  for (const row of rows) {
    await show(ctx, row)
    await showSummary(ctx, row)
  }
  return lastOf(rows, limit)
}

/** What the module says by itself; nothing of it is taken from what came in. */
const models = [
  'identifier',
  'status',
  'businessStatus',
  'statusReason',
  'extension',
  'note',
  'basedOn',
  'intent',
  'category',
  'priority',
  'code',
  'subject',
  'authoredOn',
  'requester',
  'performer',
  'occurrenceDateTime',
  'reasonCode',
  'supportingInfo',
  'focus',
  'for',
  'lastModified',
  'owner',
  'restriction',
]

/** A discharge summary is written by treating; whoever would say otherwise writes a document of their own. */
async function throughApi(): Promise<Stored> {
  return refuse('conflict', 'referral.write-through-api')
}

/** Our ServiceRequests and Tasks: written over FHIR by the same moves as on the web. One rebuild makes both. */
export const owners: readonly ResourceOwner[] = [
  {
    type: 'ServiceRequest',
    owns: isOurs,
    models,
    create: sendReceived,
    change: changeRequest,
    rebuild: { name: 'referral.referral', edition: 2, run: rebuild },
  },
  { type: 'Task', owns: isOurs, models, create: joinTask, change: changeTask },
  {
    type: 'Composition',
    owns: isOurSummary,
    models: ['identifier', 'status', 'type', 'subject', 'date', 'author', 'custodian', 'title', 'section'],
    create: throughApi,
    change: throughApi,
  },
]
