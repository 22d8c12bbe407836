/**
 * The two national codes of a medicine, as far as samples tell (domain reference, source S66): lengths and check digit
 * are inferred from them, no standard was at hand.
 * - 药品本位码: 14 digits, `86` + `9` + 5 of the maker + 5 of the product + check digit modulo 10 with weights 3 and 1
 * - 国家医保药品代码: 23 characters, X/Z + category 5 + name 4 + form 4 + strength and pack 4 + maker 5
 */
const BASE = /^869\d{11}$/
const INSURANCE = /^[XZ][A-Z]\d{2}[A-Z]{2}[A-Z]\d{3}[A-Z]\d{3}\d{9}$/

const checkDigitOf = (digits: string): number => {
  const sum = [...digits].reduce((all, digit, i) => all + Number(digit) * (i % 2 === 0 ? 3 : 1), 0)
  return (10 - (sum % 10)) % 10
}

export type CodeProblem = 'base-code' | 'base-check-digit' | 'insurance-code' | 'makers-differ'

/** What is wrong with the codes; undefined where nothing is, or where none is given. */
export function codeProblem(codes: {
  readonly baseCode: string | null
  readonly insuranceCode: string | null
}): CodeProblem | undefined {
  const { baseCode, insuranceCode } = codes
  if (baseCode !== null) {
    if (!BASE.test(baseCode)) return 'base-code'
    if (checkDigitOf(baseCode.slice(0, 13)) !== Number(baseCode[13])) return 'base-check-digit'
  }
  if (insuranceCode !== null && !INSURANCE.test(insuranceCode)) return 'insurance-code'
  const differ = baseCode && insuranceCode && baseCode.slice(3, 8) !== insuranceCode.slice(18)
  return differ ? 'makers-differ' : undefined
}
