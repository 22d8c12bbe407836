import { createCipheriv, createDecipheriv, createHmac, hash, hkdfSync, randomBytes } from 'node:crypto'
import { randomPart } from './random.ts'

let sealing: Buffer | undefined
let indexing: Buffer | undefined

/** Takes the installation's master key (32 bytes or more); called once, before anything is sealed. */
export function setMasterKey(master: Buffer): void {
  if (master.length < 32) throw new Error('the master key needs 32 bytes')
  sealing = Buffer.from(hkdfSync('sha256', master, 'tongmai', 'seal', 32))
  recent.clear()
  indexing = Buffer.from(hkdfSync('sha256', master, 'tongmai', 'blind index', 32))
}

const need = (key: Buffer | undefined): Buffer => {
  if (!key) throw new Error('no master key yet')
  return key
}

/** What was sealed a moment ago is nearly always opened once or twice: as somebody's keys, and as the answer. */
const recent = new Map<string, string>()
const RECENT_MAX = 256

function remember(sealed: string, text: string): void {
  recent.set(sealed, text)
  if (recent.size <= RECENT_MAX) return
  const [oldest] = recent.keys()
  if (oldest !== undefined) recent.delete(oldest)
}

/** `text` encrypted with AES-256-GCM; `1.` + base64url of nonce, tag and ciphertext. Never twice the same. */
export function seal(text: string): string {
  const nonce = randomPart(12)
  const cipher = createCipheriv('aes-256-gcm', need(sealing), nonce)
  const body = Buffer.concat([cipher.update(text, 'utf8'), cipher.final()])
  const sealed = `1.${Buffer.concat([nonce, cipher.getAuthTag(), body]).toString('base64url')}`
  remember(sealed, text)
  return sealed
}

/** What was sealed; throws where it was changed or sealed with another key. */
export function unseal(sealed: string): string {
  const known = recent.get(sealed)
  if (known !== undefined) return known
  const bytes = Buffer.from(sealed.slice(2), 'base64url')
  const decipher = createDecipheriv('aes-256-gcm', need(sealing), bytes.subarray(0, 12))
  decipher.setAuthTag(bytes.subarray(12, 28))
  return Buffer.concat([decipher.update(bytes.subarray(28)), decipher.final()]).toString('utf8')
}

/** A keyed digest by which an encrypted value can be found, and nothing else: HMAC-SHA-256 of kind and text. */
export const blindIndex = (kind: string, text: string): string =>
  createHmac('sha256', need(indexing)).update(`${kind}\0${text}`).digest('base64url')

/** A new random token of 256 bits. */
export const newToken = (): string => randomBytes(32).toString('base64url')

/** How a token is kept: its SHA-256. */
export const hashToken = (token: string): string => hash('sha256', token, 'base64url')
