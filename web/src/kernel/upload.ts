import * as z from 'zod/mini'
import { answered } from './call.ts'
import { newKey } from './new-key.ts'

const uploaded = z.object({ hash: z.string(), size: z.number(), media: z.string() })

/** A file the server holds, by its content; an action attaches the hash. */
export type Uploaded = z.output<typeof uploaded>

/** Sends one file to the server; a write then attaches its hash. */
export async function upload(file: File): Promise<Uploaded> {
  const body = new FormData()
  body.append('file', file)
  const headers = { 'idempotency-key': newKey() }
  const address = new URL('/api/files', location.origin)
  const response = await answered(new Request(address, { method: 'POST', body, headers }), true)
  return z.parse(uploaded, await response.json())
}
