import { get } from 'node:http'
import type { AddressInfo } from 'node:net'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { givenResidentAccount, givenStaff } from './given-identity.ts'
import { givenInstitution } from './given-network.ts'
import { givenResident } from './given-resident.ts'
import { type Region, region } from './world.ts'

let world: Region
let port: number
beforeAll(async () => {
  world = await region()
  await world.app.listen({ port: 0, host: '127.0.0.1' })
  port = (world.app.server.address() as AddressInfo).port
})
afterAll(() => world.close())

interface Stream {
  readonly heard: { id: string; name: string; data: { name?: string; thing?: string } }[]
  readonly close: () => void
}

/** Listens to live updates as a browser does, and keeps what it heard. */
function listening(headers: Readonly<Record<string, string>>): Promise<Stream> {
  return new Promise((ready, failed) => {
    const request = get({ host: '127.0.0.1', port, path: '/api/live', headers }, (answer) => {
      if (answer.statusCode !== 200) return failed(new Error(String(answer.statusCode)))
      const heard: Stream['heard'] = []
      let text = ''
      answer.setEncoding('utf8').on('data', (more) => {
        text += more
        const frames = text.split('\n\n')
        text = frames.pop() ?? ''
        for (const frame of frames) {
          const part = (name: string) => new RegExp(`^${name}: (.*)$`, 'm').exec(frame)?.[1] ?? ''
          if (part('event'))
            heard.push({ id: part('id'), name: part('event'), data: JSON.parse(part('data')) })
        }
      })
      answer.on('error', () => {})
      return ready({ heard, close: () => request.destroy() })
    })
    request.on('error', failed)
  })
}

const things = (stream: Stream) => stream.heard.map(({ data }) => data.thing)
const until = (is: () => boolean) => expect.poll(is, { timeout: 10_000 }).toBe(true)

test('who is not signed in hears nothing', async () => {
  await expect(listening({})).rejects.toThrow('401')
})

test('an institution hears what concerns it and nothing of others; a resident hears nothing of theirs', async () => {
  const here = (await givenInstitution(world)).id
  const there = (await givenInstitution(world)).id
  const mine = await givenStaff(world, here, ['gp'])
  const theirs = await givenStaff(world, there, ['gp'])
  const someone = await givenResidentAccount(world, (await givenResident(world, there)).id)
  const streams = await Promise.all([mine, theirs, someone].map(({ headers }) => listening(headers)))
  const [own, other, resident] = streams as [Stream, Stream, Stream]
  const { id } = await givenResident(world, here)
  await world.deliver()
  await until(() => things(own).includes(`resident:${id}`))
  expect(things(other)).not.toContain(`resident:${id}`)
  expect(things(resident)).not.toContain(`resident:${id}`)
  for (const stream of streams) stream.close()
})

test('a browser that comes back hears what it missed, once', async () => {
  const here = (await givenInstitution(world)).id
  const { headers } = await givenStaff(world, here, ['gp'])
  const before = await listening(headers)
  const first = `resident:${(await givenResident(world, here)).id}`
  await world.deliver()
  await until(() => things(before).includes(first))
  before.close()
  const missed = `resident:${(await givenResident(world, here)).id}`
  await world.deliver()
  const last = before.heard.find(({ data }) => data.thing === first)?.id ?? ''
  const again = await listening({ ...headers, 'last-event-id': last })
  await until(() => things(again).includes(missed))
  const next = `resident:${(await givenResident(world, here)).id}`
  await world.deliver()
  await until(() => things(again).includes(next))
  const registered = again.heard.filter(({ data }) => data.name === 'resident.registered')
  expect(registered.map(({ data }) => data.thing)).toEqual([missed, next])
  again.close()
})

test('an id of a chain that was restored since tells the browser to read everything anew', async () => {
  const here = (await givenInstitution(world)).id
  const { headers } = await givenStaff(world, here, ['gp'])
  const stream = await listening({ ...headers, 'last-event-id': '900000000' })
  await until(() => stream.heard.some(({ name }) => name === 'anew'))
  const { id } = await givenResident(world, here)
  await world.deliver()
  await until(() => things(stream).includes(`resident:${id}`))
  stream.close()
})
