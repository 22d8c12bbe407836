import * as z from 'zod/mini'
import { newKey } from './new-key.ts'
import { Refused, refusedBy } from './refused.ts'
import { sessionEnded } from './session-end.ts'

const uploaded = z.object({ hash: z.string(), size: z.number(), media: z.string() })

/** A file the server holds, by its content; an action attaches the hash. */
export type Uploaded = z.output<typeof uploaded>

/** Sends one file to the server; a write then attaches its hash. */
export async function upload(file: File): Promise<Uploaded> {
  const body = new FormData()
  body.append('file', file)
  const send = () =>
    fetch('/api/files', { method: 'POST', body, headers: { 'idempotency-key': newKey() } }).catch(() => {
      throw new Refused('unreachable', { code: 'web.refused.unreachable' })
    })
  let response = await send()
  while (response.status === 401) {
    await sessionEnded()
    response = await send()
  }
  if (!response.ok) throw await refusedBy(response)
  return z.parse(uploaded, await response.json())
}
