import { setTimeout as sleep } from 'node:timers/promises'
import { expect, test } from 'vitest'
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

test('a round that lasts is not waited for longer than its patience, and a quick one is', async () => {
  const rounds: number[][] = []
  const ask = together<{ ms: number; n: number }, number>({
    patienceMs: 150,
    one: async (_actor, { ms, n }) => {
      rounds.push([n])
      await sleep(ms)
      return n
    },
    all: async (_actor, asked) => {
      rounds.push(asked.map(({ n }) => n))
      return asked.map(({ n }) => n)
    },
  })
  const during = async (ms: number, n: number) => {
    const first = ask(nobody, '', { ms, n })
    await sleep(2)
    await Promise.all([ask(nobody, '', { ms: 0, n: n + 1 }), ask(nobody, '', { ms: 0, n: n + 2 })])
    return Promise.race([
      first.then(() => 'after it'),
      new Promise((done) => setImmediate(done, 'beside it')),
    ])
  }
  expect(await during(5, 1)).toBe('after it')
  expect(await during(1_500, 4)).toBe('beside it')
  expect(rounds).toEqual([[1], [2, 3], [4], [5, 6]])
})
