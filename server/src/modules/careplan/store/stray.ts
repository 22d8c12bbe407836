import type { StrayMessage } from '@tongmai/api/careplan/device'
import type { Page } from '@tongmai/api/kernel'
import { sql } from 'kysely'
import type { Ctx } from '../../../kernel/ctx.ts'
import { pageOf } from '../../../kernel/page.ts'
import { seal, unseal } from '../../../kernel/secret.ts'
import { shownOf } from '../read-message.ts'
import { nobody, tables } from './tables-of.ts'

interface Stray {
  readonly topic: string
  readonly bytes: Buffer
  readonly serial: string | null
  readonly problem: string
}

/** The institution of each serial number that only one device has. Call as the system. */
async function institutionsOf(ctx: Ctx, serials: readonly string[]): Promise<Map<string, string>> {
  const rows = await tables(ctx)
    .selectFrom('careplan.device')
    .select(['serial', sql<string>`(array_agg(institution_id))[1]`.as('institutionId')])
    .where(sql<boolean>`serial = any (${serials})`)
    .groupBy('serial')
    .having(sql<boolean>`count(*) = 1`)
    .execute()
  return new Map(rows.map((row) => [row.serial, row.institutionId]))
}

/** Keeps messages that could not be taken, whole and sealed; at the institution of the device they name, or at nobody's. */
export async function addStrays(ctx: Ctx, strays: readonly Stray[]): Promise<void> {
  if (strays.length === 0) return
  const institutions = await institutionsOf(
    ctx,
    strays.flatMap(({ serial }) => serial ?? []),
  )
  await tables(ctx)
    .insertInto('careplan.strayMessage')
    .values(
      strays.map(({ topic, bytes, serial, problem }) => ({
        ...{
          id: ctx.id(),
          receivedAt: ctx.now,
          topic: topic.replaceAll('\0', ''),
          problem,
          size: bytes.length,
        },
        institutionId: institutions.get(serial ?? '') ?? nobody,
        rawSealed: seal(bytes.toString('base64')),
      })),
    )
    .execute()
}

const SHOWN = 2_000

/** Messages of one's own institution's devices that could not be taken, newest first; for IT also those of nobody's. */
export async function listStrays(
  ctx: Ctx,
  asked: { nobodys: boolean; offset: number; limit: number },
): Promise<Page<StrayMessage>> {
  const own = ctx.actor.institutionId ?? nobody
  const query = tables(ctx)
    .selectFrom('careplan.strayMessage')
    .select(['id', 'institutionId', 'receivedAt', 'topic', 'problem', 'size', 'rawSealed'])
    .where('institutionId', 'in', asked.nobodys ? [own, nobody] : [own])
    .orderBy('receivedAt', 'desc')
    .orderBy('id')
  const { items, total } = await pageOf(ctx, query, asked)
  const lineOf = ({ institutionId, rawSealed, ...row }: (typeof items)[number]): StrayMessage => ({
    ...row,
    known: institutionId !== nobody,
    text: shownOf(Buffer.from(unseal(rawSealed), 'base64'), SHOWN),
  })
  return { items: items.map(lineOf), total }
}

/** Forgets what came before a moment; answers how many. Call as the system. */
export async function dropStrays(ctx: Ctx, before: Date): Promise<number> {
  const { numDeletedRows } = await tables(ctx)
    .deleteFrom('careplan.strayMessage')
    .where('receivedAt', '<', before)
    .executeTakeFirst()
  return Number(numDeletedRows)
}
