import { pinyin } from 'pinyin-pro'
import { simplified } from '../../kernel/resource/script.ts'

const soundOf = new Map<string, string>()

const kept = (
  memory: Map<string, string>,
  character: string,
  make: (character: string) => string,
): string => {
  const known = memory.get(character)
  if (known !== undefined) return known
  const made = make(character)
  memory.set(character, made)
  return made
}

/** The reading of one character without its tone (`nü` for 女); always the same one, whatever stands beside it. */
export const soundOfCharacter = (character: string): string =>
  kept(soundOf, character, (c) => pinyin(c, { toneType: 'none', type: 'string' }).toLowerCase())

/** Sounds that many people do not tell apart become one: zh/z, ch/c, sh/s; n/l; f/h; r/l; -ng/-n after a, e, i. */
export const nearSound = (sound: string): string =>
  sound
    .replace(/^([zcs])h/, '$1')
    .replace(/^[nr](?=.)/, 'l')
    .replace(/^f/, 'h')
    .replace(/([aei])ng$/, '$1n')

const han = /\p{Script=Han}/u

/** A name as it is compared: its characters (or words, of other scripts), how they sound, and how they nearly sound. */
export interface NameForm {
  readonly said: string
  readonly isHan: boolean
  readonly parts: readonly string[]
  readonly sounds: readonly string[]
  readonly nears: readonly string[]
}

/** Reads a name of any script; null where there is none. */
export function readName(name: string | null): NameForm | null {
  const said = (name ?? '')
    .normalize('NFKC')
    .replace(/[\s·•.,]+/gu, ' ')
    .trim()
    .toLowerCase()
  if (said === '' || said === '?') return null
  const isHan = han.test(said)
  const parts = isHan ? [...simplified(said.replaceAll(' ', ''))] : said.split(' ')
  const sounds = parts.map((part) => (isHan ? soundOfCharacter(part) : wordSound(part)))
  return {
    said: said.replaceAll(' ', isHan ? '' : ' '),
    isHan,
    parts,
    sounds,
    nears: isHan ? sounds.map(nearSound) : sounds,
  }
}

const groups: Readonly<Record<string, string>> = {
  b: '1',
  f: '1',
  p: '1',
  v: '1',
  c: '2',
  g: '2',
  j: '2',
  k: '2',
  q: '2',
  s: '2',
  x: '2',
  z: '2',
  d: '3',
  t: '3',
  l: '4',
  m: '5',
  n: '5',
  r: '6',
}

/** Soundex of a word in Latin letters (R. C. Russell 1918, US patent 1 261 167), without its limit of four places. */
export function wordSound(word: string): string {
  const letters = [
    ...word
      .normalize('NFD')
      .toLowerCase()
      .replace(/[^a-z]/g, ''),
  ]
  let last = groups[letters[0] ?? ''] ?? ''
  let sound = letters[0] ?? word
  for (const letter of letters.slice(1)) {
    const group = groups[letter] ?? ''
    if (group !== '' && group !== last) sound += group
    if (letter !== 'h' && letter !== 'w') last = group
  }
  return sound
}
