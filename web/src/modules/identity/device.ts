const systems: readonly (readonly [RegExp, string])[] = [
  [/HarmonyOS/i, 'HarmonyOS'],
  [/Android/i, 'Android'],
  [/iPhone|iPad/i, 'iOS'],
  [/Windows/i, 'Windows'],
  [/Mac OS X/i, 'macOS'],
  [/Linux/i, 'Linux'],
]
const browsers: readonly (readonly [RegExp, string])[] = [
  [/MicroMessenger/i, '微信'],
  [/Edg\//, 'Edge'],
  [/Firefox\//, 'Firefox'],
  [/Chrome\//, 'Chrome'],
  [/Safari\//, 'Safari'],
]

const found = (agent: string, list: typeof systems) => list.find(([pattern]) => pattern.test(agent))?.[1]

/** What a device is called, from how its browser names itself: `Chrome · Windows`; else its own words, shortened. */
export function deviceOf(agent: string): string {
  const known = [found(agent, browsers), found(agent, systems)].filter(Boolean)
  return known.length > 0 ? known.join(' · ') : agent.slice(0, 40) || '—'
}
