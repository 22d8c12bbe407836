import type { Ctx } from '../../../kernel/ctx.ts'
import { demoId, demoRandom } from '../../../kernel/demo.ts'
import { type Projection, projectMany } from '../../../kernel/resource/project.ts'
import { demoResidents } from '../../resident/index.ts'
import { addContacts } from '../store/region.ts'

const DAY_MS = 86_400_000
const DAYS_BACK = 150
/** Every fifth resident was seen somewhere; the later the month, the more of them at home first. */
const EVERY = 5
const primaryShare = (daysAgo: number): number => 0.72 - 0.14 * (daysAgo / DAYS_BACK)
const outpatient = {
  system: 'http://terminology.hl7.org/CodeSystem/v3-ActCode',
  code: 'AMB',
  display: '门诊',
}
const reasons = ['血压复查', '咳嗽咳痰', '血糖复查', '膝关节疼痛', '头晕', '胃部不适', '腰痛', '体检咨询']

/** Where the residents of the region turned first in the last five months: at home, or past it to a hospital. */
export async function demoContacts(ctx: Ctx): Promise<void> {
  const random = demoRandom(5)
  const seen = demoResidents().flatMap((one, n) => {
    if (n % EVERY > 0) return []
    const daysAgo = 1 + Math.floor(random() * DAYS_BACK)
    const [hospital, place] = [one.institution.startsWith('TS') ? 'QPH' : 'LEAD', random()]
    const code = place < primaryShare(daysAgo) ? one.institution : hospital
    const at = new Date(ctx.now.getTime() - daysAgo * DAY_MS - Math.floor(random() * 6) * 3_600_000)
    const encounterId = demoId('referral', `contact ${n}`)
    return [{ residentId: one.id, encounterId, institutionId: demoId('network', code), at, n }]
  })
  await projectMany(
    ctx,
    seen.map(({ residentId, encounterId, institutionId, at, n }): Projection => {
      const period = { start: at.toISOString(), end: new Date(at.getTime() + 1_200_000).toISOString() }
      const about = { subject: { reference: `Patient/${residentId}` }, period }
      const reasonCode = [{ text: reasons[n % reasons.length] }]
      const said = { id: encounterId, status: 'finished', class: outpatient, reasonCode }
      return { resource: { resourceType: 'Encounter', ...said, ...about }, residentId, institutionId }
    }),
  )
  await addContacts(ctx, seen)
}
