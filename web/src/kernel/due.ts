/** How a deadline stands: more than half of its time left, less, less than a fifth, or past. */
export type Urgency = 'calm' | 'soon' | 'pressing' | 'overdue'

/** The urgency of what began at `since` and is due at `due`; without a beginning, by the hours left (24, 4). */
export function urgency(due: Date, now: Date, since?: Date): Urgency {
  const left = due.getTime() - now.getTime()
  if (left < 0) return 'overdue'
  const whole = since ? due.getTime() - since.getTime() : 0
  const share = whole > 0 ? left / whole : left / (48 * 3_600_000)
  if (share > 0.5) return 'calm'
  return share > 0.2 ? 'soon' : 'pressing'
}

/** The share of the time that is used, 0 to 1. */
export function used(due: Date, now: Date, since: Date): number {
  const whole = due.getTime() - since.getTime()
  if (whole <= 0) return 1
  return Math.min(1, Math.max(0, (now.getTime() - since.getTime()) / whole))
}
