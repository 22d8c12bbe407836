import type { personApi, RevealedField } from '@tongmai/api/resident/person'
import { ownInstitution } from '../../../kernel/actor.ts'
import type { Ctx } from '../../../kernel/ctx.ts'
import { dayOf } from '../../../kernel/day.ts'
import type { Actions } from '../../../kernel/module.ts'
import { refuse } from '../../../kernel/refusal.ts'
import { unseal } from '../../../kernel/secret.ts'
import { tell } from '../events.ts'
import { maskAddress, maskName } from '../mask.ts'
import * as store from '../store/person.ts'
import * as registry from '../store/registry.ts'
import { householdActions } from './household.ts'
import { basesFor, cards, requireResident } from './lawful.ts'
import { proposeByHand } from './link.ts'
import { matchAgain } from './match.ts'
import { projectResident } from './project.ts'
import { readDocuments, register, registerWhole } from './register.ts'
import { search } from './search.ts'
import { cardNumber, numberRows, phoneColumns } from './written.ts'

const tellChanged = (ctx: Ctx, id: string, version: number) =>
  tell(ctx, 'resident.changed', {
    thing: `resident:${id}`,
    residentId: id,
    audience: [ownInstitution(ctx.actor)],
    data: { version },
  })

async function answered(ctx: Ctx, { id, isNew }: { id: string; isNew: boolean }) {
  const card = (await cards(ctx, [id])).get(id)
  return card ? { id, isNew, card } : refuse('missing', 'resident.missing')
}

/** Takes numbers for a resident, or refuses: another has one of them, and only people can say who is who. */
async function claim(ctx: Ctx, residentId: string, numbers: readonly registry.NumberRow[]): Promise<void> {
  if (await registry.addNumbers(ctx, residentId, numbers)) return
  const blinds = numbers.map((n) => n.blind)
  const others = await store.listCards(ctx, await registry.ownersOf(ctx, blinds, residentId))
  const details = { other: others[0], others, propose: 'link' }
  refuse('conflict', 'resident.document-of-another', { details })
}

const lapsed = (path: string, problem: string): never =>
  refuse('invalid', `resident.${problem}`, { fields: [{ path, problem: `resident.${problem}` }] })

