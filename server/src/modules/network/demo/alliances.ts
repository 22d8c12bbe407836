import type { Agreement } from '@tongmai/api/network/agreement'
import { openCase } from '../../../kernel/case.ts'
import type { Ctx } from '../../../kernel/ctx.ts'
import { dayAfter, dayOf, startOf } from '../../../kernel/day.ts'
import { demoId } from '../../../kernel/demo.ts'
import type { Projection } from '../../../kernel/resource/project.ts'
import { endOf } from '../day.ts'
import { affiliationOf, allianceOf } from '../fhir.ts'
import * as agreements from '../store/agreement.ts'
import * as alliances from '../store/alliance.ts'
import * as areaDuties from '../store/area-duty.ts'
import * as cooperations from '../store/cooperation.ts'
import * as governance from '../store/governance.ts'
import * as gridStore from '../store/grid.ts'
import * as memberships from '../store/membership.ts'
import * as rules from '../store/service-rule.ts'
import { leagues } from './league.ts'
import { areas, grids, resolutions } from './office.ts'
import { type Pact, pacts } from './pact.ts'
import { units } from './place.ts'

const id = (key: string) => demoId('network', key)
const from = (ctx: Ctx, days: number) => dayAfter(dayOf(ctx.now), days)
const at = (day: string) => new Date(startOf(day).getTime() + 10 * 3_600_000)

/** The alliances with their members, agreements, grid cells, resolutions and responsibilities. */
export async function layAlliances(ctx: Ctx): Promise<Projection[]> {
  const shown: Projection[] = []
  for (const league of leagues) {
    const { key, members, daysAgo, ...words } = league
    const since = from(ctx, -daysAgo)
    const lead = id(members.find(([, role]) => role === 'lead')?.[0] ?? '')
    const charter = `${league.name}章程：成员单位平等协商、权责明确；牵头单位负责统筹，理事会议决重大事项；成员可按协议约定退出。`
    const alliance = await alliances.add(ctx, { ...words, id: id(key), charter, since, until: null }, lead)
    shown.push({ resource: allianceOf(alliance), institutionId: lead })
    await rules.addDefaults(ctx, alliance.id, since)
    for (const [code, role, layer, grade] of members) {
      const institutionId = id(code)
      const membership = {
        id: id(`${key}/${code}`),
        allianceId: alliance.id,
        institutionId,
        role,
        layer,
        grade,
      }
      const added = await memberships.add(ctx, { ...membership, since, until: null })
      shown.push({ resource: affiliationOf(added), institutionId })
    }
  }
  for (const pact of pacts) await layPact(ctx, pact)
  await layGrids(ctx)
  await layResolutions(ctx)
  await layAreas(ctx)
  return shown
}

const begun = ['inForce', 'renewed', 'exited', 'ended']
const over = ['renewed', 'exited', 'ended', 'withdrawn']

function agreementOf(ctx: Ctx, pact: Pact): Agreement {
  const since = from(ctx, pact.from)
  const until = from(ctx, pact.to)
  const endDay =
    pact.status === 'exited' || pact.status === 'withdrawn' ? dayAfter(since, 150) : dayAfter(until, 1)
  return {
    id: id(pact.number),
    number: pact.number,
    allianceId: id(pact.league),
    title: pact.title,
    text: `一、各方按本协议开展双向转诊、会诊与人员往来。\n二、协议期内信息共享以居民的合法依据为前提。\n三、任何一方可书面通知退出，退出即停止相应服务。`,
    grade: pact.grade,
    parties: pact.parties.map(id),
    status: pact.status,
    since,
    until,
    renews: pact.renews ? id(pact.renews) : null,
    inForceAt: begun.includes(pact.status) ? startOf(since) : null,
    endedAt: over.includes(pact.status) ? startOf(endDay) : null,
    version: 1,
  }
}

