import type { Alignment, MedicineLine } from '@tongmai/api/pharmacy'

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
    gap: community.filter(({ id }) => missing.has(id)),
  }
}

export interface Availability {
  readonly name: string
  readonly available: boolean
  readonly drugId: string | null
  readonly alternatives: { drugId: string; name: string }[]
}

const said = ({ name, form, strength }: MedicineLine): string => `${name}${form} ${strength}`

/** Whether a medicine of this generic name is to be had, and else what of the same category is. */
export function availabilityOf(formulary: readonly MedicineLine[], name: string): Availability {
  const named = formulary.filter((one) => name.includes(one.name))
  const held = named.find(holds)
  if (held) return { name, available: true, drugId: held.id, alternatives: [] }
  const categories = new Set(named.map(({ category }) => category))
  const alternatives = formulary
    .filter((one) => holds(one) && categories.has(one.category))
    .map((one) => ({ drugId: one.id, name: said(one) }))
  return { name, available: false, drugId: named[0]?.id ?? null, alternatives }
}
