import { type Junction, junction, type RoadProblem } from '@tongmai/api/network/road'
import * as z from 'zod/mini'
import type { NewRoad } from './store/road.ts'

/** Two CSV tables as a road network, and what is wrong with which line. */
export interface RoadTables {
  readonly junctions: readonly Junction[]
  readonly roads: readonly NewRoad[]
  readonly problems: readonly RoadProblem[]
}

type Problem = RoadProblem['problem']
interface Line {
  readonly cells: readonly string[]
  readonly line: number
}

/** The lines under the head; cells may be quoted (RFC 4180), empty lines are passed over. */
function linesOf(csv: string): Line[] {
  return csv
    .replace(/^\ufeff/, '')
    .split(/\r?\n/)
    .map((text, i) => ({ cells: cellsOf(text), line: i + 1 }))
    .filter(({ cells, line }) => line > 1 && cells.some((cell) => cell !== ''))
}

const cellsOf = (text: string): string[] =>
  [...`,${text}`.matchAll(/,(?:"((?:[^"]|"")*)"|([^,]*))/g)].map(([, quoted, plain = '']) =>
    (quoted?.replaceAll('""', '"') ?? plain).trim(),
  )

const numberOf = (cell: string | undefined): number => (cell ? Number(cell) : Number.NaN)

function junctionOf({ cells }: Line, codes: ReadonlySet<string>): Junction | Problem {
  if (cells.length < 4) return 'columns'
  const [code = '', name = '', longitude, latitude] = cells
  if (codes.has(code)) return 'twice'
  const read = z.safeParse(junction, {
    code,
    name,
    longitude: numberOf(longitude),
    latitude: numberOf(latitude),
  })
  if (read.success) return read.data
  const at = read.error.issues[0]?.path[0]
  return at === 'code' || at === 'name' ? at : 'position'
}

function roadOf({ cells }: Line, codes: ReadonlySet<string>, pairs: ReadonlySet<string>): NewRoad | Problem {
  if (cells.length < 4) return 'columns'
  const [fromCode = '', toCode = '', name = '', minutes, way = ''] = cells
  if (!codes.has(fromCode) || !codes.has(toCode)) return 'unknown'
  if (fromCode === toCode) return 'loop'
  if (pairs.has(`${fromCode} ${toCode}`)) return 'twice'
  if (name.length < 1 || name.length > 60) return 'name'
  const taken = numberOf(minutes)
  if (!(taken >= 0.1 && taken <= 1440)) return 'minutes'
  if (!['', '0', '1'].includes(way)) return 'direction'
  return { fromCode, toCode, name, minutes: taken, oneWay: way === '1' }
}

/** Reads the tables `code,name,longitude,latitude` and `from,to,name,minutes,one way`; the first line is the head. */
export function readRoadTables(csv: { junctions: string; roads: string }): RoadTables {
  const [junctions, roads, problems]: [Junction[], NewRoad[], RoadProblem[]] = [[], [], []]
  const [codes, pairs] = [new Set<string>(), new Set<string>()]
  for (const line of linesOf(csv.junctions)) {
    const read = junctionOf(line, codes)
    if (typeof read === 'string') problems.push({ table: 'junctions', line: line.line, problem: read })
    else {
      junctions.push(read)
      codes.add(read.code)
    }
  }
  for (const line of linesOf(csv.roads)) {
    const read = roadOf(line, codes, pairs)
    if (typeof read === 'string') problems.push({ table: 'roads', line: line.line, problem: read })
    else {
      roads.push(read)
      pairs.add(`${read.fromCode} ${read.toCode}`)
    }
  }
  return { junctions, roads, problems }
}
