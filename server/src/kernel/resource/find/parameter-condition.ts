import type { Ctx } from '../../ctx.ts'
import { refuse } from '../../refusal.ts'
import { beside, between, beyond, fitting, plainText } from '../comparable.ts'
import { isHere, pointerText } from '../extract.ts'
import { impliedSystems } from '../implied-system.ts'
import { type Blind, ownersOf } from '../owner.ts'
import { type Kind, type Parameter, type Slot, searchable } from '../parameter.ts'
import { isResourceType } from '../shape.ts'
import { anything, type Bind, type Condition, every, type Leaf, leafSql, some } from './condition.ts'
import { hierarchyLeaf } from './hierarchy.ts'
import { leafOf, split, type Wanted } from './value.ts'
import { codesOfValueSet } from './value-set.ts'

/** One parameter as it was asked. */
export interface Said {
  readonly type: string
  readonly parameter: Parameter
  readonly modifier: string | undefined
  readonly value: string
  /** As it stood in the address, for refusals. */
  readonly name: string
}

/** What may stand behind a parameter's name, by its kind; a reference takes a type besides. */
export const modifiers: Readonly<Record<Kind, readonly string[]>> = {
  token: ['missing', 'not', 'text', 'in', 'not-in', 'of-type', 'above', 'below'],
  string: ['missing', 'exact', 'contains'],
  date: ['missing'],
  number: ['missing'],
  quantity: ['missing'],
  reference: ['missing', 'identifier'],
  uri: ['missing', 'above', 'below'],
  composite: [],
  special: ['missing'],
}

const bad = (name: string, problem = 'is not understood'): never =>
  refuse('invalid', 'record.bad-search', { fields: [{ path: name, problem }] })

/** Refuses a modifier that its parameter does not take. */
export const unsupported = (name: string, modifier: string): never =>
  refuse('invalid', 'record.modifier-not-supported', {
    fields: [{ path: name, problem: `:${modifier} is not supported here` }],
  })

const weights: Readonly<Record<Kind, number>> = {
  reference: 2,
  uri: 2,
  special: 9,
  string: 4,
  token: 5,
  date: 6,
  number: 9,
  quantity: 9,
  composite: 9,
}

/** How much a slot narrows: numbers that are given out once the most, words of a short list the least. */
function weightOf(slot: Slot): number {
  if (slot.kind !== 'token') return weights[slot.kind]
  if (slot.places.every(({ type }) => type === 'Identifier')) return 1
  return slot.places.every(({ type }) => type === 'code') ? 7 : weights.token
}

const slotsOf = (type: string, parameter: Parameter): Slot[] =>
  parameter.slots.flatMap((name) => searchable(type).slots.get(name) ?? [])

const holding = (slot: Slot, leaf: Leaf, name = slot.name): Condition => ({
  kind: 'value',
  slot: name,
  leaf,
  index: name === slot.name ? slot.index : undefined,
  weight: weightOf(slot),
})

/** What a parameter asks; refused 400 where it is not understood or its modifier not supported. */
export async function parameterCondition(ctx: Ctx, said: Said): Promise<Condition> {
  const { parameter, modifier, name } = said
  const isPointed = parameter.kind === 'reference' && modifier !== undefined && isResourceType(modifier)
  if (modifier !== undefined && !isPointed && !modifiers[parameter.kind].includes(modifier))
    return unsupported(name, modifier)
  if (modifier === 'missing') return missing(said)
  if (modifier === 'in' || modifier === 'not-in') return inValueSet(ctx, said)
  const values = split(said.value, ',').filter(Boolean)
  if (values.length === 0) return bad(name)
  if (parameter.kind === 'token' && (modifier === 'above' || modifier === 'below'))
    return inHierarchy(ctx, said, values)
  if (modifier === 'not') return { kind: 'not', of: anyOf(ctx, { ...said, modifier: undefined }, values) }
  return anyOf(ctx, said, values)
}

/** What one value asks by a modifier that stands in no address: `is`, `ends`, and `contains` of an address. */
export const compared = (ctx: Ctx, said: Said): Condition => anyOf(ctx, said, [said.value])

function missing({ type, parameter, value, name }: Said): Condition {
  if (value !== 'true' && value !== 'false') return bad(name)
  const isPatient = parameter.targets.length === 1 && parameter.targets[0] === 'Patient'
  const pointsAt = (text: string, bind: Bind) =>
    `(${text} = '@' or right(${text}, 8) = ${bind.add(`${between}Patient`)})`
  const leaf: Leaf = { ranges: [anything], ...(isPatient ? { test: pointsAt } : {}) }
  const there = some(slotsOf(type, parameter).map((slot) => ({ ...holding(slot, leaf), index: undefined })))
  return value === 'true' ? { kind: 'not', of: there } : there
}

