/** Whether an address lies at or below one of these; same scheme, host and port, no sign-in in it. */
export function isBelow(bases: readonly string[], address: string): boolean {
  if (!URL.canParse(address)) return false
  const url = new URL(address)
  if (url.username !== '' || url.password !== '' || /^https?:$/.test(url.protocol) === false) return false
  return bases.some((one) => {
    if (!URL.canParse(one)) return false
    const base = new URL(one)
    const path = base.pathname.replace(/\/*$/, '/')
    return base.origin === url.origin && `${url.pathname.replace(/\/*$/, '')}/`.startsWith(path)
  })
}

const SECONDS = 1_000
const HOUR_MS = 3_600_000

/** After so many failures in a row a subscription is in error. */
export const TRIES_UNTIL_ERROR = 5

/** In error for so long it is switched off. */
export const ERROR_MS_MAX = 72 * HOUR_MS

/** How long after the nth failure in a row it is tried again: 5 s, 20 s, 80 s … at most an hour. */
export const pauseMsAfter = (tries: number): number => Math.min(5 * SECONDS * 4 ** (tries - 1), HOUR_MS)
