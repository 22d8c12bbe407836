import type { Ctx } from './ctx.ts'

/** Puts work into the queue in the caller's transaction: it runs only if the action is committed. */
export async function enqueue(
  ctx: Ctx,
  job: string,
  payload: unknown,
  when: { readonly runAt?: Date; readonly key?: string } = {},
): Promise<void> {
  await ctx.client.query({
    name: 'enqueue',
    text: 'select kernel.enqueue($1, $2::json, $3, $4)',
    values: [job, JSON.stringify(payload ?? {}), when.runAt ?? null, when.key ?? null],
  })
}
