import type { PathwayStep } from '@tongmai/api/careplan/pathway'
import type { ProgrammeCode } from '@tongmai/api/careplan/programme'
import type { Ctx } from '../../../kernel/ctx.ts'
import { dayAfter, dayOf } from '../../../kernel/day.ts'
import { demoId } from '../../../kernel/demo.ts'
import { showFollowed, showPathway } from '../actions/show-pathway.ts'
import { examples } from '../example-pathway.ts'
import * as followed from '../store/followed-pathway.ts'
import type { Past } from '../store/past.ts'
import * as store from '../store/pathway.ts'

const DAY_MS = 86_400_000
const idOf = (name: string): string => demoId('careplan', `pathway ${name}`)
const person = (username: string): string => demoId('workforce', username)

/** What the community made of the hospital's steps: one more, one less, one in its own words. */
function derived(steps: readonly PathwayStep[]): PathwayStep[] {
  return steps
    .filter((step) => step.code !== 'nearer-home')
    .flatMap((step) => {
      if (step.code === 'follow-up')
        return [{ ...step, text: `${step.text} 行动不便的由护士上门，其余预约每周三慢病门诊。` }]
      if (step.code !== 'organs') return [step]
      const home = { ...step, code: 'home-pressure', title: '教会居民在家测血压', repeatDays: null }
      return [
        step,
        { ...home, phase: 'treat' as const, text: '示范袖带位置、坐姿和记录方法，可借用血压计。' },
      ]
    })
}

interface Version {
  readonly name: string
  readonly line: string
  readonly version: number
  readonly institution: string
  readonly programme: ProgrammeCode
  readonly steps: PathwayStep[]
  readonly by: readonly [author: string, reviewer: string | null]
  readonly daysAgo: number
  readonly basedOn?: string
  readonly title?: string
  readonly note?: string
}

async function addVersion(ctx: Ctx, v: Version): Promise<store.PathwayRow> {
  const { title, note } = examples[v.programme]
  const [author, reviewer] = v.by
  const id = idOf(v.name)
  await store.add(ctx, {
    ...{ institutionId: demoId('network', v.institution), id, line: idOf(v.line), version: v.version },
    ...{
      programme: v.programme,
      title: v.title ?? title,
      note: v.note ?? note,
      steps: JSON.stringify(v.steps),
    },
    ...{ basedOn: v.basedOn ? idOf(v.basedOn) : null, status: reviewer ? 'published' : 'draft' },
    ...{ authorId: person(author), reviewerId: reviewer && person(reviewer) },
    publishedOn: reviewer ? dayAfter(dayOf(ctx.now), -v.daysAgo) : null,
    changedAt: new Date(ctx.now.getTime() - v.daysAgo * DAY_MS),
  })
  const row = await store.read(ctx, id)
  if (reviewer) await showPathway(ctx, row)
  return row
}

/** Pathways of the demonstration region: two of the lead hospital's, one derived from them, one being written; some residents on them. */
export async function demoPathways(ctx: Ctx, past: readonly Past[]): Promise<void> {
  const [pressure, sugar] = [examples.hypertension, examples.type2Diabetes]
  const lead = { institution: 'LEAD', by: ['cardio01', 'cardio02'] as const, version: 1 }
  const hypertension = { ...lead, programme: 'hypertension' as const }
  const first = { ...hypertension, name: 'lead hypertension 1', line: 'lead hypertension' }
  await addVersion(ctx, { ...first, steps: pressure.steps, daysAgo: 90 })
  const sweet = {
    ...lead,
    programme: 'type2Diabetes' as const,
    name: 'lead diabetes 1',
    line: 'lead diabetes',
  }
  const diabetes = await addVersion(ctx, { ...sweet, steps: sugar.steps, daysAgo: 80 })
  const local = await addVersion(ctx, {
    ...{ name: 'chc01 hypertension 1', line: 'chc01 hypertension', version: 1, institution: 'CHC01' },
    ...{ programme: 'hypertension', steps: derived(pressure.steps), by: ['gp01', 'gp11'], daysAgo: 60 },
    ...{
      basedOn: first.name,
      title: '鼓楼社区高血压诊疗路径',
      note: '据市一院版本改写：上门随访、家庭自测。',
    },
  })
  const steps = pressure.steps.map((step) => (step.code === 'organs' ? { ...step, repeatDays: 180 } : step))
  const second = { ...first, name: 'lead hypertension 2', version: 2, basedOn: first.name, daysAgo: 3, steps }
  await addVersion(ctx, { ...second, by: ['cardio01', null], note: '第二版：靶器官评估改为每半年。' })
  const here = past.filter((one) => one.institutionId === local.institutionId)
  for (const one of here.slice(0, 10)) {
    await putOn(ctx, one, one.programme === 'hypertension' ? local : diabetes)
  }
}

async function putOn(ctx: Ctx, one: Past, pathway: store.PathwayRow): Promise<void> {
  const { residentId, institutionId, practitionerId } = one
  const id = demoId('careplan', `followed ${one.id}`)
  const startedOn = dayAfter(dayOf(ctx.now), -50)
  await followed.add(ctx, {
    ...{ residentId, id, institutionId, pathwayId: pathway.id, line: pathway.line, startedOn },
    startedBy: practitionerId,
  })
  const of = { residentId, followedId: id, pathwayId: pathway.id, institutionId, byId: practitionerId }
  const at = new Date(ctx.now.getTime() - 40 * DAY_MS)
  const blank = { form: null, formVersion: null, answers: null }
  if (one.run === 0)
    await followed.addRecord(ctx, {
      ...{ ...of, ...blank, id: demoId('careplan', `step ${one.id}`), step: 'long-prescription', at },
      ...{ outcome: 'skipped', reason: 'refused', note: '居民愿意每月来一次，顺便测血压' },
    })
  const rows = await followed.listAfter(ctx, null, 1000)
  const row = rows.find((each) => each.id === id)
  const records = await followed.listRecords(ctx, { residentId, followedId: id })
  if (row) await showFollowed(ctx, { row, pathway, records })
}
