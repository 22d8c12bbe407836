import { expect, test } from 'vitest'
import { draftOf, empty, isHalf, type Typed } from './typed.ts'

const line = (name: string, dose: string, frequency: string): Typed['medicines'][number] => ({
  ...{ name, dose, frequency, route: '口服', days: 30, note: '' },
})
const down = (medicines: Typed['medicines'], followUps: Typed['followUps'] = []): Typed => ({
  ...empty,
  ...{ direction: 'down', to: { value: 'c', label: '社区' }, medicines, followUps },
})

test('a return note with a half-written line does not leave; a blank one is no line', () => {
  const whole = line('阿司匹林', '100 mg', '每日一次')
  expect(isHalf(down([whole, line('', '', '')], [{ dueOn: null, purpose: '' }]))).toBe(false)
  expect(isHalf(down([whole, line('胺碘酮', '', '')]))).toBe(true)
  expect(isHalf(down([whole], [{ dueOn: '2026-12-01', purpose: ' ' }]))).toBe(true)
  const note = draftOf(down([whole, line('', '', '')]), new Date()).returnNote
  expect(note?.medicines.map(({ name }) => name)).toEqual(['阿司匹林'])
})
