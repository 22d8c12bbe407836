import type { Ctx } from './ctx.ts'

/** A fact that a later module holds: asked by an earlier one, answered by the one that main.ts binds. */
export interface Question<In, Out> {
  readonly ask: (ctx: Ctx, input: In) => Promise<Out>
  readonly answer: (answerer: (ctx: Ctx, input: In) => Promise<Out>) => void
}

/** Declares a question with the answer it has while nobody is bound. A second answerer is a mistake. */
export function question<In, Out>(name: string, byDefault: Out): Question<In, Out> {
  let bound: ((ctx: Ctx, input: In) => Promise<Out>) | undefined
  return {
    ask: (ctx, input) => (bound ? bound(ctx, input) : Promise.resolve(byDefault)),
    answer(answerer) {
      if (bound) throw new Error(`${name} has an answerer already`)
      bound = answerer
    },
  }
}
