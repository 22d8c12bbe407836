import { type Api, id, moment, text } from '@tongmai/api/kernel'
import * as z from 'zod/mini'
import type { Ctx } from '../src/kernel/ctx.ts'
import { teller } from '../src/kernel/event.ts'
import { type Actions, type Module, prepared, serve, when } from '../src/kernel/module.ts'
import { refuse } from '../src/kernel/refusal.ts'

/** A module of the tests' own: notes, with every habit of the kernel and nothing else. */
const probeApi = {
  write: {
    method: 'POST',
    path: '/probe/notes',
    summary: 'Writes a note.',
    may: 'anyone',
    body: z.object({ id, text: text(50), at: z.optional(moment) }),
    returns: z.object({ id, count: z.number() }),
  },
  read: {
    method: 'GET',
    path: '/probe/notes/:id',
    summary: 'Opens a note about a resident.',
    may: 'anyone',
    params: z.object({ id }),
    returns: z.object({ text: z.string(), at: moment }),
  },
  refuseAndKeep: {
    method: 'POST',
    path: '/probe/refuse',
    summary: 'Refuses, but keeps a note of it.',
    may: 'anyone',
    body: z.object({ id }),
    returns: z.object({}),
  },
  stumble: {
    method: 'POST',
    path: '/probe/stumble',
    summary: 'Fails in the way it is told.',
    may: 'anyone',
    body: z.object({ how: z.string(), times: z.number() }),
    returns: z.object({ tries: z.number() }),
  },
} as const satisfies Api

const events = { 'probe.written': z.object({ text: z.string() }) }
const tell = teller(events)

const add = (ctx: Ctx, note: { id: string; text: string }) =>
  ctx.client.query('insert into public.note (id, text, at) values ($1, $2, $3)', [
    note.id,
    note.text,
    ctx.now,
  ])

export interface Probe {
  readonly module: Module
  /** What the reaction heard, and how often it is to fail before. */
  readonly heard: { text: string; thing: string }[]
  failFor: (text: string) => boolean
  tries: number
}

export function makeProbe(): Probe {
  const probe: Probe = { heard: [], failFor: () => false, tries: 0, module: { name: 'probe' } }
  const actions: Actions<typeof probeApi> = {
    write: prepared(
      async ({ body }) => body.text.length,
      async (ctx, { body }, count) => {
        await add(ctx, body)
        await tell(ctx, 'probe.written', {
          thing: `note:${body.text.split('/')[0]}`,
          data: { text: body.text },
        })
        return { id: body.id, count }
      },
    ),
    async read(ctx, { params }) {
      const { rows } = await ctx.client.query<{ text: string; at: Date }>(
        'select text, at from public.note where id = $1',
        [params.id],
      )
      ctx.opened({ residentId: params.id, basis: 'treatment', thing: 'record' })
      return rows[0] ?? refuse('missing', 'probe.missing')
    },
    async refuseAndKeep(ctx, { body }) {
      await add(ctx, { id: body.id, text: 'rolled back' })
      return refuse('conflict', 'probe.no', {
        keep: async (kept) => void (await add(kept, { id: body.id, text: 'kept' })),
      })
    },
    async stumble(ctx, { body }) {
      probe.tries += 1
      if (probe.tries <= body.times)
        await ctx.client.query(`do $$ begin raise exception 'stumbled' using errcode = '${body.how}'; end $$`)
      return { tries: probe.tries }
    },
  }
  const reaction = when(events, 'probe.written', {
    name: 'probe.listen',
    run: async (ctx, event) => {
      if (probe.failFor(event.data.text)) throw new Error('not now')
      await add(ctx, { id: event.id, text: `heard ${event.data.text}` })
      probe.heard.push({ text: event.data.text, thing: event.thing })
    },
  })
  return Object.assign(probe, {
    module: { name: 'probe', ...serve(probeApi, actions), events, reactions: [reaction] },
  })
}