export const personActions: Actions<typeof personApi> = {
  ...householdActions,
  search,

  register: async (ctx, { body }) => answered(ctx, await register(ctx, body)),

  async registerUnknown(ctx, { body }) {
    if (body.foundAt > ctx.now) lapsed('body.foundAt', 'found-in-the-future')
    const stamp = dayOf(body.foundAt).replaceAll('-', '')
    const name = `无名氏${stamp}-${ctx.id().slice(-4).toUpperCase()}`
    const { sex, foundAt, foundPlace, note } = body
    const given = { name, sex, birthDate: null, numbers: [], unknown: true, foundAt, foundPlace, note }
    return answered(ctx, await registerWhole(ctx, given))
  },

  async identify(ctx, { params, body }) {
    const before = await store.lock(ctx, params.id)
    if (!before.unknown) refuse('conflict', 'resident.identified-already')
    const { numbers, sex, birthDate } = readDocuments(ctx, body)
    await claim(ctx, params.id, numberRows(numbers))
    const { name, phone, address, divisionCode } = body
    await store.change(
      ctx,
      { id: params.id, version: before.version },
      {
        person: {
          ...{ name, names: null, unknown: false, address, divisionCode, ...phoneColumns(phone) },
          addressMasked: address === null ? null : maskAddress(address),
        },
        resident: { nameMasked: maskName(name), sex, birthDate, idMasked: cardNumber(numbers) },
      },
    )
    await projectResident(ctx, params.id)
    await matchAgain(ctx, params.id)
    const data = { documents: body.documents.length }
    const audience = [ownInstitution(ctx.actor)]
    await tell(ctx, 'resident.identified', {
      thing: `resident:${params.id}`,
      residentId: params.id,
      audience,
      data,
    })
    return requireResident(ctx, params.id)
  },

  async addDocument(ctx, { params, body }) {
    const before = await store.lock(ctx, params.id)
    const { sex, birthDate } = before
    const { numbers } = readDocuments(ctx, { documents: [body], sex, birthDate })
    await claim(ctx, params.id, numberRows(numbers))
    const idMasked = before.idMasked === null || body.kind === '01' ? cardNumber(numbers) : before.idMasked
    await store.change(
      ctx,
      { id: params.id, version: before.version },
      { person: {}, resident: { idMasked } },
    )
    await projectResident(ctx, params.id)
    await matchAgain(ctx, params.id)
    await tell(ctx, 'resident.document-added', {
      thing: `resident:${params.id}`,
      residentId: params.id,
      audience: [ownInstitution(ctx.actor)],
      data: { kind: body.kind },
    })
    return requireResident(ctx, params.id)
  },

  async proposeLink(ctx, { params, body }) {
    const before = await store.lock(ctx, params.id)
    if (body.otherId === params.id) refuse('conflict', 'resident.link-to-self')
    if (!(await cards(ctx, [body.otherId])).has(body.otherId)) refuse('missing', 'resident.missing')
    const id = await proposeByHand(ctx, {
      ...{ a: before.residentId, b: body.otherId, note: body.note },
      institutionId: ownInstitution(ctx.actor),
    })
    return id ? { id } : refuse('conflict', 'resident.link-proposed-already')
  },

  read: (ctx, { params }) => requireResident(ctx, params.id),

  async edit(ctx, { params, body }) {
    const { name, phone, address, divisionCode, sex, birthDate, version } = body
    const before = await store.lock(ctx, params.id)
    checkAgainstNumber(before, { sex, birthDate })
    if (birthDate && birthDate > dayOf(ctx.now)) lapsed('body.birthDate', 'birth-date-impossible')
    const person = {
      ...(name === null ? {} : { name, names: null }),
      ...(phone === null ? {} : { ...phoneColumns(phone), telecomSealed: null }),
      ...(address === null ? {} : { address, addresses: null, addressMasked: maskAddress(address) }),
      ...(divisionCode === null ? {} : { divisionCode }),
    }
    const resident = {
      ...(name === null || before.unknown ? {} : { nameMasked: maskName(name) }),
      ...(sex === null ? {} : { sex }),
      ...(birthDate === null ? {} : { birthDate }),
    }
    await store.change(ctx, { id: params.id, version }, { person, resident })
    await projectResident(ctx, params.id)
    await matchAgain(ctx, params.id)
    await tellChanged(ctx, params.id, version + 1)
    return requireResident(ctx, params.id)
  },

  reveal: async (ctx, { params, body }) => ({ value: await reveal(ctx, params.id, body) }),
}

/** Whoever has a Chinese number has the sex and the birth date that it says. */
function checkAgainstNumber(
  before: store.Whole,
  said: { sex: string | null; birthDate: string | null },
): void {
  const chinese = before.idMasked !== null && /^\d{3}\*{11}[\dX]{4}$/.test(before.idMasked)
  if (!chinese) return
  if (said.birthDate !== null && said.birthDate !== before.birthDate)
    lapsed('body.birthDate', 'birth-date-not-of-the-number')
  if (said.sex !== null && said.sex !== before.sex) lapsed('body.sex', 'sex-not-of-the-number')
}

/** One hidden value in full; who saw it and why goes into the access log and the audit trail. */
export async function reveal(
  ctx: Ctx,
  id: string,
  asked: { field: RevealedField; documentId?: string | undefined; reason: string },
): Promise<string> {
  const row = await store.findOpen(ctx, id)
  const lawful = (await basesFor(ctx, [id])).get(id)
  if (!row || !lawful) return refuse('missing', 'resident.missing')
  const value = await hiddenValue(ctx, row, asked)
  if (value === null) return refuse('missing', 'resident.nothing-to-reveal')
  ctx.opened({ residentId: id, basis: lawful.basis, thing: asked.field, purpose: asked.reason })
  const { field, reason } = asked
  await tell(ctx, 'resident.revealed', { thing: `resident:${id}`, residentId: id, data: { field, reason } })
  return value
}

async function hiddenValue(
  ctx: Ctx,
  row: store.Whole,
  { field, documentId }: { field: RevealedField; documentId?: string | undefined },
): Promise<string | null> {
  if (field === 'phone') return row.phoneSealed === null ? null : unseal(row.phoneSealed)
  if (field === 'address') return row.address
  const held = (await store.listIdentifiers(ctx, row.residentId)).filter((n) => !n.derived)
  const one =
    documentId === undefined
      ? (held.find((n) => n.kind === '01') ?? held[0])
      : held.find((n) => n.blind === documentId)
  return one ? unseal(one.valueSealed) : null
}
