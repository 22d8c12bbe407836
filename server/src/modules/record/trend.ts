import type { Fact, Trend } from '@tongmai/api/record'

/** A fact with the reference range its source gives. */
export interface Measurement {
  readonly fact: Fact
  readonly range: Trend['range']
}

const pointsMax = 60
const key = ({ label }: Fact): string => (label.code ? `${label.system}|${label.code}` : label.text)

/**
 * Measurements as trends, one per code: the latest in front, its numbers over time behind (at most sixty, oldest
 * first). The measurements come with the latest first; a code whose latest value is no number has no series.
 */
export function trendsOf(measurements: readonly Measurement[]): Trend[] {
  const groups = Map.groupBy(
    measurements.filter(({ fact }) => fact.values.length > 0),
    ({ fact }) => key(fact),
  )
  return [...groups.values()].flatMap((group) => {
    const [latest] = group
    if (!latest) return []
    const first = latest.fact.values[0]
    return [
      {
        label: latest.fact.label,
        unit: first?.unit ?? null,
        latest: latest.fact,
        range: latest.range,
        series: latest.fact.values
          .filter((value) => value.number !== null)
          .map(({ label, unit }) => ({ label, points: pointsOf(group, label.text, unit) })),
      },
    ]
  })
}

/** The numbers of one series; a value in another unit is no point of it. */
function pointsOf(group: readonly Measurement[], name: string, unit: string | null) {
  const points = group.flatMap(({ fact }) => {
    const value = fact.values.find((one) => one.label.text === name && one.unit === unit)
    const known = value?.number
    return fact.at && known !== null && known !== undefined
      ? [{ at: fact.at, value: known, id: fact.id, where: fact.provider ?? fact.institution?.name ?? null }]
      : []
  })
  return points.slice(0, pointsMax).reverse()
}
