import type {
  Act,
  ActRule,
  LicenceKind,
  LicenceState,
  PracticeScope,
  PractitionerKind,
  Title,
} from '@tongmai/api/workforce/practitioner'

/** What the judgement looks at: one person, on one day. */
export interface Holder {
  readonly kind: PractitionerKind
  readonly title: Title
  readonly sites: readonly { institutionId: string; since: string; until: string | null }[]
  readonly licences: readonly HeldLicence[]
}

export interface HeldLicence {
  readonly id: string
  readonly kind: LicenceKind
  readonly numberMasked: string
  readonly scopes: readonly PracticeScope[]
  readonly since: string
  readonly until: string | null
}

/** Why somebody may not do an act: the second half of the refusal's code, and what helps to put it right. */
export interface Hindrance {
  readonly code:
    | 'not-registered-here'
    | 'not-of-this-kind'
    | 'no-licence'
    | 'licence-expired'
    | 'licence-not-yet-valid'
    | 'out-of-scope'
    | 'title-too-low'
  readonly details: Readonly<Record<string, unknown>>
}

export interface Question {
  readonly act: Act
  readonly institutionId: string
  readonly day: string
  readonly rules: readonly ActRule[]
}

/** True on every day from `since` to `until`, both included. */
export const covers = (span: { since: string; until: string | null }, day: string): boolean =>
  span.since <= day && (span.until === null || span.until >= day)

/** How a licence stands on a day; `expiring` from `noticeDays` before its end. */
export function stateOf(
  span: { since: string; until: string | null },
  day: string,
  lastQuiet: string,
): LicenceState {
  if (span.since > day) return 'notYet'
  if (span.until === null) return 'current'
  if (span.until < day) return 'expired'
  return span.until <= lastQuiet ? 'expiring' : 'current'
}

/** Whether this person may do this act at this institution on this day; undefined means yes. */
export function hindranceOf(holder: Holder, asked: Question): Hindrance | undefined {
  const { act, day, institutionId } = asked
  const site = holder.sites.find((s) => s.institutionId === institutionId && covers(s, day))
  if (!site) return { code: 'not-registered-here', details: { act } }
  const inForce = asked.rules.filter((r) => r.act === act && covers(r, day))
  const rule = inForce.find((r) => r.kind === holder.kind)
  if (!rule) return { code: 'not-of-this-kind', details: { act, needs: inForce.map((r) => r.kind) } }
  const fitting = holder.licences.filter((l) => rule.licences.includes(l.kind))
  const current = fitting.filter((l) => covers(l, day))
  if (current.length === 0) return lacking(fitting, asked, rule)
  const { scopes, titles } = rule
  if (scopes && !current.some((l) => l.scopes.some((scope) => scopes.includes(scope)))) {
    return { code: 'out-of-scope', details: { act, needs: scopes, licence: current[0]?.numberMasked } }
  }
  if (titles && !titles.includes(holder.title))
    return { code: 'title-too-low', details: { act, needs: titles } }
  return undefined
}

function lacking(fitting: readonly HeldLicence[], { act, day }: Question, rule: ActRule): Hindrance {
  const ended = fitting
    .filter((l) => l.until !== null && l.until < day)
    .toSorted((a, b) => ((a.until ?? '') < (b.until ?? '') ? 1 : -1))[0]
  if (ended) {
    const { kind, numberMasked, until } = ended
    return { code: 'licence-expired', details: { act, kind, licence: numberMasked, until } }
  }
  const coming = fitting.toSorted((a, b) => (a.since < b.since ? -1 : 1))[0]
  if (coming) {
    const { kind, numberMasked, since } = coming
    return { code: 'licence-not-yet-valid', details: { act, kind, licence: numberMasked, since } }
  }
  return { code: 'no-licence', details: { act, needs: rule.licences } }
}
