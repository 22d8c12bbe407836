import { checkDigit } from '../../api/src/resident/chinese-id.ts'
import { type Chance, chanceOf } from './chance.ts'
import { recordsPerPerson, shared } from './error-rates.ts'
import { estates, familyNames, femaleCharacters, maleCharacters, places, streets } from './people-words.ts'

export type Sex = 'male' | 'female' | 'unknown'

/** One person as somebody wrote them down once. `person` is the truth that a matcher may not see. */
export interface Written {
  readonly person: number
  readonly name: string | null
  readonly sex: Sex
  readonly birthDate: string | null
  readonly idNumber: string | null
  readonly phone: string | null
  readonly address: string | null
}

interface Home {
  readonly family: string
  readonly place: (typeof places)[number]
  readonly address: string
  readonly phone: string
}

const shareOfAll = familyNames.reduce((sum, [, share]) => sum + share, 0)

function familyName(chance: Chance): string {
  let left = chance.next() * shareOfAll
  for (const [name, share] of familyNames) {
    left -= share
    if (left <= 0) return name
  }
  return '王'
}

/** Earlier places of the list are drawn more often. */
const character = (chance: Chance, of: readonly string[]): string =>
  of[Math.floor(chance.next() ** 1.8 * of.length)] ?? '华'

export function givenName(chance: Chance, sex: Sex): string {
  const of = sex === 'male' ? maleCharacters : femaleCharacters
  const first = character(chance, of)
  return chance.is(0.17) ? first : first + character(chance, of)
}

/** Born in 1930–2024, the middle of the range oftener than its ends. */
export function birthDate(chance: Chance): string {
  const year = 1930 + Math.floor(((chance.next() + chance.next()) / 2) * 95)
  const day = new Date(Date.UTC(year, 0, 1 + chance.below(365)))
  return day.toISOString().slice(0, 10)
}

export const phoneNumber = (chance: Chance): string =>
  `1${chance.pick(['38', '39', '35', '36', '37', '58', '59', '86', '87', '88', '77', '99'])}${String(chance.below(100_000_000)).padStart(8, '0')}`

export function newHome(chance: Chance): Home {
  const place = chance.pick(places)
  const unit = `${1 + chance.below(30)}栋${1 + chance.below(4)}单元${1 + chance.below(18)}0${1 + chance.below(4)}室`
  const address = `${place.name}${chance.pick(place.towns)}${chance.pick(streets)}${1 + chance.below(400)}号${chance.pick(estates)}${unit}`
  return { family: familyName(chance), place, address, phone: phoneNumber(chance) }
}

function idNumber(chance: Chance, of: { code: string; birthDate: string; sex: Sex }): string {
  const order = chance.below(500) * 2 + (of.sex === 'male' ? 1 : 0)
  const first17 = `${of.code}${of.birthDate.replaceAll('-', '')}${String(order % 1000).padStart(3, '0')}`
  return first17 + checkDigit(first17)
}

function person(chance: Chance, number: number, home: Home): Written {
  const sex = chance.is(0.51) ? 'male' : 'female'
  const born = birthDate(chance)
  const name = (chance.is(0.75) ? home.family : familyName(chance)) + givenName(chance, sex)
  const code = chance.is(0.8) ? home.place.code : chance.pick(places).code
  return {
    ...{ person: number, name, sex, birthDate: born, address: home.address },
    idNumber: idNumber(chance, { code, birthDate: born, sex }),
    phone: chance.is(shared.phoneOfHousehold) ? home.phone : phoneNumber(chance),
  }
}

function twinOf(chance: Chance, one: Written, number: number): Written {
  const born = one.birthDate ?? birthDate(chance)
  const sex = chance.is(0.65) ? one.sex : one.sex === 'male' ? 'female' : 'male'
  const family = [...(one.name ?? '王')][0] ?? '王'
  const given = givenName(chance, sex)
  const common = [...(one.name ?? '')].slice(1)[0] ?? ''
  const name = family + (chance.is(0.5) ? common + ([...given].at(-1) ?? '') : given)
  const code = one.idNumber?.slice(0, 6) ?? '990102'
  return { ...one, person: number, sex, name, idNumber: idNumber(chance, { code, birthDate: born, sex }) }
}

/** Persons with households and twins, without end. */
export function* people(seed: number): Generator<Written> {
  const chance = chanceOf(seed)
  let home = newHome(chance)
  for (let number = 0; ; number++) {
    if (!chance.is(shared.inHousehold)) home = newHome(chance)
    const one = person(chance, number, home)
    yield one
    if (chance.is(shared.twin)) yield twinOf(chance, one, ++number)
  }
}

/** How many records there are of one person. */
export function recordsOf(chance: Chance): number {
  let left = chance.below(100)
  for (const [i, share] of recordsPerPerson.entries()) {
    left -= share
    if (left < 0) return i + 1
  }
  return 1
}
