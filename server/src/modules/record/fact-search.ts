import type { Fact } from '@tongmai/api/record'
import { searchKeys, searchText } from '../../kernel/search-key.ts'

/** What a fact is called, by whom and where. */
const namesOf = ({ label, values, provider, institution }: Fact): readonly (string | null | undefined)[] => [
  ...[label.text, label.original, label.code, provider, institution?.name],
  ...values.map((value) => value.label.text),
]

/** Tells of a fact whether it says what was typed: a part of its names or its note, or of a name in pinyin or by initials. */
export function saying(typed: string): (fact: Fact) => boolean {
  const wanted = searchText(typed)
  const isLatin = /^[a-z]+$/.test(wanted)
  const known = new Map<string, boolean>()
  const isIn = (name: string): boolean =>
    searchText(name).includes(wanted) || (isLatin && searchKeys([name]).some((key) => key.startsWith(wanted)))
  // A long record says the same few hundred names over and over.
  const isNamed = (name: string): boolean => {
    const says = known.get(name) ?? isIn(name)
    known.set(name, says)
    return says
  }
  return (fact) =>
    namesOf(fact).some((name) => name && isNamed(name)) || searchText(fact.note ?? '').includes(wanted)
}
