import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { noticeThings } from '@tongmai/api/notice'
import { expect, test } from 'vitest'
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
