import { afterAll, beforeAll, expect, test } from 'vitest'
import { type Region, region } from './world.ts'

let world: Region
beforeAll(async () => {
  world = await region()
})
afterAll(() => world.close())

test('a stranger is told to sign in, in JSON with a request id', async () => {
  const answer = await world.app.inject({ url: '/api/parked' })
  expect(answer.statusCode).toBe(401)
  expect(answer.json()).toEqual({ code: 'kernel.sign-in-first', requestId: answer.headers['x-request-id'] })
})

test('the program says that it is alive and ready', async () => {
  expect((await world.app.inject({ url: '/healthz' })).statusCode).toBe(200)
  expect((await world.app.inject({ url: '/readyz' })).json()).toEqual({ ready: true })
  expect((await world.app.inject({ url: '/metrics' })).body).toContain('tongmai_unsealed 0')
})
