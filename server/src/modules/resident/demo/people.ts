import { checkDigit } from '@tongmai/api/resident/chinese-id'
import { demoId, demoRandom } from '../../../kernel/demo.ts'

/** One resident of the demonstration region; everything about them is invented. */
export interface DemoResident {
  readonly id: string
  readonly name: string
  readonly sex: 'male' | 'female'
  readonly birthDate: string
  /** Valid by its check digit; its division begins with 99, which is no province. */
  readonly number: string
  readonly phone: string
  /** Code of the institution where they are registered. */
  readonly institution: string
  /** The first ten sign in with their phone number. */
  readonly hasAccount: boolean
}

const COUNT = 3000
const ACCOUNTS = 10
const SEED = 20_260_101

const surnames = [
  ...'王李张刘陈杨黄赵吴周徐孙马朱胡郭何林高罗郑梁谢宋唐许邓冯韩曹曾彭萧蔡潘田董袁于余叶蒋杜苏魏程吕丁沈任',
]
const menGiven =
  '建国 志强 伟 建军 国强 永福 德明 宏伟 俊杰 子轩 浩然 家乐 文博 立新 海涛 金生 长根 玉林 春生 少华 晨曦 宇航'.split(
    ' ',
  )
const womenGiven =
  '秀英 桂兰 淑珍 玉梅 丽华 小红 雅琴 美玲 晓燕 春花 素芬 佳怡 思涵 雨桐 梦琪 惠芳 凤霞 月娥 兰英 静怡 婉清 若溪'.split(
    ' ',
  )

/** Where residents are registered, larger centres more often; the divisions of their numbers. */
const places: readonly (readonly [institution: string, county: string, weight: number])[] = [
  ['CHC01', '990102', 14],
  ['CHC02', '990102', 11],
  ['CHC03', '990102', 9],
  ['CHC04', '990103', 9],
  ['CHC05', '990103', 8],
  ['CHC06', '990103', 7],
  ['CHC07', '990104', 8],
  ['CHC08', '990104', 7],
  ['CHC09', '990105', 7],
  ['CHC10', '990105', 6],
  ['TS01', '990121', 4],
  ['TS02', '990121', 3],
  ['TS03', '990121', 2],
  ['TS04', '990121', 2],
  ['VC01', '990121', 2],
  ['VC03', '990121', 1],
]

/** The people of the stories: the first ones at CHC01, with a household among them. */
const known: readonly (readonly [name: string, sex: 'male' | 'female', birthDate: string])[] = [
  ['张建国', 'male', '1958-04-12'],
  ['李秀英', 'female', '1960-09-03'],
  ['张桂兰', 'female', '1934-02-20'],
  ['王志强', 'male', '1971-11-08'],
  ['陈雨桐', 'female', '2019-06-01'],
  ['刘德明', 'male', '1946-01-25'],
  ['赵晓燕', 'female', '1985-07-17'],
  ['周永福', 'male', '1952-12-30'],
  ['吴丽华', 'female', '1966-05-05'],
  ['孙浩然', 'male', '1998-10-19'],
]

function pick<T>(random: () => number, from: readonly T[]): T {
  return from[Math.floor(random() * from.length)] as T
}

function placeAt(random: () => number): readonly [string, string, number] {
  let left = random() * places.reduce((sum, place) => sum + place[2], 0)
  for (const place of places) {
    left -= place[2]
    if (left < 0) return place
  }
  return ['CHC01', '990102', 1]
}

/** Born between 1930 and 2025, more often old than young: the region is an ageing one. */
function birthOf(random: () => number): string {
  const day =
    Date.UTC(1930, 0, 1) +
    Math.floor((1 - Math.max(random(), random() ** 0.5)) * 0.999 * 95 * 365.25) * 86_400_000
  return new Date(day).toISOString().slice(0, 10)
}

function numberOf(county: string, birthDate: string, sex: 'male' | 'female', n: number): string {
  const serial = String((n % 499) * 2 + (sex === 'male' ? 1 : 2)).padStart(3, '0')
  const first17 = `${county}${birthDate.replaceAll('-', '')}${serial}`
  return first17 + checkDigit(first17)
}

function make(): readonly DemoResident[] {
  const random = demoRandom(SEED)
  const taken = new Set<string>()
  return Array.from({ length: COUNT }, (_, n) => {
    const [institution, county] = n < ACCOUNTS ? ['CHC01', '990102'] : placeAt(random)
    const drawnSex = random() < 0.5 ? ('male' as const) : ('female' as const)
    const drawnName = pick(random, surnames) + pick(random, drawnSex === 'male' ? menGiven : womenGiven)
    const drawnBirth = birthOf(random)
    const [name, sex, birthDate] = known[n] ?? [drawnName, drawnSex, drawnBirth]
    let number = numberOf(county, birthDate, sex, n)
    for (let more = n + 1; taken.has(number); more++) number = numberOf(county, birthDate, sex, more)
    taken.add(number)
    const phone = `1990000${String(1000 + n)}`
    return {
      id: demoId('resident', n),
      name,
      sex,
      birthDate,
      number,
      phone,
      institution,
      hasAccount: n < ACCOUNTS,
    }
  })
}

let made: readonly DemoResident[] | undefined

/** All residents of the demonstration region, those who sign in first; the same for the same program. */
export function demoResidents(): readonly DemoResident[] {
  made ??= make()
  return made
}
