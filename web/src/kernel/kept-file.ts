import { upload } from './upload.ts'

/**
 * Files that a form names and the server may not have yet: kept in the browser's cache under the hash of their content,
 * which is also the name that the server gives them, and brought before what names them is sent.
 */
const KEPT = 'tongmai-files'
const KEPT_AT = 'x-kept-at'
const FORGOTTEN_MS = 30 * 86_400_000

const addressOf = (hash: string): string => `/kept/${hash}`
/** An address without TLS has neither cache nor digest. */
const canKeep = (): boolean => typeof caches !== 'undefined' && crypto.subtle !== undefined

/** Keeps a file on this device and answers its hash; where the browser keeps nothing, it is brought to the server at once. */
export async function keepFile(file: File): Promise<string> {
  if (!canKeep()) return (await upload(file)).hash
  const bytes = await file.arrayBuffer()
  const hash = hexOf(await crypto.subtle.digest('SHA-256', bytes))
  const headers = { 'content-type': file.type, [KEPT_AT]: String(Date.now()) }
  const files = await caches.open(KEPT)
  await forgetOld(files)
  await files.put(addressOf(hash), new Response(bytes, { headers }))
  return hash
}

const hexOf = (digest: ArrayBuffer): string =>
  [...new Uint8Array(digest)].map((byte) => byte.toString(16).padStart(2, '0')).join('')

/** Of forms that nobody finished. */
async function forgetOld(files: Cache): Promise<void> {
  for (const address of await files.keys()) {
    const at = Number((await files.match(address))?.headers.get(KEPT_AT))
    if (Date.now() - at > FORGOTTEN_MS) await files.delete(address)
  }
}

/** Brings those of these files that lie on this device to the server; one that is there already is the same file there. */
export async function bringFiles(hashes: readonly string[]): Promise<void> {
  if (hashes.length === 0 || !canKeep()) return
  const files = await caches.open(KEPT)
  for (const hash of hashes) {
    const kept = await files.match(addressOf(hash))
    if (!kept) continue
    const bytes = await kept.blob()
    await upload(new File([bytes], hash, { type: bytes.type }))
  }
}

/** Forgets files: what named them was done, or the person let it go. */
export async function dropFiles(hashes: readonly string[]): Promise<void> {
  if (hashes.length === 0 || !canKeep()) return
  const files = await caches.open(KEPT)
  for (const hash of hashes) await files.delete(addressOf(hash))
}
