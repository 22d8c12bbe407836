import { isEnded, type ReferralStatus } from '@tongmai/api/referral/flow'
import { type Ctx, ctxWith } from '../../../kernel/ctx.ts'
import { demoId, demoRandom } from '../../../kernel/demo.ts'
import { type Projection, projectMany } from '../../../kernel/resource/project.ts'
import type { World } from '../../../kernel/world.ts'
import { grant } from '../../resident/index.ts'
import { answerFor, open } from '../actions/advance.ts'
import { announce, thingOf } from '../actions/announce.ts'
import { goOn, tellChain } from '../actions/going-on.ts'
import type { Moved } from '../events.ts'
import { toDischargeSummary, toServiceRequest, toTask } from '../fhir.ts'
import { addMany } from '../store/region.ts'
import type { ReferralRow } from '../store/row.ts'
import { demoAdvice } from './advice.ts'
import { caster } from './cast.ts'
import { conditions } from './condition.ts'
import { demoContacts } from './contact.ts'
import { demoEntry } from './entry.ts'
import { demoGreen, emergencies } from './green.ts'
import { allowedHours, plans, statusAfter } from './plan.ts'
import { demoReviews } from './review.ts'
import { demoRules } from './rule.ts'
import { type Script, type Tale, tell } from './tale.ts'

const HOUR = 3_600_000
const SEED = 20_260_208

/**
 * The referrals of the demonstration region: 120 in every state and three in a green channel, over the last 90 days. A referral's id is
 * `demoId('referral', 'R001')`; that of the down-referral that followed it `demoId('referral', 'R001D')`.
 */
export async function demo(world: World): Promise<void> {
  await world.asSystem(null, async (ctx) => {
    const tales = tellAll(ctx.now)
    const rows = await addMany(ctx, tales)
    const lastMoves = new Map(tales.map(({ row, steps }) => [row.id, steps.at(-1)?.move]))
    for (const row of rows) await settle(ctx, row, lastMoves)
    await projectMany(ctx, rows.flatMap(shown))
    for (const row of rows) await stand(ctx, row)
    await demoGreen(ctx, rows)
    await demoContacts(ctx)
    await demoReviews(ctx, rows)
    await demoEntry(ctx)
    await demoAdvice(ctx)
    await demoRules(ctx)
  })
}

/** Where its patient stands on the chain of the disease, and what the community still owes them. */
async function stand(ctx: Ctx, row: ReferralRow): Promise<void> {
  const { status, direction, submittedAt } = row
  if (direction !== 'down' && submittedAt) {
    await tellChain(ctx, row, 'sent', submittedAt)
    if (isEnded(status)) await tellChain(ctx, row, 'ended')
  }
  if (direction === 'down' && status === 'takenOver') await goOn(ctx, row)
  if (direction === 'down' && (status === 'firstFollowUpDone' || status === 'closed'))
    await tellChain(ctx, row, 'returned', row.arrivedAt ?? row.since)
}

/** Every tale of the region, as it stands at `now`. */
export function tellAll(now: Date): Tale[] {
  const random = demoRandom(SEED)
  const cast = caster()
  const tales = plans.flatMap((plan, i) => {
    const n = `R${String(i + 1).padStart(3, '0')}`
    const condition = conditions[i % conditions.length] as (typeof conditions)[number]
    const playing = cast[plan.direction](i, condition)
    const urgency = i % 11 === 6 && plan.direction === 'up' ? 'urgent' : 'routine'
    const script: Script = {
      ...{ n, index: i, direction: plan.direction, path: plan.path, urgency, cast: playing, condition },
      lastAt: lastStep(statusAfter(plan.direction, plan.path), random, now),
      parentId: null,
    }
    if (!plan.down) return [tell(script)]
    const after = lastStep(statusAfter('down', plan.down), random, now)
    const child: Script = {
      ...{ n: `${n}D`, index: i, direction: 'down', path: plan.down, urgency: 'routine', condition },
      ...{ cast: cast.down(i, condition, playing), lastAt: after, parentId: demoId('referral', n) },
    }
    return [tell({ ...script, lastAt: parentsLast(script, child, after) }), tell(child)]
  })
  return [...tales, ...emergencies(cast, now)]
}

/** The first referral closes with its down-referral, or waits since before that was written. */
const parentsLast = (script: Script, child: Script, after: Date): Date =>
  script.path.at(-1) === 'close' ? after : new Date(after.getTime() - (child.path.length + 1) * 20 * HOUR)

/** Open steps are drawn as shares of their time, every fifth overdue; ended ones lie up to 80 days back. */
function lastStep(status: ReferralStatus, random: () => number, now: Date): Date {
  const share = random()
  const hours = isEnded(status)
    ? 24 + share * 62 * 24
    : allowedHours(status) * (share < 0.2 ? 1.05 + share : share * 0.95)
  return new Date(now.getTime() - hours * HOUR)
}

/** Owner, access and responsible physician of what is still under way; the newest step is in somebody's inbox. */
async function settle(
  ctx: Ctx,
  row: ReferralRow,
  lastMoves: ReadonlyMap<string, string | undefined>,
): Promise<void> {
  if (isEnded(row.status) && !row.due) return
  const then: Ctx = ctxWith(ctx, { now: row.since })
  await open(then, row)
  if (isEnded(row.status)) return announce(then, row, 'reject')
  if (row.direction !== 'up' && !row.parentId) await treatedHere(then, row)
  if (row.submittedAt && row.status !== 'expired') {
    await grant(then, {
      residentId: row.residentId,
      institutionId: row.toInstitutionId,
      basis: 'referral',
      source: thingOf(row.id),
      depth: 'full',
      viaInstitutionId: row.fromInstitutionId,
    })
  }
  const taken = row.treatingPractitionerId ?? (row.status === 'takenOver' ? row.toPractitionerId : null)
  const at = taken ? row.toInstitutionId : row.fromInstitutionId
  if (row.submittedAt && !row.parentId) {
    await answerFor(then, row, { practitionerId: taken ?? row.fromPractitionerId, institutionId: at })
  }
  await announce(then, row, (lastMoves.get(row.id) ?? 'write') as Moved['move'])
}

/** A hospital that refers down or sideways has had the patient before. */
const treatedHere = (ctx: Ctx, row: ReferralRow): Promise<void> =>
  grant(ctx, {
    ...{
      residentId: row.residentId,
      institutionId: row.fromInstitutionId,
      basis: 'treatment',
      depth: 'full',
    },
    ...{ source: 'registration', until: new Date(row.since.getTime() + 365 * 24 * HOUR) },
  })

function shown(row: ReferralRow): Projection[] {
  if (!row.submittedAt) return []
  const about = { residentId: row.residentId, institutionId: row.fromInstitutionId }
  const audience = [row.fromInstitutionId, row.toInstitutionId]
  const forms: Projection[] = [
    { ...about, audience, resource: toServiceRequest(row) },
    { ...about, audience, resource: toTask(row) },
  ]
  if (!row.outcome) return forms
  const summary = toDischargeSummary({
    ...{ id: demoId('referral', `summary ${row.id}`), row, outcome: row.outcome },
    ...{ authorId: row.treatingPractitionerId, at: row.outcome.dischargedAt ?? row.since },
  })
  return [...forms, { ...about, institutionId: row.toInstitutionId, resource: summary }]
}