const notHeld = 'no value set of this url is held here whole, or it has more than 5 000 codes'

async function inValueSet(ctx: Ctx, { type, parameter, modifier, value, name }: Said): Promise<Condition> {
  const exact = (await codesOfValueSet(ctx, value)) ?? bad(name, notHeld)
  const inside = some(slotsOf(type, parameter).map((slot) => holding(slot, { exact })))
  return modifier === 'in' ? inside : { kind: 'not', of: inside }
}

/** The codes with all above or below them, each by its system; 400 where no hierarchy is held that has one. */
async function inHierarchy(ctx: Ctx, said: Said, values: readonly string[]): Promise<Condition> {
  const { type, parameter, modifier, name } = said
  if (isBlind(said)) return unsupported(name, modifier ?? '')
  const found: Condition[] = []
  for (const value of values) {
    const [system = '', ...rest] = split(value, '|')
    const leaf = await hierarchyLeaf(ctx, { system, code: rest.join('|') }, modifier === 'below')
    if (!leaf)
      refuse('invalid', 'record.no-hierarchy', {
        fields: [
          { path: name, problem: `${value}: say system|code, of a code system whose hierarchy is held here` },
        ],
      })
    else found.push(...slotsOf(type, parameter).map((slot) => holding(slot, leaf)))
  }
  return some(found)
}

const isBlind = ({ type, parameter }: Said): boolean =>
  ownersOf(type).some((owner) => owner.blinded?.[parameter.code])

/** One of several values. */
function anyOf(ctx: Ctx, said: Said, values: readonly string[]): Condition {
  const { type, parameter } = said
  const blind = ownersOf(type).find((owner) => owner.blinded?.[parameter.code])?.blinded?.[parameter.code]
  if (blind) {
    const [slot] = slotsOf(type, parameter)
    const ofType = `${parameter.code}:of-type`
    const typed = ownersOf(type).find((owner) => owner.blinded?.[ofType])?.blinded?.[ofType]
    if (slot && typed && said.modifier === 'of-type')
      return some(values.map((value) => typedAs(ctx, { slot, blind, typed }, value)))
    if (slot && typed && said.modifier === 'text')
      return some(values.map((value) => holding(slot, containing(plainText(value)), `${slot.name}:text`)))
    if (said.modifier) return unsupported(said.name, said.modifier)
    if (values.some((value) => value.endsWith('|'))) return bad(said.name, 'is found by its value only')
    return slot ? holding(slot, { exact: values.flatMap((value) => digestsOf(ctx, blind, value)) }) : some([])
  }
  const { own } = searchable(type)
  if (parameter.kind === 'reference' && own && parameter.slots.includes(own.name))
    return ownedBy(ctx, said, { own, values })
  return some(values.map((value) => oneOf(ctx, said, value)))
}

/** `system|code|value` of a parameter that is blinded: the value leads to the rows, its kind among them. */
function typedAs(
  ctx: Ctx,
  { slot, blind, typed }: { slot: Slot; blind: Blind; typed: Blind },
  text: string,
): Condition {
  const [system = '', code = '', ...rest] = split(text, '|')
  const value = rest.join('|')
  const kind = holding(slot, { exact: typed(ctx, `${system}|${code}`, value) }, `${slot.name}:of-type`)
  return every([holding(slot, { exact: blind(ctx, null, value) }), kind])
}

/** How the value of a blinded parameter may lie in the store. */
export function digestsOf(
  ctx: Ctx,
  blind: (ctx: Ctx, system: string | null, value: string) => readonly string[],
  text: string,
) {
  const at = text.indexOf('|')
  return blind(ctx, at < 0 ? null : text.slice(0, at), text.slice(at + 1))
}

