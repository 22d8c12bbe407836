/**
 * Whether a read (by its key, see `readKey`) is about the news: a module `referral`, an event
 * `referral.accepted`, a thing `referral:<id>`, or a bare id.
 */
export function concerns(queryKey: readonly unknown[], news: string): boolean {
  const [, asked, live] = queryKey
  const id = news.slice(news.indexOf(':') + 1)
  if (id.length >= 8 && JSON.stringify(asked ?? null).includes(`"${id}"`)) return true
  return Array.isArray(live) && live.some((one: string) => within(one, news) || within(news, one))
}

/** `referral` holds `referral.accepted` and `referral:7`. */
const within = (wide: string, narrow: string): boolean =>
  wide === narrow || narrow.startsWith(`${wide}.`) || narrow.startsWith(`${wide}:`)
