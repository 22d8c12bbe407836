import { pinyin } from 'pinyin-pro'
import type { Resource } from '../../kernel/resource/owner.ts'
import { simplified } from '../../kernel/resource/script.ts'

/** Chinese names as they are spoken: what a Patient is found by in pinyin, in full and (the whole name) by initials. */
export function spokenKeys({ name }: Resource): string[] {
  const keys = (Array.isArray(name) ? name : []).flatMap((one) => {
    const { text, family = '', given = [] } = one as { text?: string; family?: string; given?: string[] }
    const whole = text ?? `${family}${given.join('')}`
    const syllables = spoken(whole)
    const [surname = '', ...others] = [family, ...given].map((part) =>
      partOf(whole, syllables, part).join(''),
    )
    const full = syllables.join('')
    const initials = syllables.map((syllable) => syllable.charAt(0)).join('')
    // What the index knows of the parts of a name lies under the whole name, of which the surname is the beginning.
    const begun = full.startsWith(surname) ? [] : [surname]
    return [
      ...[full, initials, ...begun, ...others].map((said) => `name=${said}`),
      `family=${surname}`,
      ...others.map((said) => `given=${said}`),
    ]
  })
  return [...new Set(keys)].filter((key) => !key.endsWith('='))
}

/** The syllables of a name. The surname, with which it begins, is read as surnames are (单 shàn, 曾 zēng). */
function spoken(name: string): string[] {
  if (!/\p{Script=Han}/u.test(name)) return []
  return pinyin(simplified(name), { toneType: 'none', type: 'array', v: true, surname: 'head' }).map(
    (syllable) => syllable.toLowerCase(),
  )
}

/** Those of a part: as it is read within the whole name, of which each character is a syllable, or else by itself. */
function partOf(whole: string, syllables: readonly string[], part: string): readonly string[] {
  const at = whole.indexOf(part)
  if (at < 0 || [...whole].length !== syllables.length) return spoken(part)
  const from = [...whole.slice(0, at)].length
  return syllables.slice(from, from + [...part].length)
}
