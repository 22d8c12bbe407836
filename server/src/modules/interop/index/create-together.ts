import type { Actor } from '../../../kernel/actor.ts'
import type { Ctx } from '../../../kernel/ctx.ts'
import { Refusal } from '../../../kernel/refusal.ts'
import { Apart, createTogether, type Wanted } from '../../../kernel/resource/create-together.ts'
import { type Answerable, answerWritten } from '../../../kernel/resource/read.ts'
import { createResource } from '../../../kernel/resource/write.ts'
import type { World } from '../../../kernel/world.ts'

interface Made {
  readonly current: Answerable
  readonly isNew: boolean
}

interface Waiting extends Wanted {
  readonly done: (made: Made | Promise<Made>) => void
}

interface Line {
  waiting: Waiting[]
  running: number
}

/** So many share a transaction at most, and so many such transactions of one caller run at the same time. */
const TOGETHER = 32
const RUNNING = 2

const makeAll = async (ctx: Ctx, wanted: readonly Wanted[]): Promise<readonly Answerable[]> =>
  Promise.all((await createTogether(ctx, wanted)).map((stored) => answerWritten(ctx, stored)))

/** What a refusal keeps is kept when its create is tried by itself. */
function apart(error: unknown): never {
  throw error instanceof Refusal ? new Apart() : error
}

/**
 * Creates by one caller: those that come at the same moment share a transaction as long as all of them are taken; else
 * each has its own. An answer leaves when what it says is committed.
 */
export function creator(world: World): (actor: Actor, wanted: Wanted) => Promise<Made> {
  const lines = new WeakMap<Actor, Line>()

  const alone = (actor: Actor, { resource, requestId }: Wanted): Promise<Made> =>
    world.write(
      actor,
      async (ctx) => {
        const { stored, isNew } = await createResource(ctx, resource)
        return { current: await answerWritten(ctx, stored), isNew }
      },
      { requestId },
    )

  async function together(actor: Actor, taken: readonly Waiting[]): Promise<void> {
    const [first] = taken as [Waiting, ...Waiting[]]
    try {
      if (taken.length === 1) return first.done(alone(actor, first))
      const { requestId } = first
      const made = await world.write(actor, (ctx) => makeAll(ctx, taken).catch(apart), { requestId })
      for (const [n, one] of taken.entries()) one.done({ current: made[n] as Answerable, isNew: true })
    } catch {
      // Whatever is wrong with one of them is its own: it is said when each is tried by itself.
      for (const one of taken) one.done(alone(actor, one))
    }
  }

  function next(actor: Actor, line: Line): void {
    if (line.running >= RUNNING || line.waiting.length === 0) return
    line.running += 1
    void together(actor, line.waiting.splice(0, TOGETHER)).finally(() => {
      line.running -= 1
      next(actor, line)
    })
    next(actor, line)
  }

  return (actor, wanted) => {
    const line = lines.get(actor) ?? { waiting: [], running: 0 }
    lines.set(actor, line)
    return new Promise((done) => {
      line.waiting.push({ ...wanted, done })
      // The next turn of the loop: what comes in the same turn joins in.
      if (line.waiting.length === 1) setImmediate(() => next(actor, line))
    })
  }
}
