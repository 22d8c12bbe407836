/**
 * The demonstration region's invented divisions. The codes begin with 99 and 98, which GB/T 2260 assigns to no
 * province; the places lie in the open sea east of the mainland, so that nobody takes them for real ones.
 */
export interface Place {
  readonly code: string
  readonly name: string
  /** Where its middle lies on the lattice of `shapes.ts`: column, row. */
  readonly seed: readonly [number, number]
  readonly population: number
}

export const cityCode = '990100'
export const countyCode = '990121'

/** Provinces, cities and counties; only those of 云泽市 have units and shapes. */
export const upperDivisions: readonly (readonly [code: string, name: string, parent: string | null])[] = [
  ['990000', '云澜省', null],
  [cityCode, '云泽市', '990000'],
  ['990102', '云津区', cityCode],
  ['990103', '泽南区', cityCode],
  ['990104', '鹤汀区', cityCode],
  ['990105', '松岭区', cityCode],
  [countyCode, '青屏县', cityCode],
  ['990200', '临澜市', '990000'],
  ['990300', '望川市', '990000'],
  ['990400', '江源市', '990000'],
  ['980000', '朔原省', null],
  ['980100', '朔北市', '980000'],
  ['980200', '沙岭市', '980000'],
  ['980221', '沙岭县', '980200'],
]

const unit = (code: string, name: string, seed: readonly [number, number], population: number): Place => ({
  code,
  name,
  seed,
  population,
})

/** Street districts of the four urban districts, towns and townships of the county. */
export const units: readonly Place[] = [
  unit('990102001', '鼓楼街道', [30, 16], 82_000),
  unit('990102002', '云津桥街道', [27, 17], 64_000),
  unit('990102003', '东门街道', [33, 16], 71_000),
  unit('990102004', '西市街道', [29, 13], 58_000),
  unit('990102005', '文庙街道', [31, 19], 49_000),
  unit('990103001', '泽南街道', [26, 22], 66_000),
  unit('990103002', '荷塘街道', [30, 23], 53_000),
  unit('990103003', '渔港街道', [35, 24], 38_000),
  unit('990103004', '柳岸街道', [27, 27], 41_000),
  unit('990103005', '新港街道', [32, 27], 35_000),
  unit('990104001', '鹤汀街道', [37, 17], 60_000),
  unit('990104002', '白沙街道', [38, 13], 44_000),
  unit('990104003', '滨江街道', [41, 16], 47_000),
  unit('990104004', '科苑街道', [38, 21], 52_000),
  unit('990104005', '临湖街道', [42, 20], 29_000),
  unit('990105001', '松岭街道', [26, 9], 57_000),
  unit('990105002', '梅坞街道', [31, 9], 46_000),
  unit('990105003', '杏林街道', [36, 9], 51_000),
  unit('990105004', '石桥街道', [28, 5], 33_000),
  unit('990105005', '向阳街道', [34, 5], 30_000),
  unit('990121100', '青屏镇', [20, 16], 78_000),
  unit('990121101', '石泉镇', [20, 8], 43_000),
  unit('990121102', '高桥镇', [19, 24], 39_000),
  unit('990121200', '云门乡', [12, 11], 24_000),
  unit('990121201', '竹溪乡', [12, 21], 21_000),
  unit('990121202', '古渡乡', [7, 16], 18_000),
]

const village = (code: string, name: string): Place => {
  const parent = units.find((one) => code.startsWith(one.code))
  if (!parent) throw new Error(`${code} lies in no township`)
  const number = Number(code.slice(-1))
  const angle = (number * 2 * Math.PI) / 3 + parent.seed[0]
  const seed = [parent.seed[0] + 2.4 * Math.cos(angle), parent.seed[1] + 2.4 * Math.sin(angle)] as const
  return { code, name, seed, population: Math.round(parent.population / 3) }
}

/** Villages of the county, three to a township. */
export const villages: readonly Place[] = [
  village('990121100201', '城关村'),
  village('990121100202', '南屏村'),
  village('990121100203', '桃源村'),
  village('990121101201', '石泉村'),
  village('990121101202', '上湾村'),
  village('990121101203', '下湾村'),
  village('990121102201', '高桥村'),
  village('990121102202', '塘头村'),
  village('990121102203', '李家坪村'),
  village('990121200201', '云门村'),
  village('990121200202', '茶山村'),
  village('990121200203', '双溪村'),
  village('990121201201', '竹溪村'),
  village('990121201202', '梨树沟村'),
  village('990121201203', '马鞍村'),
  village('990121202201', '古渡村'),
  village('990121202202', '沙洲村'),
  village('990121202203', '望江村'),
]
