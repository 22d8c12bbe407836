import type { Stored } from '../../kernel/resource/owner.ts'
import { cursorOf } from '../../kernel/resource/query.ts'
import type { Answerable } from '../../kernel/resource/read.ts'

/** One page of a search, to be wrapped. */
export interface Shown {
  readonly path: string
  /** The parameters that were understood: they make the links. */
  readonly asked: readonly (readonly [string, string])[]
  readonly found: readonly Answerable[]
  /** What is included with them. */
  readonly beside?: readonly Answerable[]
  readonly next: readonly string[] | undefined
  /** How many there are in all, where that is known. */
  readonly total?: number | undefined
}

const entry = (base: string, { type, id, content }: Answerable, mode: 'match' | 'include'): string =>
  `{"fullUrl":${JSON.stringify(`${base}/${type}/${id}`)},"resource":${content},"search":{"mode":"${mode}"}}`

/** The Bundle of one page, as JSON: the resources go through as they lie in the store. */
export function bundleOf(base: string, { path, asked, found, beside = [], next, total }: Shown): string {
  const entries = [
    ...found.map((one) => entry(base, one, 'match')),
    ...beside.map((one) => entry(base, one, 'include')),
  ]
  const list = entries.length > 0 ? `,"entry":[${entries.join(',')}]` : ''
  const count = total === undefined ? '' : `"total":${total},`
  return `{"resourceType":"Bundle","type":"searchset",${count}"link":${linksOf(base, { path, asked, next })}${list}}`
}

/** The address of this page and of the next, as JSON. */
function linksOf(base: string, { path, asked, next }: Pick<Shown, 'path' | 'asked' | 'next'>): string {
  const query = new URLSearchParams(asked.map(([name, value]) => [name, value]))
  const link = (relation: string, params: URLSearchParams) => {
    const text = params.toString()
    return { relation, url: `${base}${path ? `/${path}` : ''}${text ? `?${text}` : ''}` }
  }
  const links = [link('self', query)]
  if (next) {
    const onward = new URLSearchParams(query)
    onward.set('_cursor', cursorOf(next))
    links.push(link('next', onward))
  }
  return JSON.stringify(links)
}

const change = ({ version, deleted }: Stored): { method: string; status: string } =>
  deleted
    ? { method: 'DELETE', status: '204' }
    : version === 1
      ? { method: 'POST', status: '201' }
      : { method: 'PUT', status: '200' }

/** One page of changes, to be wrapped. */
export interface ShownChanges extends Pick<Shown, 'path' | 'asked' | 'next'> {
  readonly versions: readonly Stored[]
}

/** The versions of one or many resources as a history Bundle, the newest first. */
export function historyOf(base: string, { path, asked, next, versions }: ShownChanges): string {
  const entries = versions.map((stored) => {
    const { type, id, version, updatedAt, content, deleted } = stored
    const { method, status } = change(stored)
    const url = method === 'POST' ? type : `${type}/${id}`
    const request = JSON.stringify({ method, url })
    const response = JSON.stringify({
      status,
      etag: `W/"${version}"`,
      lastModified: updatedAt.toISOString(),
    })
    const resource = deleted ? '' : `"resource":${content},`
    return `{"fullUrl":${JSON.stringify(`${base}/${type}/${id}`)},${resource}"request":${request},"response":${response}}`
  })
  const isWhole = next === undefined && !asked.some(([name]) => name === '_cursor')
  const count = isWhole ? `"total":${versions.length},` : ''
  const list = entries.length > 0 ? `,"entry":[${entries.join(',')}]` : ''
  return `{"resourceType":"Bundle","type":"history",${count}"link":${linksOf(base, { path, asked, next })}${list}}`
}
