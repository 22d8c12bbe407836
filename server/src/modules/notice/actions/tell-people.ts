import type { Ctx } from '../../../kernel/ctx.ts'
import { accountsOfPractitioner, accountsWith } from '../../identity/index.ts'
import { tell } from '../events.ts'
import type { Recipient } from '../recipient.ts'
import * as inbox from '../store/inbox.ts'

/** What is put into an inbox. */
export interface News {
  readonly code: string
  readonly thing: string
  readonly residentId?: string | null
  readonly data?: Readonly<Record<string, unknown>>
}

async function accountsOf(ctx: Ctx, one: Recipient): Promise<string[]> {
  if ('accountId' in one) return [one.accountId]
  if ('duty' in one)
    return (await accountsWith(ctx, one.institutionId, one.duty)).map((account) => account.id)
  const accounts = await accountsOfPractitioner(ctx, one.practitionerId)
  return accounts
    .filter((account) => account.institutionId === one.institutionId)
    .map((account) => account.id)
}

/** Puts one line into the inbox of each of them, once, and not of the one who did it. Runs as the system. */
export async function tellPeople(
  ctx: Ctx,
  recipients: readonly Recipient[],
  news: News,
  exceptId: string | null = null,
): Promise<void> {
  const people = new Map<string, string>()
  for (const one of recipients) {
    for (const accountId of await accountsOf(ctx, one)) people.set(accountId, one.institutionId)
  }
  if (exceptId) people.delete(exceptId)
  if (people.size === 0) return
  const line = {
    at: ctx.now,
    code: news.code,
    thing: news.thing,
    residentId: news.residentId ?? null,
    readAt: null,
  }
  const data = JSON.stringify(news.data ?? {})
  await inbox.add(
    ctx,
    [...people].map(([accountId, institutionId]) => ({
      ...line,
      id: ctx.id(),
      institutionId,
      accountId,
      data,
    })),
  )
  await tell(ctx, 'notice.arrived', {
    thing: news.thing,
    audience: [...new Set(people.values())],
    data: { accountIds: [...people.keys()], code: news.code },
  })
}
