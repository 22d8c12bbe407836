import type { Alignment, Availability } from '@tongmai/api/pharmacy'
import type { MedicineLine } from '@tongmai/api/pharmacy/medicine'

const holds = ({ state }: MedicineLine): boolean => state === 'inStock' || state === 'canOrder'

/**
 * 衔接率 (domain reference 1.3): 基层目录 ∩ 上级慢病目录 ÷ 上级慢病目录, and the medicines that are wanting.
 * Both lists hold the same formulary, each with the state at its institution.
 */
export function align(community: readonly MedicineLine[], higher: readonly MedicineLine[]): Alignment {
  const own = new Set(community.filter(holds).map(({ id }) => id))
  const wanted = higher.filter((one) => one.chronic && holds(one))
  const missing = new Set(wanted.filter(({ id }) => !own.has(id)).map(({ id }) => id))
  const both = wanted.length - missing.size
  return {
    both,
    higher: wanted.length,
    rate: wanted.length === 0 ? null : both / wanted.length,
    gap: community
      .filter(({ id }) => missing.has(id))
      .map((one) => ({ ...one, alternatives: insteadOf(community, new Set([one.category])) })),
  }
}

const said = ({ name, form, strength }: MedicineLine): string => `${name}${form} ${strength}`

/** What is held of these categories; what is in stock goes before what must be ordered. */
const insteadOf = (formulary: readonly MedicineLine[], categories: ReadonlySet<string>) =>
  formulary
    .filter((other) => holds(other) && categories.has(other.category))
    .toSorted((a, b) => Number(b.state === 'inStock') - Number(a.state === 'inStock'))
    .map((other) => ({ drugId: other.id, name: said(other) }))

/** The medicines that a written name means: the longest generic name that stands in it, in every form and strength. */
export const meant = <Line extends { readonly name: string }>(
  formulary: readonly Line[],
  name: string,
): Line[] => {
  const within = formulary.filter((one) => name.includes(one.name))
  const longest = Math.max(0, ...within.map((one) => one.name.length))
  return within.filter((one) => one.name.length === longest)
}

/**
 * Whether a medicine of this name is to be had, and else what of the same category is. The longest generic name that
 * stands in it is meant: 左氨氯地平 is not 氨氯地平. What is in stock goes before what must be ordered.
 */
export function availabilityOf(formulary: readonly MedicineLine[], name: string): Availability {
  const named = meant(formulary, name)
  const held = named.find(({ state }) => state === 'inStock') ?? named.find(holds)
  const one = held ?? named[0]
  const facts = {
    name,
    state: one?.state ?? null,
    drugId: one?.id ?? null,
    confirmedAt: one?.confirmedAt ?? null,
  }
  if (held) return { ...facts, available: true, alternatives: [] }
  const alternatives = insteadOf(formulary, new Set(named.map(({ category }) => category)))
  return { ...facts, available: false, alternatives }
}
