/** A licence number as it may be shown: first three and last four, because it can contain the id number. */
export function maskNumber(number: string): string {
  const { length } = number
  if (length <= 7) return `${number.slice(0, 1)}${'*'.repeat(Math.max(length - 1, 1))}`
  return `${number.slice(0, 3)}${'*'.repeat(length - 7)}${number.slice(-4)}`
}
