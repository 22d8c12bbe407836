import { ADULT_YEARS, type ProxyKind } from '@tongmai/api/resident/proxy'

/** The day so many years later, `YYYY-MM-DD`; a 29 February counts to the 28th. */
export function yearsLater(day: string, years: number): string {
  const [year = 0, month = 1, date = 1] = day.split('-').map(Number)
  const last = new Date(Date.UTC(year + years, month, 0)).getUTCDate()
  return new Date(Date.UTC(year + years, month - 1, Math.min(date, last))).toISOString().slice(0, 10)
}

/** Of age on that day: 民法典 第十七条. */
export const isAdult = (birthDate: string, on: string): boolean => yearsLater(birthDate, ADULT_YEARS) <= on

/**
 * Until which day one may stand for another: for a child at most until it is of age, for everybody else a day that is
 * named and at most so many years away. A code of refusal where it cannot be.
 */
export function proxyUntil(asked: {
  readonly kind: ProxyKind
  readonly birthDate: string | null
  readonly until: string | null
  readonly today: string
  readonly years: number
}):
  | { readonly day: string }
  | { readonly why: 'not-a-child' | 'needs-a-period' | 'period-too-long' | 'period-over' } {
  const { kind, birthDate, until, today, years } = asked
  if (until !== null && until <= today) return { why: 'period-over' }
  if (kind === 'child') {
    if (birthDate === null || isAdult(birthDate, today)) return { why: 'not-a-child' }
    const ofAge = yearsLater(birthDate, ADULT_YEARS)
    return { day: until !== null && until < ofAge ? until : ofAge }
  }
  if (until === null) return { why: 'needs-a-period' }
  return until > yearsLater(today, years) ? { why: 'period-too-long' } : { day: until }
}
