import { expect, test } from 'vitest'
import { paint } from './grid-paint.ts'

const cell = (id: string, divisions: string[]) => ({ id, name: `网格${id}`, colour: '#123456', divisions })

test('a unit has the colour of its cell; in none it is a gap, in two an overlap that names both', () => {
  const { gaps, overlaps, laidOf } = paint(
    ['990102001', '990102002', '990103001'],
    [cell('a', ['990102']), cell('b', ['990102002'])],
  )
  expect(gaps).toEqual(['990103001'])
  expect(overlaps).toEqual([{ division: '990102002', grids: ['a', 'b'] }])
  expect(laidOf('990102001')).toEqual({ state: 'one', colour: '#123456', names: ['网格a'] })
  expect(laidOf('990102002')).toMatchObject({ state: 'overlap', names: ['网格a', '网格b'] })
  expect(laidOf('990103001').state).toBe('gap')
})