async function layPact(ctx: Ctx, pact: Pact): Promise<void> {
  const lead = id(pact.parties[0] ?? '')
  const { version: _, ...words } = agreementOf(ctx, pact)
  const agreement = await agreements.add(ctx, words, lead)
  const proposed = at(dayAfter(pact.from > 0 ? from(ctx, 0) : agreement.since, -20))
  const step = (move: string, when: Date, more: object = {}) =>
    agreements.addStep(ctx, agreement.id, { move, at: when, institutionId: lead, ...more })
  await step('draft', at(dayAfter(dayOf(proposed), -6)))
  if (pact.status === 'draft') return
  await step('propose', proposed)
  await laySignatures(ctx, pact, agreement, at(dayAfter(dayOf(proposed), 5)))
  if (agreement.inForceAt) {
    await step('enter', agreement.inForceAt)
    await cooperations.add(ctx, agreement, agreement.parties)
  }
  const last = { renewed: 'succeed', exited: 'exit', ended: 'end', withdrawn: 'withdraw' }
  const move = last[pact.status as keyof typeof last]
  if (move && agreement.endedAt) await step(move, agreement.endedAt, pact.note ? { note: pact.note } : {})
  if (over.includes(pact.status))
    await cooperations.change(ctx, agreement.id, null, agreement.endedAt ?? ctx.now)
}

const signers = [
  '贺志远',
  '孟庆平',
  '梁秋实',
  '尹川',
  '邵敏',
  '范存义',
  '邱海棠',
  '段宏',
  '鲍静',
  '郝仁',
  '龙飞',
  '卢畅',
]

async function laySignatures(ctx: Ctx, pact: Pact, agreement: Agreement, signedAt: Date): Promise<void> {
  await agreements.changeSignatories(ctx, agreement)
  if (pact.status === 'withdrawn') return
  for (const [turn, code] of pact.parties.entries()) {
    const institutionId = id(code)
    if (pact.signed && !pact.signed.includes(code)) {
      await openCase(ctx, {
        kind: 'network.agreement',
        thing: `agreement:${agreement.id}/${institutionId}`,
        institutionId,
        duty: 'network.sign',
        step: 'sign',
        due: startOf(agreement.since),
      })
      continue
    }
    const signerName = signers[turn % signers.length] ?? ''
    const of = { agreementId: agreement.id, institutionId }
    await agreements.changeSignatory(ctx, of, { signedAt, signerId: 'system', signerName })
    await agreements.addStep(ctx, agreement.id, {
      move: 'sign',
      at: signedAt,
      institutionId,
      personName: signerName,
    })
  }
}

async function layGrids(ctx: Ctx): Promise<void> {
  for (const [code, name, league, colour, within] of grids) {
    const divisions = units
      .map((unit) => unit.code)
      .filter((unit) => within.some((outer) => unit.startsWith(outer)))
    await gridStore.add(ctx, {
      id: id(`grid/${code}`),
      code,
      name,
      allianceId: id(league),
      colour,
      divisions,
    })
  }
}

async function layResolutions(ctx: Ctx): Promise<void> {
  for (const [league, number, title, text, votes, adopted, owed] of resolutions) {
    const [votesFor = 0, votesAgainst = 0, votesAbstained = 0] = votes
    const allianceId = id(league)
    const words = {
      number,
      title,
      text,
      votesFor,
      votesAgainst,
      votesAbstained,
      adoptedOn: from(ctx, adopted),
    }
    const resolution = await governance.addResolution(ctx, { ...words, id: id(number), allianceId })
    for (const [index, [what, code, department, personName, due, evidence]] of owed.entries()) {
      const duty = {
        id: id(`${number}/${index}`),
        resolutionId: resolution.id,
        allianceId,
        title: what,
        institutionId: id(code),
        departmentId: department ? id(`${code}/${department}`) : null,
        personName,
        due: from(ctx, due),
        doneAt: evidence ? at(from(ctx, due - 3)) : null,
        evidence,
      }
      await governance.addDuties(ctx, [duty])
      if (evidence) continue
      const { institutionId } = duty
      const thing = `duty:${duty.id}`
      await openCase(ctx, {
        kind: 'network.duty',
        thing,
        institutionId,
        duty: 'office.head',
        step: 'report',
        due: endOf(duty.due),
      })
    }
  }
}

async function layAreas(ctx: Ctx): Promise<void> {
  for (const [index, [department, personName, centre]] of areas.entries()) {
    await areaDuties.add(ctx, {
      id: id(`area/${index}`),
      allianceId: id('CITY'),
      institutionId: id('LEAD'),
      departmentId: id(`LEAD/${department}`),
      practitionerId: null,
      personName,
      personPhone: `0999-86${String(10_000 + index * 53)}`,
      communityId: id(centre),
      divisionCode: null,
      task: '每周出诊一次，接受转诊咨询，带教全科医生',
      since: from(ctx, -145),
      until: null,
      evidence: index % 3 === 0 ? '出诊记录 18 次，带教 6 次' : null,
    })
  }
}