/** By the element that says whose it is: patients are looked for by their key, everything else by its value. */
function ownedBy(ctx: Ctx, said: Said, { own, values }: { own: Slot; values: readonly string[] }): Condition {
  const patients: string[] = []
  const others: string[] = []
  const { targets } = said.parameter
  for (const value of values) {
    const [id = '', type] = pointerText(value, isHere).split(between)
    const isPatient = type === 'Patient' || (type === undefined && /^[A-Za-z0-9\-.]{1,64}$/.test(value))
    const isWanted = targets.includes('Patient') || targets.includes('*')
    if (said.modifier !== 'identifier' && isPatient && isWanted && (said.modifier ?? 'Patient') === 'Patient')
      patients.push(id)
    else others.push(value)
  }
  const asked = others.map((value) => oneOf(ctx, said, value))
  if (patients.length > 0) asked.unshift(pointingAt(own, 'Patient', patients))
  return some(asked)
}

/** What points at one of these by this slot. */
export function pointingAt(slot: Slot, type: string, ids: readonly string[]): Condition {
  const exact = ids.map((id) => `${id}${between}${type}`)
  const plain = holding(slot, { exact })
  if (!slot.isOwn || type !== 'Patient') return plain
  return every([{ kind: 'patient', ids }, holding({ ...slot, index: undefined }, { exact: ['@'] })])
}

function oneOf(ctx: Ctx, said: Said, value: string): Condition {
  const { type, parameter, modifier, name } = said
  if (modifier === 'text') {
    const leaf = containing(plainText(value))
    return some(slotsOf(type, parameter).map((slot) => holding(slot, leaf, `${slot.name}:text`)))
  }
  if (modifier === 'of-type') {
    const [system = '', code = '', ...rest] = split(value, '|')
    const leaf = { exact: [fitting(`${fitting(`${code}${between}${system}`)}${between}${rest.join('|')}`)] }
    return some(slotsOf(type, parameter).map((slot) => holding(slot, leaf, `${slot.name}:of-type`)))
  }
  if (parameter.kind === 'composite') return composite(ctx, said, split(value, '$'))
  const wanted = wantedOf(ctx, parameter, value, modifier)
  return some(
    slotsOf(type, parameter).map((slot) =>
      holding(slot, leafOf({ ...wanted, ...saidBy(type, slot) }) ?? bad(name)),
    ),
  )
}

const containing = (words: string): Leaf => ({
  ranges: [anything],
  test: (value, bind) => `position(${bind.add(words)}::text in ${value}) > 0`,
})

/** Of what types the values of a slot are, and of which systems codes without one. */
const saidBy = (type: string, slot: Slot) => ({
  types: typesOf(slot.places),
  systems: impliedSystems(type, slot),
})

const typesOf = (places: readonly { type: string }[]) => new Set(places.map(({ type }) => type))

const wantedOf = (
  ctx: Ctx,
  parameter: Parameter,
  text: string,
  modifier?: string,
): Omit<Wanted, 'types'> => ({
  kind: parameter.kind,
  text,
  modifier,
  targets: parameter.targets,
  now: ctx.now,
})

/** `part$part`: at the root each part by its own parameter, in a list by the parts of one entry. */
function composite(ctx: Ctx, said: Said, parts: readonly string[]): Condition {
  const { type, parameter, name } = said
  const asked = parameter.targets.map((code) => searchable(type).parameters.get(code))
  if (parts.length !== asked.length || parts.includes('')) return bad(name)
  return some(
    parameter.slots.map((slot) => {
      if (!slot.startsWith('&')) return listed(ctx, said, { slot, parts })
      const codes = slot.slice(1).split('&')
      return every(
        codes.map((code, n) => {
          const part = searchable(type).parameters.get(code)
          return part ? oneOf(ctx, { ...said, parameter: part }, parts[n] ?? '') : some([])
        }),
      )
    }),
  )
}

function listed(
  ctx: Ctx,
  said: Said,
  { slot: name, parts }: { slot: string; parts: readonly string[] },
): Condition {
  const { type, parameter } = said
  const slot = searchable(type).slots.get(name)
  if (!slot) return some([])
  const leaves = slot.parts.map(({ kind, places }, n) => {
    const part = searchable(type).parameters.get(parameter.targets[n] ?? '')
    const targets = part?.kind === 'reference' ? part.targets : ['*']
    const wanted = wantedOf(ctx, part ?? parameter, parts[n] ?? '')
    const systems = impliedSystems(type, { name: `${name} ${n}`, places, list: slot.list })
    return leafOf({ ...wanted, kind, targets, types: typesOf(places), systems }) ?? bad(said.name)
  })
  const test = (value: string, bind: Bind) =>
    leaves
      .map((leaf, n) => `(${leafSql(leaf, `split_part(${value}, '${beside}', ${n + 1})`, bind)})`)
      .join(' and ')
  return holding(slot, { ranges: [['', beyond]], test })
}
