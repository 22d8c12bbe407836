import type {
  LicenceKind,
  PracticeScope,
  PractitionerKind,
  Sex,
  Title,
} from '@tongmai/api/workforce/practitioner'
import { asSystem } from '../../../kernel/as-system.ts'
import type { Ctx } from '../../../kernel/ctx.ts'
import { refuse } from '../../../kernel/refusal.ts'
import type { Resource, Stored } from '../../../kernel/resource/owner.ts'
import { blindIndex } from '../../../kernel/secret.ts'
import { type ForeignPractitioner, foreignPractitioner } from '../fhir.ts'
import * as store from '../store/practitioner.ts'
import { addLicenceTo } from './licence.ts'
import { projectPractitioner } from './project.ts'

/** Somebody new on the staff, with all that they bring along. */
export interface Newcomer {
  readonly id?: string
  readonly name: string
  readonly sex: Sex
  readonly kind: PractitionerKind
  readonly title: Title
  readonly phone?: string | null
  /** The first one is the primary site unless another says so. */
  readonly sites: readonly {
    institutionId: string
    departmentId?: string | null
    primary?: boolean
    since: string
    until?: string | null
  }[]
  readonly licences: readonly {
    kind: LicenceKind
    number: string
    scopes: PracticeScope[]
    since: string
    until?: string | null
  }[]
}

/** Adds a practitioner with sites and licences at once; for demonstrations, imports and tests, as the system. */
export async function addPractitioner(ctx: Ctx, newcomer: Newcomer): Promise<{ id: string }> {
  const { sites, licences, phone = null, name, sex, kind, title } = newcomer
  const chief = sites.find((s) => s.primary) ?? sites[0]
  if (!chief) return refuse('unprocessable', 'workforce.no-site')
  return asSystem(ctx, async (all) => {
    const row = await store.add(all, {
      ...{ id: newcomer.id ?? ctx.id(), name, sex, kind, title, phone },
      ...{ institutionId: chief.institutionId, sourceKey: null },
    })
    for (const site of sites) {
      await store.addSite(all, {
        ...{
          practitionerId: row.id,
          id: ctx.id(),
          institutionId: site.institutionId,
          isPrimary: site === chief,
        },
        ...{ departmentId: site.departmentId ?? null, since: site.since, until: site.until ?? null },
      })
    }
    for (const licence of licences) await addLicenceTo(all, row, { ...licence, until: licence.until ?? null })
    if (licences.length === 0) await projectPractitioner(all, row)
    return { id: row.id }
  })
}

/**
 * Takes in a practitioner of a foreign record: readable for everyone who may read the record, on nobody's staff and
 * never licensed. One met before (by identifier) is the same one again.
 */
export async function addExternalPractitioner(
  ctx: Ctx,
  foreign: ForeignPractitioner & { id?: string },
): Promise<Stored> {
  const sourceKey =
    foreign.identifier &&
    blindIndex('workforce.source', `${foreign.identifier.system}|${foreign.identifier.value}`)
  return asSystem(ctx, async (all) => {
    const known = sourceKey === null ? undefined : await store.findBySource(all, sourceKey)
    const row =
      known ??
      (await store.add(all, {
        ...{ id: foreign.id ?? ctx.id(), institutionId: null, name: foreign.name, sex: foreign.sex },
        ...{ kind: 'physician', title: 'none', phone: null, external: true, sourceKey },
      }))
    return projectPractitioner(all, row)
  })
}

/** What a FHIR create of a Practitioner does: nobody joins a staff that way. */
export const receivePractitioner = (ctx: Ctx, resource: Resource): Promise<Stored> =>
  addExternalPractitioner(ctx, foreignPractitioner(resource))

/** What a FHIR update does: only of those who came in that way. */
export async function changeForeignPractitioner(ctx: Ctx, id: string, resource: Resource): Promise<Stored> {
  return asSystem(ctx, async (all) => {
    const row = await store.lock(all, id)
    if (!row.external) refuse('conflict', 'workforce.kept-by-its-institution')
    const { name, sex } = foreignPractitioner(resource)
    return projectPractitioner(all, await store.change(all, row, { name, sex }))
  })
}
