import type { ChainLink, GreenLink } from '@tongmai/api/referral/green-channel'

/** A link as the rules of its kind give it; a target without a source is not known. */
export interface LinkRule {
  readonly code: GreenLink
  readonly from: string
  readonly targetMinutes: number | null
  readonly source: string | null
}

/** When each link was reached; `opened` is the call itself. */
export type Stamps = Readonly<Record<string, Date>>

const MINUTE_MS = 60_000

/** How long a department may take to say that it has seen the warning; an assumption, no known rule gives it. */
export const ACKNOWLEDGE_MINUTES = 5

/** The chain with what each link took from the link it is counted from; late where its target has passed, reached or not. */
export function chainOf(rules: readonly LinkRule[], stamps: Stamps, now: Date): ChainLink[] {
  return rules.map(({ code, from, targetMinutes, source }) => {
    const [begun, reached] = [stamps[from], stamps[code]]
    const ms = begun && (reached ?? now).getTime() - begun.getTime()
    const minutes = ms === undefined ? null : Math.round((ms / MINUTE_MS) * 10) / 10
    return {
      ...{ code, from, targetMinutes, source },
      at: reached ?? null,
      minutes: reached ? minutes : null,
      late: targetMinutes !== null && minutes !== null && minutes > targetMinutes,
    }
  })
}

/** Why a link cannot be recorded at a moment: it has a time already, the future, or before the link it is counted from. */
export function notStamped(
  rules: readonly LinkRule[],
  stamps: Stamps,
  { link, at, now }: { link: GreenLink; at: Date; now: Date },
): string | undefined {
  const rule = rules.find(({ code }) => code === link)
  if (!rule) return 'referral.link-of-another-kind'
  if (stamps[link]) return 'referral.link-recorded-already'
  if (at.getTime() > now.getTime() + MINUTE_MS) return 'referral.link-in-future'
  const before = stamps[rule.from]
  if (!before) return 'referral.link-before-recorded'
  return at < before ? 'referral.link-too-early' : undefined
}
