import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { gzipSync } from 'node:zlib'
import { beforeAll, expect, test } from 'vitest'
import { buildWeb } from '../scripts/build-web.ts'
import { root } from './tree.ts'

const dist = join(root, 'web/dist')

/** What a browser fetches before it draws anything: the page's own script and style and what they import at once. */
function firstLoad(page: string): readonly string[] {
  const html = readFileSync(join(dist, page), 'utf8')
  const waiting = [...html.matchAll(/(?:src|href)="\/(assets\/[^"]+\.(?:js|css))"/g)].map(
    ([, path]) => `${path}`,
  )
  const found = new Set<string>()
  for (let path = waiting.pop(); path; path = waiting.pop()) {
    if (found.has(path)) continue
    found.add(path)
    const imports = readFileSync(join(dist, path), 'utf8').matchAll(
      /(?:from|import)\s*["']\.\/([^"']+\.js)["']/g,
    )
    for (const [, name] of imports) waiting.push(`assets/${name}`)
  }
  return [...found]
}

const weightKb = (paths: readonly string[]): number =>
  paths.reduce((sum, path) => sum + gzipSync(readFileSync(join(dist, path))).length, 0) / 1000

beforeAll(() => buildWeb(), 120_000)

test('a resident’s phone fetches at most 120 kB before the first page, and no Ant Design', () => {
  const paths = firstLoad('me.html')
  expect(weightKb(paths)).toBeLessThanOrEqual(120)
  expect(weightKb(paths)).toBeGreaterThan(60)
  expect(paths.filter((path) => readFileSync(join(dist, path), 'utf8').includes('ant-btn'))).toEqual([])
})

test('a desktop of staff fetches at most 320 kB before the first page: words and pages come when they are opened', () => {
  const paths = firstLoad('index.html')
  expect(weightKb(paths)).toBeLessThanOrEqual(320)
  expect(weightKb(paths)).toBeGreaterThan(150)
  const early = paths.map((path) => readFileSync(join(dist, path), 'utf8')).join('')
  expect(early).toContain('签约费结算')
  expect(early).not.toContain('已签的协议保持签订时的项目和价格')
})
