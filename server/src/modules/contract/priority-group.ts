import type { PriorityGroup } from '@tongmai/api/contract/package'
import { dayAfter } from '../../kernel/day.ts'

export interface GroupRule {
  readonly priorityGroup: PriorityGroup
  readonly kind: 'minAge' | 'maxAge' | 'icd10'
  readonly value: string
  readonly withinDays: number | null
  readonly source: string
}

/** An active condition of somebody's record: its ICD-10 code, and on which day it was noted. */
export interface Coded {
  readonly code: string
  readonly on: string | null
}

/** Full years at a day. */
export function ageOn(birthDate: string, on: string): number {
  const years = Number(on.slice(0, 4)) - Number(birthDate.slice(0, 4))
  return on.slice(5) < birthDate.slice(5) ? years - 1 : years
}

/** The priority groups somebody belongs to, each once, in the order of the rules; then those on whose register they are. */
export function groupsOf(
  of: {
    birthDate: string | null
    conditions: readonly Coded[]
    registered?: readonly PriorityGroup[] | undefined
  },
  rules: readonly GroupRule[],
  today: string,
): PriorityGroup[] {
  const age = of.birthDate === null ? null : ageOn(of.birthDate, today)
  const meets = ({ kind, value, withinDays }: GroupRule): boolean => {
    if (kind === 'minAge') return age !== null && age >= Number(value)
    if (kind === 'maxAge') return age !== null && age <= Number(value)
    const since = withinDays === null ? null : dayAfter(today, -withinDays)
    return of.conditions.some(
      ({ code, on }) => code.startsWith(value) && (since === null || (on !== null && on >= since)),
    )
  }
  return [...new Set([...rules.filter(meets).map((rule) => rule.priorityGroup), ...(of.registered ?? [])])]
}
