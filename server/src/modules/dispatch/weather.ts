import type { LandingSite } from '@tongmai/api/dispatch/fleet'
import type { WeatherRead } from '@tongmai/api/dispatch/mission'

/** A landing site and what the weather there forbids. */
export interface Forbidden {
  readonly code: 'weather-unread' | 'too-little-visibility' | 'ceiling-too-low' | 'too-much-wind'
  readonly site: string
  readonly limit: number
}

const measures = [
  { of: 'minVisibilityM', read: 'visibilityM', code: 'too-little-visibility' },
  { of: 'minCeilingM', read: 'ceilingM', code: 'ceiling-too-low' },
  { of: 'maxWindMs', read: 'windMs', code: 'too-much-wind' },
] as const

/** What keeps a helicopter from these sites: a limit that is passed, or one whose value nobody has read. */
export function forbiddenBy(sites: readonly LandingSite[], weather: WeatherRead): Forbidden[] {
  return sites.flatMap((site) =>
    measures.flatMap(({ of, read, code }): Forbidden[] => {
      const [limit, value] = [site[of], weather[read]]
      if (limit === null) return []
      if (value === null) return [{ code: 'weather-unread', site: site.name, limit }]
      const passed = of === 'maxWindMs' ? value > limit : value < limit
      return passed ? [{ code, site: site.name, limit }] : []
    }),
  )
}
