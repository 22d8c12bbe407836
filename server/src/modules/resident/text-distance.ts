/** Whether one place was mistyped: one character replaced, left out, put in, or two neighbours changed over. */
export function isOneSlip(a: string, b: string): boolean {
  if (a === b || Math.abs(a.length - b.length) > 1) return false
  let from = 0
  while (from < a.length && a[from] === b[from]) from++
  let back = 0
  while (back < Math.min(a.length, b.length) - from && a.at(-1 - back) === b.at(-1 - back)) back++
  const [restA, restB] = [a.slice(from, a.length - back), b.slice(from, b.length - back)]
  if (restA.length <= 1 && restB.length <= 1) return true
  return restA.length === 2 && restB.length === 2 && restA[0] === restB[1] && restA[1] === restB[0]
}

/**
 * Likeness of two texts in 0…1 (Jaro 1989, with Winkler's bonus of 1990 for up to four equal first characters); 1
 * for equal ones, 0 where nothing is in common.
 */
export function likeness(a: string, b: string): number {
  if (a === b) return 1
  const reach = Math.max(0, Math.floor(Math.max(a.length, b.length) / 2) - 1)
  const taken = new Array<boolean>(b.length).fill(false)
  const commonA: string[] = []
  for (let i = 0; i < a.length; i++) {
    for (let j = Math.max(0, i - reach); j < Math.min(b.length, i + reach + 1); j++) {
      if (taken[j] || a[i] !== b[j]) continue
      taken[j] = true
      commonA.push(a[i] ?? '')
      break
    }
  }
  if (commonA.length === 0) return 0
  const commonB = [...b].filter((_, j) => taken[j])
  const moved = commonA.filter((c, i) => c !== commonB[i]).length / 2
  const m = commonA.length
  const jaro = (m / a.length + m / b.length + (m - moved) / m) / 3
  let start = 0
  while (start < 4 && a[start] !== undefined && a[start] === b[start]) start++
  return jaro + start * 0.1 * (1 - jaro)
}
