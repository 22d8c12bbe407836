/** The chapters of ICD-10 by their first and last category (WHO, ICD-10 volume 1, 2019 edition). */
const chapters: readonly (readonly [string, string, string])[] = [
  ['I', 'A00', 'B99'],
  ['II', 'C00', 'D48'],
  ['III', 'D50', 'D89'],
  ['IV', 'E00', 'E90'],
  ['V', 'F00', 'F99'],
  ['VI', 'G00', 'G99'],
  ['VII', 'H00', 'H59'],
  ['VIII', 'H60', 'H95'],
  ['IX', 'I00', 'I99'],
  ['X', 'J00', 'J99'],
  ['XI', 'K00', 'K93'],
  ['XII', 'L00', 'L99'],
  ['XIII', 'M00', 'M99'],
  ['XIV', 'N00', 'N99'],
  ['XV', 'O00', 'O99'],
  ['XVI', 'P00', 'P96'],
  ['XVII', 'Q00', 'Q99'],
  ['XVIII', 'R00', 'R99'],
  ['XIX', 'S00', 'T98'],
  ['XX', 'V01', 'Y98'],
  ['XXI', 'Z00', 'Z99'],
  ['XXII', 'U00', 'U99'],
]

/** The chapter's roman number of a category such as `I20`; null where the code is of none. */
export const chapterOf = (category: string): string | null =>
  chapters.find(([, first, last]) => category >= first && category <= last)?.[0] ?? null

/** The first and last category of a chapter. */
export function rangeOf(chapter: string): readonly [string, string] | undefined {
  const found = chapters.find(([roman]) => roman === chapter)
  return found && [found[1], found[2]]
}
