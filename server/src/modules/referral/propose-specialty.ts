import type { SpecialtyLine } from '@tongmai/api/referral/specialty'

/** Categories in their order: `A00` is 0, `B00` 100. */
const place = (category: string): number => (category.charCodeAt(0) - 65) * 100 + Number(category.slice(1))
const width = ({ first, last }: SpecialtyLine): number => place(last) - place(first)

/**
 * The line that speaks of a diagnosis on a day: of those whose range holds its category the narrowest, `I60–I69` before
 * `I00–I99`. Undefined where none does; a line without specialty says that nothing is proposed.
 */
export function lineFor(
  lines: readonly SpecialtyLine[],
  diagnosis: string,
  on: string,
): SpecialtyLine | undefined {
  const category = diagnosis.slice(0, 3)
  return lines
    .filter(({ first, last }) => first <= category && category <= last)
    .filter(({ since, until }) => since <= on && (until === null || until >= on))
    .toSorted((a, b) => width(a) - width(b))[0]
}
