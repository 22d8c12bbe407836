import { pinyin } from 'pinyin-pro'
import type { Resource } from '../../kernel/resource/owner.ts'
import { simplified } from '../../kernel/resource/script.ts'

/** Chinese names as they are spoken: what a Patient is found by in pinyin, in full and (the whole name) by initials. */
export function spokenKeys({ name }: Resource): string[] {
  const keys = (Array.isArray(name) ? name : []).flatMap((one) => {
    const { text, family, given } = one as { text?: string; family?: string; given?: string[] }
    const whole = text ?? `${family ?? ''}${(given ?? []).join('')}`
    const { full, initials } = spoken(whole, true)
    const surname = family ? spoken(family, true).full : ''
    const others = (given ?? []).map((part) => spoken(part, false).full)
    // What the index knows of the parts of a name lies under the whole name, of which the surname is the beginning.
    const begun = full.startsWith(surname) ? [] : [surname]
    return [
      ...[full, initials, ...begun, ...others].map((one) => `name=${one}`),
      `family=${surname}`,
      ...others.map((one) => `given=${one}`),
    ]
  })
  return [...new Set(keys)].filter((key) => !key.endsWith('='))
}

const nothing = { full: '', initials: '' }

/** A surname is read as surnames are (单 shàn, 曾 zēng). */
function spoken(text: string, isSurnameFirst: boolean): { full: string; initials: string } {
  if (!/\p{Script=Han}/u.test(text)) return nothing
  const surname = isSurnameFirst ? 'head' : 'off'
  const syllables = pinyin(simplified(text), { toneType: 'none', type: 'array', v: true, surname }).map(
    (one) => one.toLowerCase(),
  )
  return { full: syllables.join(''), initials: syllables.map((one) => one.charAt(0)).join('') }
}
