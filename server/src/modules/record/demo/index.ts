import { ctxWith } from '../../../kernel/ctx.ts'
import { demoId } from '../../../kernel/demo.ts'
import type { Resource } from '../../../kernel/resource/owner.ts'
import { createResource, requireShape } from '../../../kernel/resource/write.ts'
import type { World } from '../../../kernel/world.ts'
import { findInstitution } from '../../network/index.ts'
import { demoResidents } from '../../resident/index.ts'
import { keepDocument } from '../actions/keep-document.ts'
import { showLists } from '../actions/show-lists.ts'
import { showR4 } from '../actions/show-r4.ts'
import { clinicalDocument } from '../index/document.ts'
import { written } from './paper.ts'
import { papers } from './papers.ts'
import { layQuality } from './quality.ts'
import { slipsOf } from './slip.ts'
import { storyOf } from './story.ts'
import { scannedStrip } from './strip.ts'

const DAY_MS = 86_400_000
const site = (code: string): string => demoId('network', code)
const hero = demoId('resident', 0)
/** What a hospital and not the community centre has sent. */
const isOfHospital = ({ resourceType, type }: Resource): boolean =>
  resourceType === 'ImagingStudy' || JSON.stringify(type ?? '').includes('心血管')
/** Who writes for each of the two. */
const doctors = { CHC01: 'gp01', LEAD: 'cardio01' } as const

/** The years before of the first resident, slips in the records of others, documents: as the institutions sent them. */
export async function demo(world: World): Promise<void> {
  await world.asSystem(null, showLists)
  await showR4(world)
  await layPapers(world)
  for (const place of ['CHC01', 'LEAD'] as const)
    await world.asSystem(site(place), async (ctx) => {
      const doctorId = demoId('workforce', doctors[place])
      const story = storyOf(hero, ctx.now, doctorId)
      const ours = story.filter((one) => isOfHospital(one) === (place === 'LEAD'))
      for (const resource of [...ours, ...slipsOf(place, ctx.now, doctorId)]) {
        requireShape(resource)
        await createResource(ctx, resource)
      }
    })
  await layQuality(world)
}

async function layPapers(world: World): Promise<void> {
  for (const [n, place, daysAgo, told] of papers)
    await world.asSystem(site(place), async (ctx) => {
      const patient = demoResidents()[n]
      if (!patient) return
      const { code, name } = await findInstitution(ctx, site(place))
      const at = new Date(ctx.now.getTime() - daysAgo * DAY_MS)
      const bytes = Buffer.from(written({ ...told, patient, at, custodian: [code, name] }))
      const file = { bytes, root: clinicalDocument(bytes), fileName: `${told.number}.xml` }
      await keepDocument(ctx, patient.id, file)
    })
  await world.asSystem(site('CHC01'), async (ctx) => {
    const then = ctxWith(ctx, { now: new Date(ctx.now.getTime() - 60 * DAY_MS) })
    const file = { bytes: scannedStrip(), root: undefined, fileName: '心电图.png', title: '心电图（扫描件）' }
    await keepDocument(then, hero, file)
  })
}
