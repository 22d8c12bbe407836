/** Imagined people for the load: common surnames and given names, each number of its own. */
const surnames = [
  ...'王李张刘陈杨黄赵吴周徐孙马朱胡郭何林高罗郑梁谢宋唐许韩冯邓曹彭曾肖田董潘袁蔡蒋余于杜叶程魏苏吕丁任卢姚沈钟姜崔谭陆范汪廖石金',
]
const given = [
  ...'伟芳娜敏静丽强磊军洋勇艳杰娟涛明超秀霞平刚桂英华玉兰红建国文志海燕春梅云龙飞鹏辉宇轩浩然子涵欣怡梓诗琪雨泽嘉俊晨思佳慧颖倩雪琳萍波斌峰亮健康宁安永生福祥瑞德仁义礼智信忠孝廉正清和顺昌盛兴旺荣贵',
]

/** A number that looks like chance and is the same in every run. */
export const mix = (n: number): number => {
  let x = (n + 0x9e3779b9) | 0
  x = Math.imul(x ^ (x >>> 16), 0x21f0aaad)
  x = Math.imul(x ^ (x >>> 15), 0x735a2d97)
  return (x ^ (x >>> 15)) >>> 0
}

const pick = (from: readonly string[], n: number): string => from[n % from.length] ?? ''

/** Surname and given name of the n-th person. */
export function nameOf(n: number): { family: string; given: string } {
  const family = pick(surnames, mix(n))
  return {
    family,
    given: pick(given, mix(n + 1e6)) + (mix(n + 3e6) % 10 < 8 ? pick(given, mix(n + 2e6)) : ''),
  }
}

const two = (n: number) => String(n).padStart(2, '0')

/** The birth date of the n-th person. */
export const bornOf = (n: number): string =>
  `${1930 + (mix(n + 4e6) % 90)}-${two(1 + (mix(n + 5e6) % 12))}-${two(1 + (mix(n + 6e6) % 28))}`

/** The telephone of the n-th person. */
export const phoneOf = (n: number): string =>
  `1${30 + (mix(n + 7e6) % 70)}${String(mix(n + 8e6) % 1e8).padStart(8, '0')}`

export const numberSystem = 'http://bench.example/number'

/** The n-th person as FHIR says it. */
export function patientOf(n: number, number: string): object {
  const name = nameOf(n)
  return {
    resourceType: 'Patient',
    identifier: [{ system: numberSystem, value: number }],
    name: [{ use: 'official', text: name.family + name.given, family: name.family, given: [name.given] }],
    gender: mix(n + 9e6) % 2 ? 'female' : 'male',
    birthDate: bornOf(n),
    telecom: [{ system: 'phone', value: phoneOf(n) }],
    address: [{ text: `云泽市${mix(n + 1e7) % 400}号` }],
  }
}
