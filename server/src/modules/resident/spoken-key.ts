import { pinyin } from 'pinyin-pro'
import { plainText } from '../../kernel/resource/comparable.ts'
import type { Resource } from '../../kernel/resource/owner.ts'
import { simplified } from '../../kernel/resource/script.ts'

const between = /[\s·•‧∙⋅・．.]+/gu

/** A Chinese name without what stands between its words (买买提·吐尔逊江), for which every keyboard has a dot of its own. */
export const withoutDots = (name: string): string => name.replace(between, '')

/**
 * Chinese names as they are spoken: what a Patient is found by in pinyin, in full and (the whole name) by initials; a
 * name of several words also without its dots, and by each of them.
 */
export function spokenKeys({ name }: Resource): string[] {
  const keys = (Array.isArray(name) ? name : []).flatMap((one) => {
    const { text, family = '', given = [] } = one as { text?: string; family?: string; given?: string[] }
    const said = text ?? `${family}${given.join('')}`
    const whole = withoutDots(said)
    const syllables = spoken(whole)
    const [surname = '', ...others] = [family, ...given].map((part) =>
      partOf(whole, syllables, withoutDots(part)).join(''),
    )
    const full = syllables.join('')
    const initials = syllables.map((syllable) => syllable.charAt(0)).join('')
    // What the index knows of the parts of a name lies under the whole name, of which the surname is the beginning.
    const begun = full.startsWith(surname) ? [] : [surname]
    return [
      ...[full, initials, ...begun, ...others, ...wordsOf(said)].map((key) => `name=${key}`),
      `family=${surname}`,
      ...others.map((said) => `given=${said}`),
    ]
  })
  return [...new Set(keys)].filter((key) => !key.endsWith('='))
}

/** A name of several words is typed without its dots, or by the words after the first, in characters and in pinyin. */
function wordsOf(name: string): string[] {
  const [first, ...others] = name.split(between).filter(Boolean)
  if (first === undefined || others.length === 0 || !/\p{Script=Han}/u.test(name)) return []
  return [withoutDots(name), ...others].map(plainText).concat(others.map((word) => spoken(word).join('')))
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
