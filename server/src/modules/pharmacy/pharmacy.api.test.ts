import { afterAll, beforeAll, expect, test } from 'vitest'
import { givenStaff } from '../../../test/given-identity.ts'
import { asking, givenInstitution } from '../../../test/given-network.ts'
import { type Region, region } from '../../../test/world.ts'
import { availability } from './index.ts'
import * as store from './store.ts'

let world: Region
beforeAll(async () => {
  world = await region()
})
afterAll(() => world.close())

test('what the higher hospital holds and the community lacks is the gap; something of the same class replaces it', async () => {
  const { get, post } = asking(world)
  const [higher, community] = [await givenInstitution(world), await givenInstitution(world)]
  const above = await givenStaff(world, higher.id, ['pharmacist'])
  const below = await givenStaff(world, community.id, ['pharmacist'])
  const add = (name: string) =>
    world.system(async (ctx) => {
      const id = ctx.id()
      await store.add(ctx, { id, name, form: '片', strength: '5mg', category: '钙通道阻滞剂', chronic: true })
      return id
    })
  const [first, second] = [await add('氨氯地平'), await add('非洛地平')]
  for (const medicineId of [first, second])
    await post(above, '/medicine-stock', { medicineId, state: 'inStock' })
  await post(below, '/medicine-stock', { medicineId: second, state: 'canOrder' })
  const { body } = await get(below, `/formulary-alignment?communityId=${community.id}&higherId=${higher.id}`)
  expect(body).toMatchObject({ both: 1, higher: 2, rate: 0.5, gap: [{ id: first, state: null }] })
  const found = await get(below, `/medicines?institutionId=${community.id}&q=aldp`)
  expect(found.body.items.map((one: { id: string }) => one.id)).toEqual([first])
  const [answer, held] = await world.system((ctx) =>
    availability(ctx, community.id, ['苯磺酸氨氯地平片', '非洛地平']),
  )
  expect(answer).toMatchObject({ available: false, drugId: first, alternatives: [{ drugId: second }] })
  expect(held).toMatchObject({ available: true, drugId: second })
})

test('the longest name is meant: what is in another medicine’s name is not that medicine', async () => {
  const { get, post } = asking(world)
  const community = await givenInstitution(world)
  const below = await givenStaff(world, community.id, ['pharmacist'])
  const add = (name: string, form: string) =>
    world.system(async (ctx) => {
      const id = ctx.id()
      await store.add(ctx, { id, name, form, strength: '2.5mg', category: '降压药', chronic: true })
      return id
    })
  const [racemic, levo] = [await add('氨氯地平', '胶囊'), await add('左氨氯地平', '片')]
  await post(below, '/medicine-stock', { medicineId: racemic, state: 'inStock' })
  await post(below, '/medicine-stock', { medicineId: levo, state: 'notHeld' })
  const names = encodeURIComponent('苯磺酸左氨氯地平片\n氨氯地平胶囊\n没有的药')
  const { body } = await get(below, `/medicine-availability?institutionId=${community.id}&names=${names}`)
  expect(body).toMatchObject([
    {
      ...{ available: false, state: 'notHeld', drugId: levo },
      alternatives: [{ drugId: racemic, name: '氨氯地平胶囊 2.5mg' }],
    },
    { available: true, state: 'inStock', drugId: racemic, alternatives: [] },
    { available: false, state: null, drugId: null, alternatives: [] },
  ])
})
