/** The chapters of ICD-10 by their roman numbers, each with its first and last category (WHO, ICD-10 volume 1, 2019). */
const written = `I A00-B99 II C00-D48 III D50-D89 IV E00-E90 V F00-F99 VI G00-G99 VII H00-H59 VIII H60-H95
  IX I00-I99 X J00-J99 XI K00-K93 XII L00-L99 XIII M00-M99 XIV N00-N99 XV O00-O99 XVI P00-P96 XVII Q00-Q99
  XVIII R00-R99 XIX S00-T98 XX V01-Y98 XXI Z00-Z99 XXII U00-U99`

/** One chapter: what lies in it is written from `first` to `last`. */
export interface Chapter {
  readonly number: string
  readonly first: string
  readonly last: string
}

const chapters: ReadonlyMap<string, Chapter> = new Map(
  [...written.matchAll(/([IVX]+) (\w+)-(\w+)/g)].map(([, number = '', first = '', last = '']) => [
    number,
    { number, first, last },
  ]),
)

export const icdChapters: readonly Chapter[] = [...chapters.values()]

export const icdChapter = (number: string): Chapter | undefined => chapters.get(number)

/** The chapter in which a code lies, by its category. */
export function icdChapterOf(code: string): Chapter | undefined {
  const category = code.slice(0, 3)
  if (!/^[A-Z]\d\d$/.test(category)) return undefined
  return icdChapters.find(({ first, last }) => category >= first && category <= last)
}
