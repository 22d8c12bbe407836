import { type UseMutationResult, useMutation, useQueryClient } from '@tanstack/react-query'
import type { Endpoint, Output } from '@tongmai/api/kernel'
import { useRef } from 'react'
import { type Asked, call } from './call.ts'
import { concerns } from './concern.ts'
import { forgetIntent, type Intent, keepIntent, readIntent, sentAs } from './intent.ts'
import { newKey } from './new-key.ts'
import { Refused } from './refused.ts'

export interface WriteOptions<E extends Endpoint> {
  /** Modules, events or things to read again afterwards, besides everything that names an id of what was sent. */
  readonly touches?: readonly string[]
  readonly onDone?: (answer: Output<E>, asked: Asked<E>) => void
}

/**
 * An act of the person: `const accept = useWrite(referralApi.accept)`, then `accept.mutate({ params, body })`.
 * One intent has one idempotency key: pressing again after a lost answer does not do it twice, not even after a reload.
 */
export function useWrite<E extends Endpoint>(
  endpoint: E,
  { touches = [], onDone }: WriteOptions<E> = {},
): UseMutationResult<Output<E>, Refused, Asked<E>> {
  const queries = useQueryClient()
  const name = `intent ${endpoint.method} ${endpoint.path}`
  const intent = useRef<Intent>(undefined)
  const forget = () => {
    intent.current = undefined
    forgetIntent(name)
  }
  return useMutation<Output<E>, Refused, Asked<E>>({
    mutationFn: (asked) => {
      const sent = JSON.stringify(asked)
      intent.current ??= readIntent(name)
      if (intent.current?.sent !== sentAs(sent))
        intent.current = { sent: sentAs(sent), key: newKey(), at: Date.now() }
      keepIntent(name, sent, intent.current)
      return call(endpoint, asked, { key: intent.current.key })
    },
    onSuccess: (answer, asked) => {
      forget()
      const news = [...touches, ...idsIn(asked)]
      void queries.invalidateQueries({
        predicate: ({ queryKey }) => news.some((one) => concerns(queryKey, one)),
      })
      onDone?.(answer, asked)
    },
    onError: (error) => {
      if (error instanceof Refused && !error.passing && error.kind !== 'defect') forget()
    },
  })
}

const uuid = /[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}/g
const idsIn = (asked: unknown): string[] =>
  JSON.stringify((asked as { params?: unknown }).params ?? {}).match(uuid) ?? []
