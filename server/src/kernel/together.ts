import type { Actor } from './actor.ts'
import { isConnectionLoss } from './database.ts'
import { turn } from './turn.ts'

/** How what is asked is done: for many at once, and for one by itself. */
export interface Ways<A, R> {
  /** The answers in the order of what was asked; whoever cannot be answered so makes it fail for all. */
  readonly all: (actor: Actor, asked: readonly A[]) => Promise<readonly R[]>
  readonly one: (actor: Actor, asked: A) => Promise<R>
  /** Who comes alone goes as many do, too: that is quicker than by itself. */
  readonly evenOne?: boolean
  /** How long a round is waited for before another starts beside it; not at all where nothing is said. */
  readonly patienceMs?: number
}

interface Waiting<A, R> {
  readonly asked: A
  readonly done: (answer: R | Promise<R>) => void
}

interface Group<A, R> {
  waiting: Waiting<A, R>[]
  running: number
  /** When the last round started. */
  since: number
  waking?: NodeJS.Timeout | undefined
}

/** So many go together at most, and so many rounds of one group run at the same time. */
const TOGETHER = 32
const RUNNING = 2

/**
 * What one actor asks in several requests at the same moment is done in one go, under a key only what has the same. Where
 * that fails each is done by itself, so that whoever is at fault learns it and nobody else does; where the connection was
 * lost nothing is tried again.
 */
export function together<A, R>(ways: Ways<A, R>): (actor: Actor, key: string, asked: A) => Promise<R> {
  const { patienceMs = 0 } = ways
  const actors = new WeakMap<Actor, Map<string, Group<A, R>>>()

  /** Does what is asked, each by itself, and answers as soon as it is done. */
  async function apart(actor: Actor, taken: readonly Waiting<A, R>[]): Promise<void> {
    const answers = taken.map(({ asked, done }) => {
      const answer = ways.one(actor, asked)
      done(answer)
      return answer
    })
    await Promise.allSettled(answers)
  }

  /** Does what is asked in one go; how those who asked are still to be answered. */
  async function round(actor: Actor, taken: readonly Waiting<A, R>[]): Promise<() => void> {
    try {
      if (taken.length > 1 || ways.evenOne) {
        const asked = taken.map((one) => one.asked)
        const answers = await ways.all(actor, asked)
        return () => {
          for (const [n, { done }] of taken.entries()) done(answers[n] as R)
        }
      }
    } catch (error) {
      // It may have been done all the same: whoever asked decides whether to ask again.
      if (isConnectionLoss(error))
        return () => {
          for (const { done } of taken) done(Promise.reject(error))
        }
    }
    await apart(actor, taken)
    return nothing
  }

  /** Starts another round where one is due; whether it did. */
  function next(actor: Actor, key: string, group: Group<A, R>): boolean {
    if (group.waiting.length === 0 && group.running === 0) actors.get(actor)?.delete(key)
    if (group.waiting.length === 0 || group.running >= RUNNING) return false
    const now = performance.now()
    if (group.running > 0 && now - group.since < patienceMs) {
      group.waking ??= setTimeout(() => {
        group.waking = undefined
        next(actor, key, group)
      }, patienceMs)
      return false
    }
    group.since = now
    group.running += 1
    void round(actor, group.waiting.splice(0, TOGETHER)).then(async (answer) => {
      group.running -= 1
      // Those who wait are on their way before these are answered: the database computes meanwhile.
      if (next(actor, key, group)) await turn()
      answer()
    })
    next(actor, key, group)
    return true
  }

  return (actor, key, asked) => {
    const groups = actors.get(actor) ?? new Map<string, Group<A, R>>()
    const group = groups.get(key) ?? { waiting: [], running: 0, since: 0 }
    actors.set(actor, groups)
    groups.set(key, group)
    return new Promise((done) => {
      group.waiting.push({ asked, done })
      // The next turn of the loop: what comes in the same turn joins in.
      if (group.waiting.length === 1) setImmediate(() => next(actor, key, group))
    })
  }
}

const nothing = (): void => {}
