import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'

const css = readFileSync(join(import.meta.dirname, 'tokens.css'), 'utf8')
const [light = '', dark = ''] = css.split(':root[data-brightness="dark"]')

/** WCAG 2.2 relative luminance of `#rrggbb`. */
function luminance(hex: string): number {
  const [r = 0, g = 0, b = 0] = [1, 3, 5].map((at) => {
    const part = Number.parseInt(hex.slice(at, at + 2), 16) / 255
    return part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4
  })
  return 0.2126 * r + 0.7152 * g + 0.0722 * b
}

const contrast = (one: string, other: string): number => {
  const [high = 0, low = 0] = [luminance(one), luminance(other)].sort((a, b) => b - a)
  return (high + 0.05) / (low + 0.05)
}

const colour = (block: string, name: string): string =>
  new RegExp(`--tm-${name}: (#[0-9a-f]{6})`).exec(block)?.[1] ?? ''

for (const [name, block] of [
  ['light', light],
  ['dark', dark],
] as const) {
  test(`every text of the ${name} theme has at least 4.5:1 on what it stands on (WCAG 2.2 AA)`, () => {
    for (const text of ['text', 'text-2', 'text-3', 'accent-text', 'bad', 'wait', 'good', 'note']) {
      for (const ground of ['page', 'surface', 'sunken']) {
        expect({ text, ground, ok: contrast(colour(block, text), colour(block, ground)) >= 4.5 }).toEqual({
          text,
          ground,
          ok: true,
        })
      }
    }
    for (const state of ['good', 'wait', 'bad', 'note', 'idle']) {
      const ok = contrast(colour(block, state), colour(block, `${state}-soft`)) >= 4.5
      expect({ state, ok }).toEqual({ state, ok: true })
    }
  })
}
