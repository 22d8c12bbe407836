import type { ResidentCard } from '@tongmai/api/resident/person'

interface Carded {
  readonly residentId: string
  readonly nameMasked: string | null
  readonly sex: string | null
  readonly birthDate: string | null
  readonly idMasked: string | null
}

/** A masked card; the name stays hidden where the viewer has no basis for this resident any more. */
export const cardOf = (row: Carded): ResidentCard => ({
  ...{ id: row.residentId, nameMasked: row.nameMasked ?? '*', birthDate: row.birthDate },
  ...{ sex: (row.sex ?? 'unknown') as ResidentCard['sex'], idMasked: row.idMasked },
})
