import { pinyin } from 'pinyin-pro'

const KEY_MAX = 60

/** What a person types, as keys are stored: small letters, without spaces. */
export const searchText = (text: string): string =>
  text.normalize('NFKC').toLowerCase().replaceAll(/\s+/g, '')

/**
 * The keys under which a thing with these names is found: every tail of each name, of its pinyin (from each
 * syllable on) and of its initials. A part of a name is then the beginning of a key. The surname with which a
 * person's name begins is read as surnames are (单 shàn).
 */
export function searchKeys(names: readonly string[], of: 'thing' | 'person' = 'thing'): string[] {
  const surname = of === 'person' ? 'head' : 'off'
  const keys = new Set<string>()
  for (const name of names.map(searchText)) {
    const letters = [...name]
    const syllables = pinyin(name, { toneType: 'none', type: 'array', v: true, surname }).map(searchText)
    const initials = syllables.map((syllable) => [...syllable][0] ?? '')
    for (const parts of [letters, syllables, initials]) {
      for (let i = 0; i < parts.length; i++) keys.add(parts.slice(i).join('').slice(0, KEY_MAX))
    }
  }
  keys.delete('')
  return [...keys]
}
