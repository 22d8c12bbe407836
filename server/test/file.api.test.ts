import { mkdirSync, readdirSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { attach, readBytes, storeBytes, sweepFiles } from '../src/kernel/file.ts'
import { givenStaff } from './given-identity.ts'
import { givenInstitution } from './given-network.ts'
import { type Region, region } from './world.ts'

let world: Region
let headers: Readonly<Record<string, string>>
beforeAll(async () => {
  world = await region()
  headers = (await givenStaff(world, (await givenInstitution(world)).id, ['gp'])).headers
})
afterAll(() => world.close())

const CRLF = '\r\n'
const form = (bytes: Buffer, name = 'a.pdf') =>
  Buffer.concat([
    Buffer.from(`--x${CRLF}content-disposition: form-data; name="file"; filename="${name}"${CRLF}${CRLF}`),
    bytes,
    Buffer.from(`${CRLF}--x--${CRLF}`),
  ])
const send = async (payload: Buffer, media = 'multipart/form-data; boundary=x', as = headers) => {
  const sent = { ...as, 'content-type': media }
  const answer = await world.app.inject({ method: 'POST', url: '/api/files', payload, headers: sent })
  return { status: answer.statusCode, body: answer.json() as Record<string, string> }
}
const pdf = (text: string) => Buffer.from(`%PDF-1.7 ${text}`)

test('a file is kept under its content hash, whatever name it came with', async () => {
  const sent = await send(form(pdf('one'), '../../../../etc/passwd'))
  expect(sent.status).toBe(200)
  expect(sent.body.hash).toMatch(/^[0-9a-f]{64}$/)
  expect(sent.body.media).toBe('application/pdf')
  const bytes = await readBytes(world.dataDir, sent.body.hash ?? '')
  expect(Buffer.from(bytes)).toEqual(pdf('one'))
  expect((await send(form(pdf('one'), 'b.pdf'))).body.hash).toBe(sent.body.hash)
})

test('what is no document, too large, broken off or from a stranger is refused by its own code', async () => {
  const codes = async (sent: ReturnType<typeof send>) => [(await sent).status, (await sent).body.code]
  expect(await codes(send(form(Buffer.from('<script>'))))).toEqual([415, 'kernel.file-kind'])
  expect(await codes(send(form(Buffer.alloc(0))))).toEqual([400, 'kernel.empty-body'])
  expect(await codes(send(form(Buffer.concat([pdf(''), Buffer.alloc(21 * 1_048_576)]))))).toEqual([
    413,
    'kernel.body-too-large',
  ])
  const broken = form(pdf('broken off')).subarray(0, 90)
  expect(await codes(send(broken))).toEqual([400, 'kernel.malformed-form'])
  expect(await codes(send(Buffer.from('x'), 'multipart/form-data'))).toEqual([400, 'kernel.malformed-form'])
  expect(await codes(send(pdf('bare'), 'application/pdf'))).toEqual([415, 'kernel.media-type'])
  expect(await codes(send(form(pdf('x')), undefined, {}))).toEqual([401, 'kernel.sign-in-first'])
})

test('what nobody attaches within a day is gone; who brings it again has a day of their own', async () => {
  const [kept, again, gone] = ['kept', 'again', 'gone'].map(pdf) as [Buffer, Buffer, Buffer]
  const hashOf = async (bytes: Buffer) => (await send(form(bytes))).body.hash ?? ''
  const hashes = [await hashOf(kept), await hashOf(again), await hashOf(gone)] as const
  await world.system((ctx) => attach(ctx, [hashes[0]]))
  await world.sql(`update kernel.file set at = at - interval '25 hours'`)
  await hashOf(again)
  await sweepFiles(world.world)
  const left = await world.sql<{ hash: string }>('select hash from kernel.file where hash = any ($1)', [
    hashes,
  ])
  expect(left.map(({ hash }) => hash).sort()).toEqual([hashes[0], hashes[1]].sort())
  await expect(readBytes(world.dataDir, hashes[2])).rejects.toThrow('kernel.file-missing')
  await expect(world.system((ctx) => attach(ctx, [hashes[2]]))).rejects.toThrow('kernel.file-missing')
})

test('a file that could not be written whole leaves nothing behind', async () => {
  const hash = await storeBytes(world.dataDir, pdf('whole'))
  const folder = join(world.dataDir, 'files', hash.slice(0, 2))
  // The place of the file is taken by a folder that is not empty: the last step fails.
  rmSync(join(folder, hash))
  mkdirSync(join(folder, hash))
  writeFileSync(join(folder, hash, 'in-the-way'), '')
  await expect(storeBytes(world.dataDir, pdf('whole'))).rejects.toThrow()
  expect(readdirSync(folder)).toEqual([hash])
})
