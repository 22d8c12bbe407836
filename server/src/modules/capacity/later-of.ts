/** The later of two moments. */
export const laterOf = (one: Date, other: Date): Date => new Date(Math.max(one.getTime(), other.getTime()))

/** The later of two calendar days. */
export const laterDay = (one: string, other: string): string => [one, other].toSorted()[1] as string
