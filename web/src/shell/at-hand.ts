import type { NavigationEntry } from '../kernel/module.ts'

/** How many pages stand in the bar of a phone, beside the way to all of them. */
const AT_HAND = 4

/** Work-list and inbox are at hand for everybody. */
const ALWAYS = 2

/** Of all entries in their order: the first two, then where this person works every day, then the next ones. */
export function atHand<Entry extends Pick<NavigationEntry, 'daily'>>(
  entries: readonly Entry[],
  may: (permission: string) => boolean,
): readonly Entry[] {
  const isDaily = ({ daily }: Entry) => Number(daily !== undefined && may(daily))
  const others = entries.slice(ALWAYS).toSorted((a, b) => isDaily(b) - isDaily(a))
  return [...entries.slice(0, ALWAYS), ...others].slice(0, AT_HAND)
}
