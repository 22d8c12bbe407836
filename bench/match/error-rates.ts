/**
 * How often each mistake is made when a person is written down once more, as shares of all such records. Assumed, not
 * measured: no published rates for Chinese registries are known to us. Fixed before the matcher was written.
 */
export const errorRates = {
  /** One or two characters written by sound: 伟 for 玮. */
  nameHomophone: 0.03,
  /** A character that sounds nearly so: zh for z, n for l, ing for in. */
  nameNearHomophone: 0.015,
  /** The whole name in traditional characters. */
  nameTraditional: 0.02,
  /** Given name before family name. */
  nameReversed: 0.01,
  /** One character left out. */
  nameShortened: 0.01,
  /** Another character altogether, as of a misread hand. */
  nameOther: 0.005,
  nameMissing: 0.01,
  /** The day of the lunar calendar given as if it were the solar one. */
  birthLunar: 0.03,
  /** Day and month changed over, where that makes a date. */
  birthSwapped: 0.01,
  /** One digit of the date is wrong. */
  birthMistyped: 0.01,
  birthMissing: 0.015,
  sexWrong: 0.004,
  sexMissing: 0.01,
  /** Of those born before 2000: their number in the 15-digit form. */
  idOld: 0.04,
  idMistyped: 0.015,
  idMissing: 0.25,
  phoneMistyped: 0.015,
  phoneChanged: 0.12,
  phoneMissing: 0.15,
  /** Written with another cut: without province, without the room, with other words for block and unit. */
  addressRephrased: 0.4,
  addressMoved: 0.08,
  addressMissing: 0.1,
} as const

/** What people share without being the same, per person. */
export const shared = {
  /** Lives with others of the set: same address, mostly one family name, often one telephone. */
  inHousehold: 0.6,
  phoneOfHousehold: 0.25,
  /** A twin in the household: same birth date and family name, half of them with one character in common. */
  twin: 0.012,
} as const

/** Of 100 persons so many have 1, 2, 3, 4 records. */
export const recordsPerPerson = [58, 28, 10, 4] as const

export const setSize = 200_000
export const seed = 20_261_125
