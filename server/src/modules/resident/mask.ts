/** A name as lists show it: the first character and one star (`张*`), whatever its length. */
export const maskName = (name: string): string => `${[...name.trim()][0] ?? ''}*`

/** A number: first three and last four; a short one keeps its last two only. No more stars than an identity card's. */
export function maskNumber(number: string): string {
  const { length } = number
  if (length <= 9) return `${'*'.repeat(Math.max(length - 2, 1))}${length > 2 ? number.slice(-2) : ''}`
  return `${number.slice(0, 3)}${'*'.repeat(Math.min(length - 7, 11))}${number.slice(-4)}`
}

/** A telephone: `138****0000`. */
export const maskPhone = (phone: string): string =>
  phone.length < 8
    ? `${'*'.repeat(Math.max(phone.length - 2, 1))}${phone.slice(-2)}`
    : `${phone.slice(0, 3)}****${phone.slice(-4)}`

const villages = /^.*(?:村委会|居委会|社区|村|里弄)/u
const streets = /^.*?(?:街道|镇|乡|苏木|区|县|旗|市)/u

/** An address down to the village or the neighbourhood; house and room stay hidden. */
export function maskAddress(address: string): string {
  const village = villages.exec(address)?.[0]
  const shown =
    village ??
    lastOf(streets, address) ??
    [...address].slice(0, Math.min(6, Math.floor(address.length / 3))).join('')
  return `${shown}****`
}

/** As far as the pattern repeats: province, city, county, township. */
function lastOf(pattern: RegExp, address: string): string | undefined {
  let shown = ''
  for (let rest = address; ; ) {
    const part = pattern.exec(rest)?.[0]
    if (!part) return shown || undefined
    shown += part
    rest = address.slice(shown.length)
  }
}
