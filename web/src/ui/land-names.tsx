import { type Division, middleOf, type Projection } from './geo.ts'
import { type Box, labelsWithRoom } from './label-room.ts'

interface LandNamesProps {
  readonly divisions: readonly Division[]
  readonly nameOf: (division: Division) => string
  readonly projection: Projection
  /** The height of a letter, in the units of the drawing. */
  readonly size: number
  /** How far below the middle of its division a name has its line. */
  readonly below?: number
  /** Where dots and the names of places are drawn. */
  readonly taken: readonly Box[]
}

/** The names of divisions, each in the middle of its own, where there is room; the others come as one zooms in. */
export function LandNames({ divisions, nameOf, projection, size, below = 0, taken }: LandNamesProps) {
  const all = divisions.map((division, i) => {
    const { x, y } = middleOf(division, projection)
    return { id: String(division.id ?? i), name: nameOf(division), x, y: y + below }
  })
  const wanted = all.map(({ name, x, ...one }) => ({
    ...{ ...one, letters: name.length, x: x - (name.length * size) / 2 },
  }))
  const shown = labelsWithRoom(wanted, size, taken)
  return (
    <g className="tm-map-names" fontSize={size}>
      {all.map(
        ({ id, name, x, y }) =>
          shown.has(id) && (
            <text key={id} x={x} y={y}>
              {name}
            </text>
          ),
      )}
    </g>
  )
}
