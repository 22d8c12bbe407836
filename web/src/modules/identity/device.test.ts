import { expect, test } from 'vitest'
import { deviceOf } from './device.ts'

test('a device is called by its browser and system, an unknown program by its own name', () => {
  const windows =
    'Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/140.0 Safari/537.36'
  expect(deviceOf(windows)).toBe('Chrome · Windows')
  expect(deviceOf('curl/8.5.0')).toBe('curl/8.5.0')
  expect(deviceOf('')).toBe('—')
})
