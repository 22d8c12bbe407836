import { createDecipheriv, createHmac, hash, hkdfSync, randomBytes } from 'node:crypto'
import sodium from 'sodium-native'
import { randomPart } from './random.ts'

// Node's own cipher is an object for each text: to open one with it took four times as long.
const {
  crypto_aead_xchacha20poly1305_ietf_encrypt: encrypt,
  crypto_aead_xchacha20poly1305_ietf_decrypt: decrypt,
  crypto_aead_xchacha20poly1305_ietf_NPUBBYTES: NONCE,
  crypto_aead_xchacha20poly1305_ietf_ABYTES: TAG,
} = sodium

let sealing: Buffer | undefined
let olderSealing: Buffer | undefined
let indexing: Buffer | undefined

/** Takes the installation's master key (32 bytes or more); called once, before anything is sealed. */
export function setMasterKey(master: Buffer): void {
  if (master.length < 32) throw new Error('the master key needs 32 bytes')
  const keyFor = (use: string) => Buffer.from(hkdfSync('sha256', master, 'tongmai', use, 32))
  sealing = keyFor('seal 2')
  olderSealing = keyFor('seal')
  indexing = keyFor('blind index')
}

const need = (key: Buffer | undefined): Buffer => {
  if (!key) throw new Error('no master key yet')
  return key
}

/**
 * `text` encrypted with XChaCha20-Poly1305 (draft-irtf-cfrg-xchacha); `2.` + base64url of nonce, ciphertext and tag. Never
 * twice the same.
 */
export function seal(text: string): string {
  const bytes = Buffer.from(text)
  const sealed = Buffer.allocUnsafe(NONCE + bytes.length + TAG)
  const nonce = sealed.subarray(0, NONCE)
  nonce.set(randomPart(NONCE))
  encrypt(sealed.subarray(NONCE), bytes, null, null, nonce, need(sealing))
  return `2.${sealed.toString('base64url')}`
}

/** What was sealed; throws where it was changed or sealed with another key. */
export function unseal(sealed: string): string {
  const bytes = Buffer.from(sealed.slice(2), 'base64url')
  if (sealed.startsWith('1.')) return unsealOlder(bytes)
  const text = Buffer.allocUnsafe(bytes.length - NONCE - TAG)
  decrypt(text, null, bytes.subarray(NONCE), null, bytes.subarray(0, NONCE), need(sealing))
  return text.toString()
}

/** As was sealed until November 2026: AES-256-GCM; nonce, tag and ciphertext. */
function unsealOlder(bytes: Buffer): string {
  const decipher = createDecipheriv('aes-256-gcm', need(olderSealing), bytes.subarray(0, 12))
  decipher.setAuthTag(bytes.subarray(12, 28))
  return Buffer.concat([decipher.update(bytes.subarray(28)), decipher.final()]).toString()
}

/** A keyed digest by which an encrypted value can be found, and nothing else: HMAC-SHA-256 of kind and text. */
export const blindIndex = (kind: string, text: string): string =>
  createHmac('sha256', need(indexing)).update(`${kind}\0${text}`).digest('base64url')

/** A new random token of 256 bits. */
export const newToken = (): string => randomBytes(32).toString('base64url')

/** How a token is kept: its SHA-256. */
export const hashToken = (token: string): string => hash('sha256', token, 'base64url')
