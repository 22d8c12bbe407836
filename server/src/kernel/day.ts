const EAST_8_MS = 8 * 3_600_000

/** The calendar day (`YYYY-MM-DD`) of a moment in Asia/Shanghai, which has had no summer time since 1991. */
export const dayOf = (at: Date): string => new Date(at.getTime() + EAST_8_MS).toISOString().slice(0, 10)

/** The hour (0–23) of a moment in Asia/Shanghai. */
export const hourOf = (at: Date): number => new Date(at.getTime() + EAST_8_MS).getUTCHours()

/** The calendar day so many days after another; before it where negative. */
export const dayAfter = (day: string, days: number): string =>
  new Date(Date.parse(`${day}T00:00:00Z`) + days * 86_400_000).toISOString().slice(0, 10)

/** The moment at which a calendar day begins in Asia/Shanghai. */
export const startOf = (day: string): Date => new Date(Date.parse(`${day}T00:00:00Z`) - EAST_8_MS)
