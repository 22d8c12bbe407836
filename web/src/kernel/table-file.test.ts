import { expect, test } from 'vitest'
import { tableFile } from './table-file.ts'

const sent = async (bytes: number[]) => {
  const file = await tableFile(new File([new Uint8Array(bytes)], 'a.csv'))
  return new Uint8Array(await file.arrayBuffer())
}
const utf8 = (text: string) => new TextEncoder().encode(text)

test('a CSV as spreadsheets in China write it goes to the server as UTF-8 that says so', async () => {
  // 姓名 in GB18030
  expect(await sent([0xd0, 0xd5, 0xc3, 0xfb])).toEqual(utf8('\ufeff姓名'))
  expect(await sent([...utf8('\ufeff姓名')])).toEqual(utf8('\ufeff姓名'))
})

test('an .xlsx goes as it is', async () => {
  expect([...(await sent([0x50, 0x4b, 3, 4, 0xff]))]).toEqual([0x50, 0x4b, 3, 4, 0xff])
})
