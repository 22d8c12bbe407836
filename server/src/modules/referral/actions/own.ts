import type { Ctx } from '../../../kernel/ctx.ts'
import { refuse } from '../../../kernel/refusal.ts'
import { lastOf, type ResourceOwner, type Stored } from '../../../kernel/resource/owner.ts'
import { isOurSummary, isOurs } from '../fhir.ts'
import * as store from '../store/referral.ts'
import { show } from './advance.ts'
import { changeRequest, changeTask, joinTask, sendReceived } from './foreign.ts'

/** Projects the sent referrals anew, in id order. */
async function rebuild(ctx: Ctx, after: string | null, limit: number): Promise<string | null> {
  const rows = await store.listAfter(ctx, after, limit)
  for (const row of rows) await show(ctx, row)
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
    rebuild: { name: 'referral.referral', edition: 1, run: rebuild },
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
