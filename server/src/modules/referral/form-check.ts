import { timingSafeEqual } from 'node:crypto'
import { dayOf, hourOf } from '../../kernel/day.ts'
import { blindIndex } from '../../kernel/secret.ts'

/** What the QR code of a printed form says: number, arranged time, receiver; and our keyed hash over them. */
export interface FormClaim {
  readonly n: string
  readonly at: string
  readonly to: string
}

const HASH_LENGTH = 16
/** Where whoever scans the code finds out. */
export const VERIFY_PATH = '/verify/referral-form'

/** The keyed short hash of a claim: 96 bits, only this installation can make it. */
export const hashOf = ({ n, at, to }: FormClaim): string =>
  blindIndex('referral.form', [n, at, to].join('\n')).slice(0, HASH_LENGTH)

/** Whether this installation issued a form that says exactly this. */
export function isGenuine({ h, ...claim }: FormClaim & { h: string }): boolean {
  const given = Buffer.from(h)
  const right = Buffer.from(hashOf(claim))
  return given.length === right.length && timingSafeEqual(given, right)
}

/** The address behind the QR code. */
export const verifyUrl = (publicUrl: string, claim: FormClaim): string =>
  `${publicUrl}${VERIFY_PATH}?${new URLSearchParams({ ...claim, h: hashOf(claim) })}`

const marks: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
}
const plain = (text: string): string => text.replace(/[&<>"']/g, (mark) => marks[mark] ?? mark)

/** What whoever scans the code reads: whether the form is ours, and what it says if it is. */
export function verdictPage(claim: FormClaim & { h: string }): string {
  const genuine = isGenuine(claim)
  const verdict = genuine ? '✓ 本平台签发的转诊单' : '✗ 不是本平台签发的转诊单，或内容被改动过'
  const at = /^\d{4}-\d\d-\d\dT/.test(claim.at) ? shownAt(claim.at) : claim.at
  const facts = [
    ['单号 Number', claim.n],
    ['时间 Time', at],
    ['接收机构 Receiver', claim.to],
  ].map(([term = '', value = '']) => `<dt>${term}</dt><dd>${plain(value)}</dd>`)
  return `<!doctype html><html lang="zh-CN"><meta charset="utf-8"><meta name="viewport" content="width=device-width">
<title>转诊单核验</title><body><h1>${verdict}</h1><p>${genuine ? 'Genuine' : 'Not genuine'}</p>
${genuine ? `<dl>${facts.join('')}</dl><p>请与纸质单上的内容核对。</p>` : ''}</body></html>`
}

/** `2026-11-23T01:00:00.000Z` → `2026-11-23 09:00`, in Asia/Shanghai. */
function shownAt(iso: string): string {
  const at = new Date(iso)
  return `${dayOf(at)} ${String(hourOf(at)).padStart(2, '0')}:${iso.slice(14, 16)}`
}
