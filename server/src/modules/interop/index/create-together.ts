import type { Actor } from '../../../kernel/actor.ts'
import type { Ctx } from '../../../kernel/ctx.ts'
import { Refusal } from '../../../kernel/refusal.ts'
import { Apart, createTogether, type Wanted } from '../../../kernel/resource/create-together.ts'
import { type Answerable, answerWritten } from '../../../kernel/resource/read.ts'
import { createResource } from '../../../kernel/resource/write.ts'
import { together } from '../../../kernel/together.ts'
import type { World } from '../../../kernel/world.ts'

interface Made {
  readonly current: Answerable
  readonly isNew: boolean
}

const makeOne =
  ({ resource }: Wanted) =>
  async (ctx: Ctx): Promise<Made> => {
    const { stored, isNew } = await createResource(ctx, resource)
    return { current: await answerWritten(ctx, stored), isNew }
  }

async function makeAll(ctx: Ctx, wanted: readonly Wanted[]): Promise<readonly Made[]> {
  const made = await createTogether(ctx, wanted).catch(apart)
  return Promise.all(made.map(async (stored) => ({ current: await answerWritten(ctx, stored), isNew: true })))
}

/** What a refusal keeps is kept when its create is tried by itself. */
function apart(error: unknown): never {
  throw error instanceof Refusal ? new Apart() : error
}

/** Creates by one caller: those of the same moment share a transaction as long as all are taken, else each has its own. */
export function creator(world: World): (actor: Actor, wanted: Wanted) => Promise<Made> {
  const make = together<Wanted, Made>({
    one: (actor, wanted) => world.write(actor, makeOne(wanted), { requestId: wanted.requestId }),
    all: (actor, wanted) =>
      world.write(actor, (ctx) => makeAll(ctx, wanted), { requestId: wanted[0]?.requestId ?? '' }),
  })
  return (actor, wanted) => make(actor, '', wanted)
}
