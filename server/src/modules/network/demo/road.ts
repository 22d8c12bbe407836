import { farAway } from './institution.ts'
import { units, upperDivisions, villages } from './place.ts'
import { pointIn } from './shapes.ts'

/** Minutes for a step of the lattice (about 1.9 km) by kind of road. */
const pace = { street: 3.4, country: 2.6, mountain: 4.6, expressway: 1.35 } as const

type Line = readonly [from: string, to: string, name: string, kind: keyof typeof pace]

/**
 * The invented roads between the invented places. The river 泽江 parts 鹤汀区 from the old town, with two bridges; the ridge
 * 松岭 parts 梅坞 from 杏林, so that the branch hospital nearest by air is a long way round; 青屏山 parts the county from the city, with a
 * tunnel and a pass.
 */
const lines: readonly Line[] = [
  ['990102001', '990102002', '人民路', 'street'],
  ['990102001', '990102003', '东门大街', 'street'],
  ['990102001', '990102004', '西市街', 'street'],
  ['990102001', '990102005', '文庙街', 'street'],
  ['990102002', '990102004', '桥西路', 'street'],
  ['990102002', '990103001', '泽南大道', 'street'],
  ['990102005', '990103002', '荷塘路', 'street'],
  ['990103001', '990103002', '南塘路', 'street'],
  ['990103001', '990103004', '柳岸路', 'street'],
  ['990103002', '990103003', '渔港路', 'street'],
  ['990103004', '990103005', '南环路', 'country'],
  ['990103003', '990103005', '新港路', 'country'],
  ['990102003', '990104001', '泽江大桥', 'street'],
  ['990103003', '990104004', '渔港大桥', 'street'],
  ['990104001', '990104002', '白沙路', 'street'],
  ['990104001', '990104003', '滨江路', 'street'],
  ['990104001', '990104004', '科苑路', 'street'],
  ['990104003', '990104005', '临湖路', 'country'],
  ['990104004', '990104005', '湖滨南路', 'country'],
  ['990104002', '990105003', '沿江北路', 'country'],
  ['990102004', '990105002', '梅坞路', 'street'],
  ['990102004', '990105001', '松岭路', 'street'],
  ['990105001', '990105002', '松梅路', 'street'],
  ['990105001', '990105004', '石桥路', 'country'],
  ['990105002', '990105004', '北坞路', 'country'],
  ['990105004', '990105005', '北环路', 'country'],
  ['990105005', '990105003', '向阳路', 'country'],
  ['990102002', '990121100', '青屏山隧道', 'expressway'],
  ['990105001', '990121101', '石泉垭口公路', 'mountain'],
  ['990121100', '990121101', '青石公路', 'country'],
  ['990121100', '990121102', '青高公路', 'country'],
  ['990121100', '990121200', '云门公路', 'mountain'],
  ['990121100', '990121201', '竹溪公路', 'country'],
  ['990121101', '990121200', '泉云山路', 'mountain'],
  ['990121102', '990121201', '高竹公路', 'country'],
  ['990121200', '990121202', '古渡北路', 'mountain'],
  ['990121201', '990121202', '古渡南路', 'country'],
  ['990105004', '990200', '澜云高速', 'expressway'],
  ['990105005', '990300', '望云高速', 'expressway'],
  ['990103005', '990400', '江云高速', 'expressway'],
  ['990200', '980100', '朔澜高速', 'expressway'],
  ['980100', '980221', '朔沙公路', 'country'],
]

const nameOf = (code: string): string =>
  [...units, ...villages].find((place) => place.code === code)?.name ??
  upperDivisions.find(([known]) => known === code)?.[1] ??
  code

const placeOf = (code: string) => farAway[code] ?? pointIn(code)

/** Steps of the lattice between two places, as the crow flies. */
function steps(a: string, b: string): number {
  const [p, q] = [placeOf(a), placeOf(b)]
  return Math.hypot((p.longitude - q.longitude) / 0.02, (p.latitude - q.latitude) / 0.0175)
}

/** The roads of the demonstration region: those above, and a lane from every village to its township. */
export function demoRoads() {
  const lanes: Line[] = villages.map(({ code, name }) => [code, code.slice(0, 9), `${name}村道`, 'mountain'])
  const codes = new Set([...lines, ...lanes].flatMap(([from, to]) => [from, to] as const))
  return {
    junctions: [...codes].map((code) => ({ code, name: nameOf(code), ...placeOf(code) })),
    roads: [...lines, ...lanes].map(([fromCode, toCode, name, kind]) => ({
      fromCode,
      toCode,
      name,
      minutes: Math.max(2, Math.round(steps(fromCode, toCode) * pace[kind])),
      oneWay: false,
    })),
  }
}
