import type { Flow } from '@tongmai/api/kernel'

/**
 * The states of the straight way that still lie before `now`. Beside the way (a supplement asked for) it goes on from the first
 * state of the way that can be reached in one move; from an end there is nothing ahead.
 */
export function ahead<State extends string>(
  flow: Flow<State>,
  main: readonly State[],
  now: State,
): readonly State[] {
  const at = main.indexOf(now)
  if (at >= 0) return main.slice(at + 1)
  const next = Object.values<State>(flow[now])
  const joins = main.findIndex((state) => next.includes(state))
  return joins < 0 ? [] : main.slice(joins)
}
