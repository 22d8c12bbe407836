import { globSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { noticeThings } from '@tongmai/api/notice'
import { expect, test } from 'vitest'

/** Things that events, grants and openings name and nobody's inbox or work-list does. */
const nobodyIsTold =
  `account alert-rule alliance area area-duty booking client consent contract-bulk contract-group-rule contract-indicator contract-register
  contract-settlement contract-survey demo department device diagnosis-group discharge encounter enrolment entitlement event export grid home-visit
  hotline-call institution medicine mended message pathway place practitioner proxy reading recognition-gate
  recognition-item resident resolution road rota schedule search service-package staff subscription team technique
  test-order vehicle`.split(/\s+/)

test('every kind of thing that modules name is told with a page to it, or is known to be told to nobody', () => {
  const modules = join(import.meta.dirname, '../server/src/modules')
  const files = globSync('**/*.ts', { cwd: modules }).filter((name) => !name.endsWith('.test.ts'))
  const named = files.flatMap((name) =>
    [...readFileSync(join(modules, name), 'utf8').matchAll(/`([a-z][a-z-]*):\$\{/g)].map(
      ([, kind = '']) => kind,
    ),
  )
  const known = new Set<string>([...noticeThings, ...nobodyIsTold])
  expect([...new Set(named)].filter((kind) => !known.has(kind))).toEqual([])
  expect(noticeThings.filter((kind) => !named.includes(kind))).toEqual([])
})
