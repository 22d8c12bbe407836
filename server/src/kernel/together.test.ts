import { expect, onTestFinished, test, vi } from 'vitest'
import { nobody } from './actor.ts'
import { together } from './together.ts'

const asking = (failing: (asked: readonly number[]) => unknown) => {
  const alone: number[] = []
  const rounds: number[][] = []
  const ask = together<number, string>({
    one: async (_actor, asked) => {
      alone.push(asked)
      if (asked < 0) throw new Error('below zero')
      return `one ${asked}`
    },
    all: async (_actor, asked) => {
      rounds.push([...asked])
      const error = failing(asked)
      if (error) throw error
      return asked.map((one) => `all ${one}`)
    },
  })
  return { alone, rounds, ask: (key: string, asked: number) => ask(nobody, key, asked) }
}

test('what comes in one turn goes in one round, under its key, and each gets its own answer', async () => {
  const { alone, rounds, ask } = asking(() => undefined)
  const answers = await Promise.all([ask('a', 1), ask('b', 2), ask('a', 3), ask('a', 4)])
  expect(answers).toEqual(['all 1', 'one 2', 'all 3', 'all 4'])
  expect([rounds, alone]).toEqual([[[1, 3, 4]], [2]])
  expect(await ask('a', 5)).toBe('one 5')
})

test('where a round fails each is tried by itself, and only who is at fault is refused', async () => {
  const { alone, ask } = asking((asked) => asked.some((one) => one < 0) && new Error('one is wrong'))
  const answers = await Promise.allSettled([ask('', 1), ask('', -2), ask('', 3)])
  expect(answers.map(({ status }) => status)).toEqual(['fulfilled', 'rejected', 'fulfilled'])
  expect(alone).toEqual([1, -2, 3])
})

test('where the connection was lost nothing is tried again: it may have been done', async () => {
  const { alone, ask } = asking(() => Object.assign(new Error('ended'), { code: '57P01' }))
  const answers = await Promise.allSettled([ask('', 1), ask('', 2)])
  expect(answers.map(({ status }) => status)).toEqual(['rejected', 'rejected'])
  expect(alone).toEqual([])
})

test('beside a round that runs four go at once, fewer wait for company, though not for its end', async () => {
  vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] })
  onTestFinished(() => void vi.useRealTimers())
  const begun: number[] = []
  const held = new Promise<never>(() => {})
  const ask = together<number, string>({
    one: (_actor, asked) => {
      begun.push(asked)
      return held
    },
    all: (_actor, asked) => {
      begun.push(...asked)
      return held
    },
  })
  const turns = async (n: number) => {
    for (let turn = 0; turn < n; turn++) await new Promise((go) => setImmediate(go))
  }
  for (const [key, many] of [
    ['few', [2, 3]],
    ['many', [12, 13, 14, 15]],
  ] as const) {
    void ask(nobody, key, (many[0] ?? 0) - 1)
    await turns(2)
    for (const one of many) void ask(nobody, key, one)
  }
  await turns(1)
  expect(begun).toEqual([1, 11, 12, 13, 14, 15])
  vi.advanceTimersByTime(10)
  expect(begun.slice(6)).toEqual([2, 3])
})
