import type { Actor } from '../../../kernel/actor.ts'
import type { Ctx } from '../../../kernel/ctx.ts'
import { Refusal } from '../../../kernel/refusal.ts'
import { type Change, changeTogether } from '../../../kernel/resource/change-together.ts'
import { Apart, createTogether, type Wanted } from '../../../kernel/resource/create-together.ts'
import { type Answerable, answerWritten } from '../../../kernel/resource/read.ts'
import { createResource, updateResource, type Written } from '../../../kernel/resource/write.ts'
import { together } from '../../../kernel/together.ts'
import type { World } from '../../../kernel/world.ts'

/** What a write made current, ready to send. */
export interface Made {
  readonly current: Answerable
  readonly isNew: boolean
}

interface Acts<A, R> {
  readonly one: (ctx: Ctx, asked: A) => Promise<R>
  readonly evenOne?: boolean
  /** All of them or, by any error, none. */
  readonly all: (ctx: Ctx, asked: readonly A[]) => Promise<readonly R[]>
}

/** Writes by one caller: those of the same moment share a transaction as long as all are taken, else each has its own. */
export function writer<A extends { readonly requestId: string }, R>(
  world: World,
  { one, all, evenOne = false }: Acts<A, R>,
) {
  const write = together<A, R>({
    // One transaction computes in the database while the next gathers here; a slow one does not hold up the others.
    patienceMs: 1,
    evenOne,
    one: (actor, asked) => world.write(actor, (ctx) => one(ctx, asked), { requestId: asked.requestId }),
    all: (actor, asked) =>
      world.write(actor, (ctx) => all(ctx, asked).catch(apart), { requestId: asked[0]?.requestId ?? '' }),
  })
  return (actor: Actor, asked: A): Promise<R> => write(actor, '', asked)
}

/** What a refusal keeps is kept when its write is tried by itself. */
export function apart(error: unknown): never {
  throw error instanceof Refusal ? new Apart() : error
}

async function madeOf(ctx: Ctx, { stored, isNew }: Written): Promise<Made> {
  return { current: await answerWritten(ctx, stored), isNew }
}

/** Creates of what its owner makes many of at once. */
export const creator = (world: World) =>
  writer<Wanted, Made>(world, {
    evenOne: true,
    one: async (ctx, { resource }) => madeOf(ctx, await createResource(ctx, resource)),
    all: async (ctx, wanted) => {
      const made = await createTogether(ctx, wanted)
      return Promise.all(made.map((stored) => madeOf(ctx, { stored, isNew: true })))
    },
  })

/** Updates by id. */
export const changer = (world: World) =>
  writer<Change, Made>(world, {
    one: async (ctx, { resource, expected }) => madeOf(ctx, await updateResource(ctx, resource, expected)),
    all: async (ctx, changes) => {
      const changed = await changeTogether(ctx, changes)
      return Promise.all(changed.map((stored) => madeOf(ctx, { stored, isNew: false })))
    },
  })
