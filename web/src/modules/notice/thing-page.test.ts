import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { noticeThings } from '@tongmai/api/notice'
import { expect, test } from 'vitest'
import { capacityWords } from '../capacity/words.ts'
import { contractWords } from '../contract/words.ts'
import { dispatchWords } from '../dispatch/words.ts'
import { networkWords } from '../network/words.ts'
import { pharmacyWords } from '../pharmacy/words.ts'
import { residentWords } from '../resident/words.ts'
import { workforceWords } from '../workforce/words.ts'
import { pathOf } from './thing-page.ts'

const modules = join(import.meta.dirname, '..')
/** The routes of all modules of the staff app, as they are written. */
const routes = readdirSync(modules).flatMap((name) =>
  [...readFileSync(join(modules, name, 'index.ts'), 'utf8').matchAll(/path: '(\/[^']*)'/g)].map(
    ([, path = '']) => path,
  ),
)
const fits = (pattern: string, path: string): boolean =>
  new RegExp(`^${pattern.replace(/\$\w+/g, '[^/]+')}$`).test(path.replace(/\?.*/, ''))

test('every kind of thing that somebody is told of leads to a page', () => {
  expect(routes.length).toBeGreaterThan(60)
  const lost = noticeThings.filter((kind) => !routes.some((route) => fits(route, pathOf(`${kind}:7`))))
  expect(lost).toEqual([])
})

test('a part of a thing lies on the page of the whole', () => {
  expect(pathOf('agreement:7/3')).toBe('/agreements/7')
  expect(pathOf('careplan:7.3')).toBe('/careplans/7')
  expect(pathOf('referral:7:confirmation')).toBe('/referrals/7')
})

test('what waits outside a referral says on its button what is to be done', () => {
  const tables = [capacityWords, contractWords, dispatchWords, networkWords, pharmacyWords, residentWords]
  for (const { module, table } of [...tables, workforceWords]) {
    const keys = Object.keys(table)
    const steps = keys.filter((key) => key.startsWith('step.')).map((key) => key.slice('step.'.length))
    expect(steps.length).toBeGreaterThan(0)
    expect([module, steps.filter((step) => !keys.includes(`do.${step}`))]).toEqual([module, []])
  }
})
