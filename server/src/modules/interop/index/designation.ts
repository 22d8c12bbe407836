import { type Node, nodes } from '../../../kernel/resource/node.ts'
import { findListed, pinyinOf } from '../../record/index.ts'

/** How the pinyin of a Chinese name is said to be one (BCP 47, with the variant of RFC 5646 for Hanyu Pinyin). */
export const PINYIN = 'zh-Latn-pinyin'

const words = (value: unknown): string => (typeof value === 'string' ? value : '')

/** What a code is called besides: what its CodeSystem says, and the pinyin of those that come along. */
export function designationsOf(system: string, node: Node | undefined, display: string): readonly Node[] {
  const said = nodes(node?.designation)
  const isChinese = findListed(system) !== undefined && /\p{Script=Han}/u.test(display)
  return isChinese ? [...said, { language: PINYIN, value: pinyinOf(display) }] : said
}

/** Whether a language is the one that is asked for, or a kind of it: `zh-Latn-pinyin` is `zh-Latn`. */
export const speaks = (language: unknown, wanted: string): boolean => {
  const [own, asked] = [words(language).toLowerCase(), wanted.toLowerCase()]
  return own === asked || own.startsWith(`${asked}-`)
}

/** What a code is called in the first of these languages (`de, en;q=0.8`) in which it is called something; `language` is that of its name. */
export function displayIn(
  languages: string,
  designations: readonly Node[],
  { display, language }: { display: string; language: string | undefined },
): string {
  for (const one of languages.split(',')) {
    const wanted = one.split(';')[0]?.trim() ?? ''
    if (wanted && speaks(language, wanted)) return display
    const found = designations.find(({ language }) => speaks(language, wanted))
    if (wanted && found) return words(found.value) || display
  }
  return display
}
