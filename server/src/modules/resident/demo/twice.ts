import type { Ctx } from '../../../kernel/ctx.ts'
import type { World } from '../../../kernel/world.ts'
import { registerWhole } from '../actions/register.ts'
import { lead } from './cast.ts'
import { demoResidents } from './people.ts'

/** Whom the hospital's own system wrote down a second time, without the identity number: whose · what it wrote. */
const twice: readonly (readonly [
  resident: number,
  written: { name: string; birthDate?: string; phone?: true },
])[] = [
  // The same name and day, and nothing else to compare.
  [8, { name: '吴丽华' }],
  // Born on the same day at the same telephone under another given name: twins.
  [4, { name: '陈雨欣', phone: true }],
  // In traditional writing, day and month changed over.
  [3, { name: '王志強', birthDate: '1971-08-11' }],
  // By the lunar calendar, but for that everything: linked by itself, and can be undone.
  [7, { name: '周永福', birthDate: '1953-02-13', phone: true }],
]

/** Registers them at the hospital as they came in; the matcher says what it thinks of each. */
export function layTwice(world: World): Promise<void> {
  return world.asSystem(lead, async (ctx) => {
    for (const [n, written] of twice) await write(ctx, n, written)
  })
}

async function write(ctx: Ctx, n: number, written: (typeof twice)[number][1]): Promise<void> {
  const person = demoResidents()[n]
  if (!person) return
  const { sex, birthDate, phone } = person
  await registerWhole(ctx, {
    ...{ name: written.name, sex, birthDate: written.birthDate ?? birthDate, numbers: [] },
    phone: written.phone ? phone : null,
  })
}
