import { readDay } from './compare-date.ts'
import type { Described } from './compare-person.ts'
import { readName } from './name-sound.ts'

/** Keys of which two persons must share one to be compared at all. */
export interface Block {
  readonly kind: 'phone' | 'birth' | 'year' | 'day' | 'number'
  readonly key: string
}

/**
 * The blocking keys of a person, at most five, none of which says less than one in some 100 000: telephone · birth
 * date and first sound · year of birth and all sounds of the name in any order · day and month in either order and
 * all sounds · end of the identity number. In 10 000 000 residents the most frequent name meets about fifty.
 */
export function blocksOf(person: Described): Block[] {
  const blocks: Block[] = []
  const { phone, idNumber } = person
  const name = readName(person.name ?? null)
  const birth = readDay(person.birthDate ?? null)
  if (phone) blocks.push({ kind: 'phone', key: phone })
  if (birth && name) {
    const sounds = name.nears.toSorted().join(' ')
    const [year = '', month = '', day = ''] = birth.day.split('-')
    blocks.push({ kind: 'birth', key: `${birth.day} ${name.nears[0]}` })
    blocks.push({ kind: 'year', key: `${year} ${sounds}` })
    blocks.push({ kind: 'day', key: `${[month, day].toSorted().join('-')} ${sounds}` })
  }
  if (idNumber && idNumber.length >= 6) blocks.push({ kind: 'number', key: idNumber.slice(-6) })
  return blocks
}

/** Which fields each kind of key is made of. */
export const fieldsOfBlock: Readonly<Record<Block['kind'], readonly string[]>> = {
  phone: ['phone'],
  birth: ['name', 'birthDate'],
  year: ['name', 'birthDate'],
  day: ['name', 'birthDate'],
  number: ['idNumber'],
}
