import type { Ctx } from '../../../kernel/ctx.ts'
import { dayOf } from '../../../kernel/day.ts'
import { refuse } from '../../../kernel/refusal.ts'
import type { Blind, Json, Resource, Stored } from '../../../kernel/resource/owner.ts'
import { findStored } from '../../../kernel/resource/read.ts'
import { listSame } from '../../../kernel/same-person.ts'
import { seal } from '../../../kernel/secret.ts'
import { type Received, receivedPatient, referenceIn } from '../fhir.ts'
import { bareNumber, foreignNumbers } from '../identifier.ts'
import { maskAddress, maskName } from '../mask.ts'
import * as store from '../store/person.ts'
import * as registry from '../store/registry.ts'
import { matchAgain } from './match.ts'
import { projectResident } from './project.ts'
import { registerWhole } from './register.ts'
import {
  cardNumber,
  identifierBlind,
  numberBlind,
  numberRows,
  phoneColumns,
  telecomBlind,
  typeBlind,
} from './written.ts'

/** What a FHIR create of a Patient does: registers, or finds the resident who is known by one of the identifiers. */
export async function receivePatient(ctx: Ctx, resource: Resource): Promise<Stored> {
  const { stored, id } = await registerWhole(ctx, receivedPerson(ctx, resource))
  return stored ?? (await findStored(ctx, 'Patient', id)) ?? projectResident(ctx, id)
}

/** Whom a Patient that is to be created describes. */
export function receivedPerson(ctx: Ctx, resource: Resource): Received {
  requireRight(ctx)
  requireBirthDate(resource, dayOf(ctx.now))
  return receivedPatient(resource, dayOf(ctx.now))
}

/** What a FHIR update of a Patient does: corrects the person; numbers are added and never taken away. */
export async function changePatient(ctx: Ctx, id: string, resource: Resource): Promise<Stored> {
  requireRight(ctx)
  requireBirthDate(resource, dayOf(ctx.now))
  const before = await store.lock(ctx, id)
  const said = receivedPatient(resource, dayOf(ctx.now))
  const numbers = numberRows(said.numbers)
  if (!(await registry.addNumbers(ctx, id, numbers))) refuse('conflict', 'resident.document-of-another')
  const { name, names, sex, birthDate, birthSaid, address, addresses, telecom, phone, links } = said
  const person = {
    ...{ name, names: names && JSON.stringify(names), birthSaid },
    ...{
      address,
      addresses: addresses && JSON.stringify(addresses),
      links: await foreignLinks(ctx, id, links),
    },
    addressMasked: address === null ? null : maskAddress(address),
    // Without telecom, or with masked values only, what is known stays.
    ...(telecom ? { telecomSealed: seal(JSON.stringify(telecom)), ...phoneColumns(phone) } : {}),
  }
  const idMasked = before.idMasked ?? cardNumber(said.numbers)
  const card = { nameMasked: maskName(name), sex, birthDate, idMasked }
  await store.change(ctx, { id, version: before.version }, { person, resident: card })
  await matchAgain(ctx, id)
  return projectResident(ctx, id)
}

/** Patient.link as others say it, without what this index says itself (somebody writes back what they read). */
async function foreignLinks(ctx: Ctx, id: string, links: readonly Json[] | null): Promise<string | null> {
  const own = new Set((await listSame(ctx, [id])).map(({ otherId }) => `Patient/${otherId}`))
  const foreign = (links ?? []).filter((link) => !own.has(referenceIn(link)))
  return foreign.length > 0 ? JSON.stringify(foreign) : null
}

function requireRight(ctx: Ctx): void {
  const { kind, permissions } = ctx.actor
  if (kind !== 'system' && !permissions.has('resident.register')) refuse('forbidden', 'kernel.not-permitted')
}

/** Refuses 422 a birth that lies ahead, or in a year in which nobody who is treated today was born. */
function requireBirthDate({ birthDate }: Resource, today: string): void {
  if (typeof birthDate !== 'string') return
  const isRight = birthDate >= '1850' && birthDate <= today
  if (isRight) return
  const fields = [{ path: 'Patient.birthDate', problem: 'is no birth date of a patient' }]
  refuse('unprocessable', 'resident.birth-date-out-of-range', { fields })
}

/** Digests of a Patient's numbers and telephones as a search names them: what the store holds in their place. */
export const blinded: Readonly<Record<string, Blind>> = {
  identifier: (ctx, system, value) => {
    const today = dayOf(ctx.now)
    // What is no document of China lies as it was written.
    if (system === null) return [numberBlind(bareNumber(value, today)), numberBlind(value.trim())]
    return foreignNumbers(system, value, { about: null, today }).map(identifierBlind)
  },
  'identifier:of-type': (_ctx, type, value) => (type === null ? [] : [typeBlind(type, value)]),
  phone: (_ctx, _system, value) => [telecomBlind('phone', value)],
  email: (_ctx, _system, value) => [telecomBlind('email', value)],
  telecom: (_ctx, system, value) =>
    (system ? [system] : ['phone', 'email', 'sms', 'url', 'fax', 'pager', 'other']).map((one) =>
      telecomBlind(one, value),
    ),
}
