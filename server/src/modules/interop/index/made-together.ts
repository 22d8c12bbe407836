import type { Actor } from '../../../kernel/actor.ts'
import type { Ctx } from '../../../kernel/ctx.ts'
import { Refusal } from '../../../kernel/refusal.ts'
import { type Change, changeTogether } from '../../../kernel/resource/change-together.ts'
import { Apart, createTogether, type Wanted } from '../../../kernel/resource/create-together.ts'
import type { Stored } from '../../../kernel/resource/owner.ts'
import { type Answerable, answerWritten } from '../../../kernel/resource/read.ts'
import { createResource, updateResource, type Written } from '../../../kernel/resource/write.ts'
import { together } from '../../../kernel/together.ts'
import type { World } from '../../../kernel/world.ts'

/** What a write made current, ready to send. */
export interface Made {
  readonly current: Answerable
  readonly isNew: boolean
}

interface Acts<A> {
  readonly one: (ctx: Ctx, asked: A) => Promise<Written>
  /** All of them or, by any error, none. */
  readonly all: (ctx: Ctx, asked: readonly A[]) => Promise<readonly Stored[]>
  readonly isNew: boolean
}

/** Writes by one caller: those of the same moment share a transaction as long as all are taken, else each has its own. */
function writer<A extends { readonly requestId: string }>(world: World, { one, all, isNew }: Acts<A>) {
  const write = together<A, Made>({
    one: (actor, asked) =>
      world.write(actor, async (ctx) => madeOf(ctx, await one(ctx, asked)), { requestId: asked.requestId }),
    all: (actor, asked) => {
      const work = async (ctx: Ctx) => {
        const made = await all(ctx, asked).catch(apart)
        return Promise.all(made.map((stored) => madeOf(ctx, { stored, isNew })))
      }
      return world.write(actor, work, { requestId: asked[0]?.requestId ?? '' })
    },
  })
  return (actor: Actor, asked: A): Promise<Made> => write(actor, '', asked)
}

async function madeOf(ctx: Ctx, { stored, isNew }: Written): Promise<Made> {
  return { current: await answerWritten(ctx, stored), isNew }
}

/** What a refusal keeps is kept when its write is tried by itself. */
export function apart(error: unknown): never {
  throw error instanceof Refusal ? new Apart() : error
}

/** Creates of what its owner makes many of at once. */
export const creator = (world: World) =>
  writer<Wanted>(world, {
    one: (ctx, { resource }) => createResource(ctx, resource),
    all: createTogether,
    isNew: true,
  })

/** Updates by id. */
export const changer = (world: World) =>
  writer<Change>(world, {
    one: (ctx, { resource, expected }) => updateResource(ctx, resource, expected),
    all: changeTogether,
    isNew: false,
  })
