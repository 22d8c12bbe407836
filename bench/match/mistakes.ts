import chineseDays from 'chinese-days'
import { Converter } from 'opencc-js/cn2t'
import { pinyin } from 'pinyin-pro'
import type { Chance } from './chance.ts'
import { errorRates } from './error-rates.ts'
import { femaleCharacters, maleCharacters } from './people-words.ts'
import { givenName, newHome, phoneNumber, type Sex, type Written } from './person.ts'

const toTraditional = Converter({ from: 'cn', to: 't' })

const alphabet = [...new Set([...maleCharacters, ...femaleCharacters])]
const soundOf = new Map(alphabet.map((c) => [c, pinyin(c, { toneType: 'none' })]))
const bySound = Map.groupBy(alphabet, (c) => soundOf.get(c) ?? '')

/** Sounds that many people do not tell apart: zh/z, ch/c, sh/s, n/l, f/h, and -n/-ng. */
const near = (sound: string): string =>
  sound
    .replace(/^([zcs])h/, '$1')
    .replace(/^n/, 'l')
    .replace(/^f/, 'h')
    .replace(/([aei])ng$/, '$1n')
const byNear = Map.groupBy(alphabet, (c) => near(soundOf.get(c) ?? ''))

/** Puts another character, chosen by `others`, in the place of one of the given name. */
function replaced(chance: Chance, name: string, others: (c: string) => readonly string[]): string {
  const characters = [...name]
  const places = characters.map((_, i) => i).slice(1)
  const able = places.filter((i) => others(characters[i] ?? '').length > 0)
  if (able.length === 0) return name
  const at = chance.pick(able)
  characters[at] = chance.pick(others(characters[at] ?? ''))
  return characters.join('')
}

const alike = (c: string) => (bySound.get(soundOf.get(c) ?? '') ?? []).filter((other) => other !== c)
const nearly = (c: string) => {
  const sound = soundOf.get(c) ?? ''
  return (byNear.get(near(sound)) ?? []).filter((other) => soundOf.get(other) !== sound)
}

function nameAgain(chance: Chance, name: string): string | null {
  let left = chance.next()
  const is = (rate: number) => {
    left -= rate
    return left < 0 && left >= -rate
  }
  if (is(errorRates.nameMissing)) return null
  if (is(errorRates.nameHomophone)) return replaced(chance, name, alike)
  if (is(errorRates.nameNearHomophone)) return replaced(chance, name, nearly)
  if (is(errorRates.nameTraditional)) return toTraditional(name)
  if (is(errorRates.nameReversed)) return [...name].slice(1).join('') + [...name][0]
  if (is(errorRates.nameShortened) && name.length > 2) return [...name].toSpliced(1, 1).join('')
  if (is(errorRates.nameOther)) return replaced(chance, name, () => alphabet)
  return name
}

const isDay = (day: string): boolean => {
  const date = new Date(`${day}T00:00:00Z`)
  return !Number.isNaN(date.getTime()) && date.toISOString().startsWith(day)
}

const two = (n: number): string => String(n).padStart(2, '0')

/** The lunar date of a solar day, written as if it were a solar one; the same day where there is none such. */
function lunarOf(day: string): string {
  const lunar = chineseDays.getLunarDate(day)
  const said = `${lunar.lunarYear}-${two(lunar.lunarMon)}-${two(lunar.lunarDay)}`
  return isDay(said) ? said : day
}

function swapped(day: string): string {
  const [year, month, date] = day.split('-')
  const said = `${year}-${date}-${month}`
  return isDay(said) ? said : day
}

function digitWrong(chance: Chance, text: string, from = 0): string {
  const places = [...text].map((_, i) => i).filter((i) => i >= from && /\d/.test(text[i] ?? ''))
  const at = chance.pick(places)
  return `${text.slice(0, at)}${(Number(text[at]) + 1 + chance.below(9)) % 10}${text.slice(at + 1)}`
}

function birthAgain(chance: Chance, day: string): string | null {
  if (chance.is(errorRates.birthMissing)) return null
  if (chance.is(errorRates.birthLunar)) return lunarOf(day)
  if (chance.is(errorRates.birthSwapped)) return swapped(day)
  if (!chance.is(errorRates.birthMistyped)) return day
  const said = digitWrong(chance, day, 2)
  return isDay(said) ? said : day
}

function sexAgain(chance: Chance, sex: Sex): Sex {
  if (chance.is(errorRates.sexMissing)) return 'unknown'
  return chance.is(errorRates.sexWrong) ? (sex === 'male' ? 'female' : 'male') : sex
}

function idAgain(chance: Chance, number: string): string | null {
  if (chance.is(errorRates.idMissing)) return null
  if (chance.is(errorRates.idMistyped)) return digitWrong(chance, number)
  const isOld = number.slice(6, 8) === '19' && chance.is(errorRates.idOld)
  return isOld ? number.slice(0, 6) + number.slice(8, 17) : number
}

function phoneAgain(chance: Chance, phone: string): string | null {
  if (chance.is(errorRates.phoneMissing)) return null
  if (chance.is(errorRates.phoneChanged)) return phoneNumber(chance)
  return chance.is(errorRates.phoneMistyped) ? digitWrong(chance, phone, 3) : phone
}

const cuts: readonly ((address: string) => string)[] = [
  (address) => address.replace(/^通济市|^清江市/, ''),
  (address) => address.replace(/^.*?(?:街道|镇)/, ''),
  (address) => address.replace(/\d+室$/, ''),
  (address) => address.replace('栋', '幢').replace('单元', '-').replace('室', ''),
  (address) => address.replace('栋', '-').replace('单元', '-').replace('室', ''),
  (address) => `江西省${address}`,
]

function addressAgain(chance: Chance, address: string): string | null {
  if (chance.is(errorRates.addressMissing)) return null
  if (chance.is(errorRates.addressMoved)) return newHome(chance).address
  return chance.is(errorRates.addressRephrased) ? chance.pick(cuts)(address) : address
}

/** The same person, written down once more with the mistakes that people make. */
export function again(chance: Chance, one: Written): Written {
  return {
    person: one.person,
    name: nameAgain(chance, one.name ?? givenName(chance, one.sex)),
    sex: sexAgain(chance, one.sex),
    birthDate: one.birthDate && birthAgain(chance, one.birthDate),
    idNumber: one.idNumber && idAgain(chance, one.idNumber),
    phone: one.phone && phoneAgain(chance, one.phone),
    address: one.address && addressAgain(chance, one.address),
  }
}
