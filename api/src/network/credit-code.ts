const ALPHABET = '0123456789ABCDEFGHJKLMNPQRTUWXY'
const SHAPE = /^[0-9A-HJ-NPQRTUWXY]{2}[0-9]{6}[0-9A-HJ-NPQRTUWXY]{10}$/
const BASE = 31

/**
 * The 18th character of a unified social credit code (统一社会信用代码, GB 32100): the weights are 3^i mod 31.
 * Where the sum is a multiple of 31 the character is `0`: 31 − 0 must be taken mod 31 once more.
 */
export function creditCodeCheckCharacter(first17: string): string | undefined {
  let sum = 0
  let weight = 1
  for (const character of first17) {
    const value = ALPHABET.indexOf(character)
    if (value < 0) return undefined
    sum += value * weight
    weight = (weight * 3) % BASE
  }
  return first17.length === 17 ? ALPHABET[(BASE - (sum % BASE)) % BASE] : undefined
}

/** True where the text is a whole unified social credit code: shape and check character. */
export const isCreditCode = (text: string): boolean =>
  SHAPE.test(text) && creditCodeCheckCharacter(text.slice(0, 17)) === text[17]
