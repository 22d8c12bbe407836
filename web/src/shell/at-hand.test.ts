import { permissionsOf, type Role, roles } from '@tongmai/api/identity/role'
import { expect, test } from 'vitest'
import { navigationGroups } from '../kernel/module.ts'
import { staffModules } from '../staff-modules.ts'
import { atHand } from './at-hand.ts'

const all = staffModules
  .flatMap(({ navigation }) => navigation ?? [])
  .toSorted((a, b) => (a.order ?? 50) - (b.order ?? 50))
const ordered = navigationGroups.flatMap((group) => all.filter((entry) => entry.group === group))

/** The pages in the bar of a phone of somebody with this role. */
function barOf(role: Role): readonly string[] {
  const held: ReadonlySet<string> = permissionsOf([role])
  const may = (permission?: string) => permission === undefined || held.has(permission)
  return atHand(
    ordered.filter((entry) => may(entry.may)),
    may,
  ).map(({ path }) => path)
}

test('on a phone everybody has what waits, what is new and the pages of their own work under the thumb', () => {
  for (const role of Object.keys(roles) as Role[])
    expect([role, barOf(role).slice(0, 2), barOf(role).length]).toEqual([role, ['/', '/inbox'], 4])
  expect(barOf('it')).toEqual(['/', '/inbox', '/clients', '/messages'])
  expect(barOf('dispatcher')).toContain('/dispatch')
  expect(barOf('quality-control')).toEqual(['/', '/inbox', '/quality', '/recognition-gates'])
  expect(barOf('health-commission')).toEqual(['/', '/inbox', '/referral-watch', '/recognition-ledger'])
  expect(barOf('gp').slice(2)).toContain('/residents')
})

test('a page is somebody’s daily work by a permission that a role has', () => {
  const known = new Set<string>(Object.keys(roles).flatMap((role) => [...permissionsOf([role as Role])]))
  expect(all.flatMap(({ daily }) => (daily && !known.has(daily) ? [daily] : []))).toEqual([])
})

test('what waits outside a referral says on its button what is to be done', async () => {
  const named = ['capacity', 'contract', 'dispatch', 'network', 'pharmacy', 'resident', 'workforce']
  const found = staffModules.filter(({ name }) => named.includes(name))
  expect(found).toHaveLength(named.length)
  for (const { name, words } of found) {
    const keys = Object.keys((await words?.())?.table ?? {})
    const steps = keys.filter((key) => key.startsWith('step.')).map((key) => key.slice('step.'.length))
    expect(steps.length).toBeGreaterThan(0)
    expect([name, steps.filter((step) => !keys.includes(`do.${step}`))]).toEqual([name, []])
  }
})
