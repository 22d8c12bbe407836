import { createCipheriv, hkdfSync } from 'node:crypto'
import { beforeEach, expect, test } from 'vitest'
import { seal, setMasterKey, unseal } from './secret.ts'

const master = Buffer.alloc(32, 7)
beforeEach(() => setMasterKey(master))

test.each(['', '110101199003071234', '张三丰，男；𠮷', 'x'.repeat(100_000)])(
  'what is sealed is opened: %#',
  (text) => {
    const sealed = seal(text)
    expect(sealed).toMatch(/^2\.[\w-]+$/)
    expect(unseal(sealed)).toBe(text)
    expect(seal(text)).not.toBe(sealed)
  },
)

test('what was changed, cut off or sealed with another key is not opened', () => {
  const sealed = seal('13800138000')
  const bytes = Buffer.from(sealed.slice(2), 'base64url')
  for (const at of [0, 24, bytes.length - 1]) {
    const changed = Buffer.from(bytes)
    changed[at] = (changed[at] ?? 0) ^ 1
    expect(() => unseal(`2.${changed.toString('base64url')}`)).toThrow()
  }
  expect(() => unseal(sealed.slice(0, 40))).toThrow()
  expect(() => unseal('2.')).toThrow()
  setMasterKey(Buffer.alloc(32, 8))
  expect(() => unseal(sealed)).toThrow()
})

test('what the first installations sealed is still opened', () => {
  const nonce = Buffer.alloc(12, 3)
  const key = Buffer.from(hkdfSync('sha256', master, 'tongmai', 'seal', 32))
  const cipher = createCipheriv('aes-256-gcm', key, nonce)
  const body = Buffer.concat([cipher.update('身份证 1101'), cipher.final()])
  const sealed = `1.${Buffer.concat([nonce, cipher.getAuthTag(), body]).toString('base64url')}`
  expect(unseal(sealed)).toBe('身份证 1101')
})
