import { expect } from 'vitest'
import { asking } from './ask-fhir.ts'
import { anObservation } from './given-record.ts'
import type { Region } from './world.ts'

/** A page of a search as the tests look at it. */
export interface Answer {
  entry?: { resource: { id: string; resourceType: string }; search: { mode: string } }[]
  link: { relation: string; url: string }[]
  total?: number
}

export const strict = { prefer: 'handling=strict' }

type Signed = Readonly<Record<string, string>>

/** A code that only the tests know. */
export const code = (value: string, display = value) => ({
  code: { coding: [{ system: 'urn:test', code: value, display }] },
})

/** How tests store and search: every search is strict, and what it answers is asserted to be an answer. */
export function finding(world: () => Region, signed: () => Signed, patient: () => { id: string }) {
  const ask = asking(world, signed)
  const find = async (path: string, as = signed()): Promise<Answer> => {
    const { status, body } = await ask('GET', path, { as, headers: strict })
    expect([status, body.issue]).toEqual([200, undefined])
    return body
  }
  const ids = async (path: string, as = signed()) =>
    ((await find(path, as)).entry ?? []).map(({ resource }) => resource.id)
  const post = async (body: Record<string, unknown>, as = signed()): Promise<string> => {
    const answer = await ask('POST', `/${body.resourceType}`, { body, as })
    expect([answer.status, answer.body?.issue]).toEqual([201, undefined])
    return answer.body.id
  }
  const observe = (more: Record<string, unknown> = {}, who = patient().id, as = signed()) =>
    post({ ...anObservation(who, more) }, as)
  return { ask, find, ids, post, observe }
}
