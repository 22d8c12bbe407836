import type { Input } from '@tongmai/api/kernel'
import { isCreditCode } from '@tongmai/api/network/credit-code'
import type { Institution, InstitutionLine, institutionApi } from '@tongmai/api/network/institution'
import type { Ctx } from '../../../kernel/ctx.ts'
import { dayOf } from '../../../kernel/day.ts'
import type { Actions } from '../../../kernel/module.ts'
import { allow, refuse } from '../../../kernel/refusal.ts'
import { csvOf } from '../csv.ts'
import { tell } from '../events.ts'
import { isOwn } from '../policy.ts'
import * as departments from '../store/department.ts'
import * as divisions from '../store/division.ts'
import * as store from '../store/institution.ts'
import { requireFresh } from './require.ts'
import { showDepartment, showInstitution } from './show.ts'

type Facts = Pick<Institution, 'creditCode' | 'divisionCode' | 'kind' | 'longitude' | 'latitude'>

async function requireFacts(ctx: Ctx, facts: Facts): Promise<void> {
  if (facts.kind === 'external') refuse('unprocessable', 'network.external-comes-from-outside')
  if (facts.creditCode !== null && !isCreditCode(facts.creditCode)) {
    const fields = [{ path: 'creditCode', problem: 'check-character' }]
    refuse('unprocessable', 'network.credit-code-wrong', { fields })
  }
  if ((facts.longitude === null) !== (facts.latitude === null)) {
    refuse('unprocessable', 'network.half-a-position', {
      fields: [{ path: 'latitude', problem: 'both or neither' }],
    })
  }
  if (facts.divisionCode !== null && !(await divisions.find(ctx, facts.divisionCode))) {
    refuse('unprocessable', 'network.division-unknown', {
      fields: [{ path: 'divisionCode', problem: 'unknown' }],
    })
  }
}

async function requireCreditCodeFree(ctx: Ctx, creditCode: string | null, ownId?: string): Promise<void> {
  const other = creditCode === null ? undefined : await store.findByCreditCode(ctx, creditCode)
  if (other && other.id !== ownId) {
    refuse('conflict', 'network.credit-code-taken', {
      details: { institutionId: other.id, name: other.name },
    })
  }
}

const told = ({ id, code, name }: Institution) => ({ id, code, name })

/** Enters an institution of our own into the directory, shown in FHIR and told. */
export async function enterInstitution(
  ctx: Ctx,
  facts: Input<typeof institutionApi.addInstitution>['body'],
): Promise<Institution> {
  await requireFacts(ctx, facts)
  await requireCreditCodeFree(ctx, facts.creditCode)
  const added = await store.add(ctx, { ...facts, id: ctx.id(), external: false })
  if (!added) refuse('conflict', 'network.institution-code-taken')
  await showInstitution(ctx, added)
  await tell(ctx, 'network.institution-added', { thing: `institution:${added.id}`, data: told(added) })
  return added
}

const heads = [
  '编码',
  '名称',
  '简称',
  '类型',
  '级别',
  '等次',
  '统一社会信用代码',
  '行政区划',
  '地址',
  '电话',
  '联盟',
]
const row = (line: InstitutionLine) => [
  line.code,
  line.name,
  line.shortName,
  line.kind,
  line.tier,
  line.hospitalGrade,
  line.creditCode,
  line.divisionName ?? line.divisionCode,
  line.address,
  line.phone,
  line.alliances.map((alliance) => alliance.name).join('、'),
]

export const institutionActions: Actions<typeof institutionApi> = {
  listInstitutions: (ctx, { query }) => store.list(ctx, query),

  async exportInstitutions(ctx, { query }) {
    const lines = await store.listAll(ctx, query)
    return { bytes: csvOf(heads, lines.map(row)), fileName: `institutions-${dayOf(ctx.now)}.csv` }
  },

  async readInstitution(ctx, { params }) {
    const line = await store.findLine(ctx, params.id)
    const mayChange = isOwn(ctx.actor, params.id) && ctx.actor.permissions.has('network.institution')
    return { ...line, departments: await departments.listOf(ctx, params.id), mayChange }
  },

  addInstitution: (ctx, { body }) => enterInstitution(ctx, body),

  async changeInstitution(ctx, { params, body }) {
    const before = await store.lock(ctx, params.id)
    allow(isOwn(ctx.actor, before.id), 'network.not-your-institution')
    requireFresh(before, body.version)
    await requireFacts(ctx, body)
    await requireCreditCodeFree(ctx, body.creditCode, before.id)
    const { version: _, ...facts } = body
    const changed = await store.change(ctx, before, facts)
    await showInstitution(ctx, changed)
    await tell(ctx, 'network.institution-changed', {
      thing: `institution:${changed.id}`,
      audience: [changed.id],
      data: told(changed),
    })
    return changed
  },

  listDepartments: (ctx, { query }) => departments.list(ctx, query),

  async addDepartment(ctx, { params, body }) {
    const institution = await store.find(ctx, params.id)
    allow(isOwn(ctx.actor, institution.id), 'network.not-your-institution')
    const added = await departments.add(ctx, { ...body, id: ctx.id(), institutionId: institution.id })
    await tellDepartment(ctx, added)
    return added
  },

  async changeDepartment(ctx, { params, body }) {
    const department = await departments.lock(ctx, params.id)
    allow(isOwn(ctx.actor, department.institutionId), 'network.not-your-institution')
    requireFresh(department, body.version)
    if (department.closedOn) refuse('conflict', 'network.department-closed')
    const { version: _, ...facts } = body
    const changed = await departments.change(ctx, department.id, facts)
    await tellDepartment(ctx, changed)
    return changed
  },

  async closeDepartment(ctx, { params, body }) {
    const department = await departments.lock(ctx, params.id)
    allow(isOwn(ctx.actor, department.institutionId), 'network.not-your-institution')
    requireFresh(department, body.version)
    if (department.closedOn) refuse('conflict', 'network.department-closed')
    const closed = await departments.change(ctx, department.id, { closedOn: dayOf(ctx.now) })
    await tellDepartment(ctx, closed)
    return closed
  },
}

async function tellDepartment(ctx: Ctx, department: Parameters<typeof showDepartment>[1]): Promise<void> {
  await showDepartment(ctx, department)
  const { id, institutionId, name, closedOn } = department
  await tell(ctx, 'network.department-changed', {
    thing: `department:${id}`,
    audience: [institutionId],
    data: { departmentId: id, institutionId, name, closed: closedOn !== null },
  })
}
