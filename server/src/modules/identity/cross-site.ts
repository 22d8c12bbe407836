/** The headers by which a browser tells where a request was made. */
export type SiteHeaders = Readonly<Record<string, string | string[] | undefined>>

const reads = new Set(['GET', 'HEAD', 'OPTIONS'])

/**
 * Whether a request that rests on a cookie was made by another site. Browsers say so themselves (Sec-Fetch-Site,
 * over plain http Origin). What says neither must carry something no form of another site can: a JSON body or a
 * header of ours.
 */
export function isCrossSite(method: string, headers: SiteHeaders): boolean {
  if (reads.has(method)) return false
  const site = headers['sec-fetch-site']
  if (site !== undefined) return site !== 'same-origin'
  const { origin } = headers
  if (typeof origin === 'string') return hostOf(origin) !== headers.host
  const json = /^application\/([\w.-]+\+)?json\b/.test(String(headers['content-type'] ?? ''))
  return !json && headers['x-requested-with'] !== 'tongmai' && headers['idempotency-key'] === undefined
}

function hostOf(origin: string): string | undefined {
  return URL.canParse(origin) ? new URL(origin).host : undefined
}
