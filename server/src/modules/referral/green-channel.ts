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
const HOUR_MS = 60 * MINUTE_MS
/** The doctor saw the patient before anybody opened a channel; a day earlier is another illness. */
const BEFORE_OPENING_MS = 24 * HOUR_MS

/** How long a department may take to say that it has seen the warning; an assumption, no known rule gives it. */
export const ACKNOWLEDGE_MINUTES = 5

/** The chain with what each link took from the link it is counted from; late where its target has passed, reached or not. */
export function chainOf(
  rules: readonly LinkRule[],
  stamps: Stamps,
  now: Date,
  maySay: (link: GreenLink) => boolean = () => false,
): ChainLink[] {
  return rules.map(({ code, from, targetMinutes, source }) => {
    const [begun, reached] = [stamps[from], stamps[code]]
    const ms = begun && (reached ?? now).getTime() - begun.getTime()
    const minutes = ms === undefined ? null : Math.round((ms / MINUTE_MS) * 10) / 10
    return {
      ...{ code, from, targetMinutes, source },
      at: reached ?? null,
      minutes: reached ? minutes : null,
      due: begun && targetMinutes !== null ? new Date(begun.getTime() + targetMinutes * MINUTE_MS) : null,
      late: targetMinutes !== null && minutes !== null && minutes > targetMinutes,
      mayStamp: reached === undefined && begun !== undefined && maySay(code),
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
  const earliest = rule.from === 'opened' ? before.getTime() - BEFORE_OPENING_MS : before.getTime()
  return at.getTime() < earliest ? 'referral.link-too-early' : undefined
}

/** What happens before the patient is handed over is recorded by either side; from then on by who treats. */
const onTheWay: readonly GreenLink[] = ['firstContact', 'firstEcg']
export const isOnTheWay = (link: GreenLink): boolean => onTheWay.includes(link)

/** An examination that was kept is used up when its link is reached. */
export const examinedAt: readonly GreenLink[] = ['ct', 'imaging']
